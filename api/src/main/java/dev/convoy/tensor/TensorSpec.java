package dev.convoy.tensor;

import java.util.Map;

/** Element type and shape of a tensor, without data. */
public record TensorSpec(DataType type, Shape shape) {

    public static TensorSpec of(DataType type, int... sizes) {
        return new TensorSpec(type, Shape.of(sizes));
    }

    /** A float32 spec. */
    public static TensorSpec float32(int... sizes) {
        return of(DataType.FLOAT32, sizes);
    }

    public TensorSpec withShape(Shape newShape) {
        return new TensorSpec(type, newShape);
    }

    public TensorSpec withType(DataType newType) {
        return new TensorSpec(newType, shape);
    }

    /** Replaces named dimensions by sizes, see {@link Shape#bind}. */
    public TensorSpec bind(Map<String, Integer> sizes) {
        return new TensorSpec(type, shape.bind(sizes));
    }

    /** Whether a tensor of {@code actual} may stand where this spec is asked for; named dimensions match any size. */
    public boolean accepts(TensorSpec actual) {
        if (type != actual.type || shape.rank() != actual.shape.rank()) {
            return false;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim wanted = shape.dim(axis);
            if (wanted.isKnown() && !wanted.equals(actual.shape.dim(axis))) {
                return false;
            }
        }
        return true;
    }

    /** For example {@code float32[batch, 28, 28, 1]}. */
    @Override
    public String toString() {
        return type + shape.toString();
    }
}
