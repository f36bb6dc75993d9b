package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.Activation;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Embedding;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Masking;
import dev.convoy.layers.TimeDistributed;
import java.util.List;

/** Dense, Embedding, activations by name, and what wraps a layer. */
final class CoreLayers {

    private static final String FAMILY = "Core";

    private CoreLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Dense", CoreLayers::dense),
                always(FAMILY, "Activation", c -> Activation.of(c.activation("activation"))),
                since2(FAMILY, "Identity", c -> Identity.of()),
                always(FAMILY, "Embedding", CoreLayers::embedding)
                        .limits("its mask (mask_zero) reaches no other layer"),
                always(FAMILY, "Masking", c -> Masking.of(c.number("mask_value", 0)))
                        .limits("its mask reaches no other layer"),
                always(FAMILY, "TimeDistributed", CoreLayers::timeDistributed)
                        .limits("of one layer, not of a model; a known number of steps"));
    }

    private static Embedding embedding(LayerConfig c) {
        c.ignore("input_length", "mask_zero");
        if (c.has("quantization_config") || c.has("lora_rank")) {
            throw c.unsupported("a quantised or LoRA Embedding");
        }
        Embedding plain = Embedding.of(c.integer("input_dim"), c.integer("output_dim"));
        return plain.embeddings(c.weight("embeddings", plain.embeddings()));
    }

    private static TimeDistributed timeDistributed(LayerConfig c) {
        LayerConfig inner = c.inner("layer");
        if (KerasLayers.find(inner.className()).isEmpty()) {
            throw c.unsupported("TimeDistributed of a " + inner.className());
        }
        return TimeDistributed.of(KerasLayers.map(inner));
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
