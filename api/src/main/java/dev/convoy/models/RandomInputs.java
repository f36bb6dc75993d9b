package dev.convoy.models;

import dev.convoy.layers.Input;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Inputs for a model that nobody has a sample for. */
public final class RandomInputs {

    private RandomInputs() {}

    /**
     * Draws real inputs evenly from [-1, 1); inputs of whole numbers, which may be indices, and booleans are 0 or 1.
     *
     * @param batch the size of the batch
     * @param seed the same seed gives the same inputs
     * @throws IllegalArgumentException if an input has free axes besides its batch, or a type without arithmetic
     */
    public static SequencedMap<String, Tensor> of(Model model, int batch, long seed) {
        return of(model, Map.of(), batch, seed);
    }

    /**
     * Draws inputs as {@link #of(Model, int, long)} does.
     *
     * @param shapes those of inputs that leave axes free, by name; the batch may stay free
     */
    public static SequencedMap<String, Tensor> of(Model model, Map<String, Shape> shapes, int batch, long seed) {
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        model.inputs().forEach((name, declared) -> {
            TensorSpec spec = declared.withShape(shapes.getOrDefault(name, declared.shape()));
            inputs.put(name, draw(sized(model, name, spec, batch), SplitMix64.of(seed).stream(name)));
        });
        return inputs;
    }

    private static TensorSpec sized(Model model, String name, TensorSpec spec, int batch) {
        List<Dim> dims = new ArrayList<>();
        for (Dim dim : spec.shape().dims()) {
            if (!dim.isKnown() && !Input.BATCH.equals(dim.name())) {
                throw new IllegalArgumentException("Input '" + name + "' of model '" + model.name()
                        + "' has free axes, " + spec + ". Remedy: give an input");
            }
            dims.add(dim.isKnown() ? dim : Dim.of(batch));
        }
        return spec.withShape(Shape.ofDims(dims));
    }

    private static Tensor draw(TensorSpec spec, SplitMix64 random) {
        if (spec.type() == DataType.FLOAT16) {
            return halves(spec, random);
        }
        if (!spec.type().isArithmetic()) {
            throw new IllegalArgumentException("No random input of type " + spec.type() + ". Remedy: give an input");
        }
        int size = Math.toIntExact(spec.shape().elements());
        Object array = spec.type().storage().newArray(size);
        for (int i = 0; i < size; i++) {
            double drawn = random.uniform(i);
            switch (array) {
                case float[] a -> a[i] = (float) (2 * drawn - 1);
                case double[] a -> a[i] = 2 * drawn - 1;
                case int[] a -> a[i] = drawn < 0.5 ? 0 : 1;
                case long[] a -> a[i] = drawn < 0.5 ? 0 : 1;
                case boolean[] a -> a[i] = drawn >= 0.5;
                default -> throw new IllegalStateException("No such array in a tensor: " + spec);
            }
        }
        return Tensor.wrap(spec, array);
    }

    private static Tensor halves(TensorSpec spec, SplitMix64 random) {
        short[] array = new short[Math.toIntExact(spec.shape().elements())];
        for (int i = 0; i < array.length; i++) {
            array[i] = Float.floatToFloat16((float) (2 * random.uniform(i) - 1));
        }
        return Tensor.wrap(spec, array);
    }
}
