package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.layers.Activation;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Reshape;
import dev.convoy.layers.ZeroPadding1D;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.layers.ZeroPadding3D;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Dense, and what changes shapes. */
final class CoreLayers {

    private static final String FAMILY = "Core and shapes";

    private CoreLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "Dense", CoreLayers::dense),
                always(FAMILY, "Activation", c -> Activation.of(c.activation("activation"))),
                always(FAMILY, "Flatten", c -> Flatten.of().dataFormat(c.layout())),
                always(FAMILY, "Reshape", c -> new Reshape(c.list("target_shape"))),
                always(FAMILY, "ZeroPadding1D", CoreLayers::zeroPadding1D),
                always(FAMILY, "ZeroPadding2D", CoreLayers::zeroPadding2D),
                always(FAMILY, "ZeroPadding3D", CoreLayers::zeroPadding3D));
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

    private static Layer zeroPadding1D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 1);
        return ZeroPadding1D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer zeroPadding2D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 2);
        return ZeroPadding2D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    private static Layer zeroPadding3D(LayerConfig c) {
        Borders b = Borders.of(c, "padding", 3);
        return ZeroPadding3D.of(b.before(), b.after()).dataFormat(c.layout());
    }

    /**
     * Sizes at both ends of each axis: one number for all, one for each axis, or a pair for each axis; for one axis a
     * pair stands by itself.
     */
    record Borders(List<Integer> before, List<Integer> after) {

        static Borders of(LayerConfig c, String key, int rank) {
            JsonNode value = c.value(key);
            List<Integer> before = new ArrayList<>();
            List<Integer> after = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                JsonNode own = !value.isArray() || rank == 1 ? value : value.path(axis);
                JsonNode unwrapped = rank == 1 && own.isArray() && own.path(0).isArray() ? own.get(0) : own;
                before.add(end(c, key, unwrapped, 0));
                after.add(end(c, key, unwrapped, 1));
            }
            if (value.isArray() && rank > 1 && value.size() != rank) {
                throw c.wrong(key, "one entry for each of " + rank + " axes", value);
            }
            return new Borders(before, after);
        }

        private static int end(LayerConfig c, String key, JsonNode own, int which) {
            JsonNode number = own.isArray() ? own.path(own.size() == 1 ? 0 : which) : own;
            if (!number.isIntegralNumber() || number.asLong(-1) < 0 || number.asLong(-1) > Integer.MAX_VALUE) {
                throw c.wrong(key, "whole numbers >= 0", c.value(key));
            }
            return number.asInt(0);
        }
    }
}
