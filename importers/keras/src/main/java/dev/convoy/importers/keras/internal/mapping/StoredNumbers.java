package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Arrays of numbers that stand in a configuration, in lists of lists. */
final class StoredNumbers {

    private StoredNumbers() {}

    /** A float32 tensor; leading axes of size 1 are dropped, which broadcasting would add. */
    static Tensor tensor(LayerConfig c, String key) {
        JsonNode value = c.value(key);
        JsonNode numbers = value.isObject() ? value.path("config").path("value") : value;
        List<Integer> sizes = new ArrayList<>();
        for (JsonNode level = numbers; level.isArray(); level = level.path(0)) {
            sizes.add(level.size());
        }
        List<Float> elements = new ArrayList<>();
        collect(c, key, numbers, sizes, 0, elements);
        while (!sizes.isEmpty() && sizes.getFirst() == 1 && sizes.size() > 1) {
            sizes.removeFirst();
        }
        float[] values = new float[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements.get(i);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, Shape.of(sizes)), values);
    }

    private static void collect(
            LayerConfig c, String key, JsonNode node, List<Integer> sizes, int level, List<Float> elements) {
        if (level == sizes.size() && node.isNumber()) {
            elements.add((float) node.asDouble(Double.NaN));
        } else if (level < sizes.size() && node.isArray() && node.size() == sizes.get(level)) {
            node.forEach(n -> collect(c, key, n, sizes, level + 1, elements));
        } else {
            throw c.wrong(key, "numbers in lists of equal length", c.value(key));
        }
    }

    /** Writes a tensor in lists of lists, or null. */
    static void write(ConfigWriter c, String key, @Nullable Tensor tensor) {
        if (tensor == null) {
            c.putNull(key);
        } else {
            c.put(key, nested(tensor, 0, 0));
        }
    }

    private static JsonNode nested(Tensor tensor, int axis, int at) {
        Shape shape = tensor.shape();
        if (axis == shape.rank()) {
            return JsonNodeFactory.instance.numberNode(tensor.get(at));
        }
        ArrayNode list = ConfigWriter.array();
        for (int i = 0; i < shape.size(axis); i++) {
            list.add(nested(tensor, axis + 1, at * shape.size(axis) + i));
        }
        return list;
    }
}
