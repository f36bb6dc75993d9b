package dev.convoy.importers.onnx.internal.file;

import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of {@code Constant} nodes (ONNX 13). */
final class Constants {

    private Constants() {}

    /** The value that the attributes state; null for strings and sparse tensors. */
    static @Nullable Tensor value(Map<String, Attribute> attributes) {
        if (attributes.size() != 1) {
            return null;
        }
        Map.Entry<String, Attribute> only = attributes.entrySet().iterator().next();
        return switch (only.getValue()) {
            case Attribute.Array(Tensor value) -> value;
            case Attribute.Real(double value) -> Tensor.scalar((float) value);
            case Attribute.Integral(long value) -> Tensor.scalar(value);
            case Attribute.Reals(List<Double> values) -> {
                float[] array = new float[values.size()];
                for (int i = 0; i < array.length; i++) {
                    array[i] = values.get(i).floatValue();
                }
                yield Tensor.of(array, array.length);
            }
            case Attribute.Integrals(List<Long> values) ->
                Tensor.of(values.stream().mapToLong(v -> v).toArray(), values.size());
            case Attribute.Text _, Attribute.Texts _, Attribute.Body _, Attribute.Unreadable _ -> null;
        };
    }
}
