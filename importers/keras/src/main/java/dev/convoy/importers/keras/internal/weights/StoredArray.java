package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.hdf5.Hdf5Dataset;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.function.Supplier;

/**
 * An array of a weights file, read when it is asked for.
 *
 * @param where its path in the file
 * @param values its elements in row-major order, as float32
 */
public record StoredArray(String where, Shape shape, Supplier<float[]> values) {

    static StoredArray of(Hdf5Dataset dataset) {
        return new StoredArray(dataset.path(), dataset.shape(), dataset::floats);
    }

    /** Reads it. */
    public Tensor tensor() {
        return Tensor.wrap(new TensorSpec(dev.convoy.tensor.DataType.FLOAT32, shape), values.get());
    }

    /** The same elements under another shape of as many. */
    StoredArray reshaped(Shape newShape) {
        return new StoredArray(where, newShape, values);
    }

    /** The axes in another order: axis i of the result is axis {@code permutation[i]} of this. */
    StoredArray transposed(List<Integer> permutation) {
        Shape target = shape.permute(permutation);
        return new StoredArray(where, target, () -> {
            int[] strides = shape.strides();
            int[] steps = permutation.stream().mapToInt(axis -> strides[axis]).toArray();
            return gather(values.get(), target.sizes(), steps, 0);
        });
    }

    /** The first axes reversed, as between convolution (Theano) and cross-correlation. */
    StoredArray flipped(int axes) {
        return new StoredArray(where, shape, () -> {
            int[] steps = shape.strides();
            int start = 0;
            for (int axis = 0; axis < axes; axis++) {
                start += (shape.size(axis) - 1) * steps[axis];
                steps[axis] = -steps[axis];
            }
            return gather(values.get(), shape.sizes(), steps, start);
        });
    }

    private static float[] gather(float[] source, int[] sizes, int[] steps, int start) {
        float[] result = new float[source.length];
        int[] index = new int[sizes.length];
        int at = start;
        for (int i = 0; i < result.length; i++) {
            result[i] = source[at];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                at -= steps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
        return result;
    }
}
