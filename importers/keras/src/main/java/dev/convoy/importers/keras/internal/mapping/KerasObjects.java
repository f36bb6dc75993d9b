package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pieces of a configuration, as {@code serialize_keras_object} of Keras 3 writes them. */
final class KerasObjects {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KerasObjects() {}

    /** {@code {"module": …, "class_name": …, "config": …, "registered_name": …}}. */
    static ObjectNode object(String module, String className, JsonNode config, @Nullable String registeredName) {
        ObjectNode object = JSON.objectNode().put("module", module).put("class_name", className);
        object.set("config", config);
        return object.put("registered_name", registeredName);
    }

    /** The policy of a layer that computes in float32. */
    static ObjectNode float32() {
        return object("keras", "DTypePolicy", JSON.objectNode().put("name", "float32"), null);
    }

    static ArrayNode integers(Collection<Integer> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    /** Sizes, null where an axis is free. */
    static ArrayNode shape(Shape shape) {
        ArrayNode array = JSON.arrayNode();
        for (Dim dim : shape.dims()) {
            if (dim.isKnown()) {
                array.add(dim.size());
            } else {
                array.addNull();
            }
        }
        return array;
    }

    /** The shape of the one input, or a list of shapes, as in {@code build_config}. */
    static ObjectNode built(List<TensorSpec> inputs) {
        ObjectNode built = JSON.objectNode();
        if (inputs.size() == 1) {
            built.set("input_shape", shape(inputs.getFirst().shape()));
            return built;
        }
        ArrayNode shapes = JSON.arrayNode();
        inputs.forEach(i -> shapes.add(shape(i.shape())));
        built.set("input_shape", shapes);
        return built;
    }

    /** A tensor in a call: its spec, and {@code [layer, node, tensor]}. */
    static ObjectNode tensor(TensorSpec spec, ArrayNode history) {
        ObjectNode config = JSON.objectNode();
        config.set("shape", shape(spec.shape()));
        config.put("dtype", type(spec));
        config.set("keras_history", history);
        ObjectNode tensor = JSON.objectNode().put("class_name", "__keras_tensor__");
        tensor.set("config", config);
        return tensor;
    }

    /** The name of an element type. */
    static String type(TensorSpec spec) {
        return spec.type().name().toLowerCase(Locale.ROOT);
    }

    static ArrayNode history(String layer, int node, int tensor) {
        return JSON.arrayNode().add(layer).add(node).add(tensor);
    }
}
