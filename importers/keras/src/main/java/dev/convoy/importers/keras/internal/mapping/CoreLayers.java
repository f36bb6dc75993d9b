package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.Activation;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Identity;
import java.util.List;

/** Dense and activations by name. */
final class CoreLayers {

    private static final String FAMILY = "Core";

    private CoreLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Dense", CoreLayers::dense),
                always(FAMILY, "Activation", c -> Activation.of(c.activation("activation"))),
                since2(FAMILY, "Identity", c -> Identity.of()));
    }

    private static Dense dense(LayerConfig c) {
        c.ignore("input_dim", "input_length");
        if (c.has("quantization_config") || c.has("lora_rank")) {
            throw c.unsupported("a quantised or LoRA Dense");
        }
        Dense plain = Dense.of(c.integer("units"));
        return plain.activation(c.activation("activation"))
                .useBias(c.flag("use_bias", true))
                .kernel(c.weight("kernel", plain.kernel()))
                .bias(c.weight("bias", plain.bias()));
    }
}
