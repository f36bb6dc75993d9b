package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.layers.Input;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where the shape of an input stands: in an InputLayer, in the first layer, or beside the layers of a Sequential. A fixed
 * batch is taken as free.
 */
final class InputShapes {

    private static final int ANY_SIZE = 256;
    private static final List<String> KEYS = List.of("batch_shape", "batch_input_shape");

    private InputShapes() {}

    /** The spec of an InputLayer, or what a first layer says of its input. */
    static Optional<TensorSpec> of(LayerDescription layer) {
        for (String key : KEYS) {
            JsonNode shape = layer.config().path(key);
            if (shape.isArray() && shape.size() > 0) {
                return Optional.of(spec(layer.name(), shape, type(layer.config().path("dtype"))));
            }
        }
        return Optional.empty();
    }

    /** The spec of a Sequential's input, if the file says it anywhere. */
    static Optional<TensorSpec> of(ModelDescription.Sequential model) {
        if (!model.layers().isEmpty()) {
            LayerDescription first = model.layers().getFirst();
            Optional<TensorSpec> stated = of(first);
            if (stated.isEmpty() && first.model() instanceof ModelDescription.Sequential inner) {
                stated = of(inner);
            } else if (stated.isEmpty() && first.model() instanceof ModelDescription.Functional inner) {
                stated = inner.layers().stream()
                        .filter(MappedLayers::isInput)
                        .findFirst()
                        .flatMap(InputShapes::of);
            }
            if (stated.isPresent()) {
                return stated;
            }
        }
        JsonNode shape = model.inputShape();
        return shape == null || shape.isEmpty()
                ? Optional.empty()
                : Optional.of(spec("input", shape.get(0).isArray() ? shape.get(0) : shape, DataType.FLOAT32));
    }

    /** The spec with some size for each free axis; parameters do not depend on which. */
    static TensorSpec withSizes(TensorSpec spec) {
        return spec.withShape(Shape.ofDims(spec.shape().dims().stream()
                .map(d -> d.isKnown() || Input.BATCH.equals(d.name()) ? d : Dim.of(ANY_SIZE))
                .toList()));
    }

    /** Free axes are named after the input, so that two inputs may differ. */
    private static TensorSpec spec(String input, JsonNode shape, DataType type) {
        List<Dim> dims = new ArrayList<>();
        for (JsonNode size : shape) {
            if (dims.isEmpty()) {
                dims.add(Dim.named(Input.BATCH));
            } else if (size.isNull()) {
                dims.add(Dim.named(input + "_" + dims.size()));
            } else if (size.isIntegralNumber() && size.asLong(-1) >= 0 && size.asLong(-1) <= Integer.MAX_VALUE) {
                dims.add(Dim.of(size.asInt(0)));
            } else {
                throw new FormatException("the input shape " + shape + " is not understood", "");
            }
        }
        return new TensorSpec(type, Shape.ofDims(dims));
    }

    /** Integers stay integers; everything else is computed in float32. */
    private static DataType type(JsonNode dtype) {
        String name = dtype.isObject() ? dtype.path("config").path("name").asString("") : dtype.asString("");
        return switch (name) {
            case "int32" -> DataType.INT32;
            case "int64" -> DataType.INT64;
            case "string" ->
                throw new FormatException("the input is text, which is not supported", "turn text into numbers before");
            default -> DataType.FLOAT32;
        };
    }
}
