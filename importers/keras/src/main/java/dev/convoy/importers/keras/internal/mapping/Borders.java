package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.Layout;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

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

    /** Writes a pair for each axis; for one axis the pair by itself, whose data format Keras 3.3 does not know. */
    void write(ConfigWriter c, String key, Layout dataFormat) {
        boolean single = before.size() == 1;
        if (single) {
            c.require(
                    dataFormat == Layout.CHANNELS_LAST,
                    "one-dimensional " + key + " of channels_first data",
                    "use channels_last");
            c.put(key, List.of(before.getFirst(), after.getFirst()));
            return;
        }
        ArrayNode pairs = ConfigWriter.array();
        for (int axis = 0; axis < before.size(); axis++) {
            pairs.add(KerasObjects.integers(List.of(before.get(axis), after.get(axis))));
        }
        c.put(key, pairs).layout(dataFormat);
    }
}
