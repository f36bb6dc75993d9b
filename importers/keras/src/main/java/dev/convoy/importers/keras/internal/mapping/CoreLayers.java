package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.Activation;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Embedding;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Masking;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Dense, Embedding, activations by name, and what wraps a layer. */
final class CoreLayers {

    private static final String FAMILY = "Core";

    private CoreLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                always(FAMILY, Dense.class, CoreLayers::dense, CoreLayers::writeDense),
                always(
                        FAMILY,
                        Activation.class,
                        c -> Activation.of(c.activation("activation")),
                        (l, c) -> c.activation(l.function())),
                since2(FAMILY, Identity.class, c -> Identity.of(), (l, c) -> {}),
                always(FAMILY, Embedding.class, CoreLayers::embedding, CoreLayers::writeEmbedding)
                        .limits("its mask (mask_zero) reaches no other layer"),
                always(
                                FAMILY,
                                Masking.class,
                                c -> Masking.of(c.number("mask_value", 0)),
                                (l, c) -> c.put("mask_value", l.maskValue()))
                        .limits("its mask reaches no other layer"),
                always(FAMILY, TimeDistributed.class, CoreLayers::timeDistributed, CoreLayers::writeTimeDistributed)
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

    private static void writeEmbedding(Embedding layer, ConfigWriter c) {
        c.put("input_dim", layer.inputDim())
                .put("output_dim", layer.outputDim())
                .weight("embeddings", layer.embeddings())
                .putNull("activity_regularizer")
                .put("mask_zero", false);
    }

    private static TimeDistributed timeDistributed(LayerConfig c) {
        LayerConfig inner = c.inner("layer");
        if (KerasLayers.find(inner.className()).isEmpty()) {
            throw c.unsupported("TimeDistributed of a " + inner.className());
        }
        return TimeDistributed.of(KerasLayers.map(inner));
    }

    /** The wrapped layer is called with one step of each sample. */
    private static void writeTimeDistributed(TimeDistributed layer, ConfigWriter c) {
        List<TensorSpec> steps = c.inputs().stream()
                .map(x -> x.withShape(x.shape()
                        .slice(0, 1)
                        .concat(x.shape().slice(2, x.shape().rank()))))
                .toList();
        c.layer("layer", layer.layer(), steps);
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

    private static void writeDense(Dense layer, ConfigWriter c) {
        c.put("units", layer.units())
                .activation(layer.activation())
                .put("use_bias", layer.useBias())
                .weight("kernel", layer.kernel())
                .weight("bias", layer.bias());
    }
}
