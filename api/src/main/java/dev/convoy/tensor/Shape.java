package dev.convoy.tensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The dimensions of a tensor, slowest varying first. Rank 0 is a scalar. A dimension may be named instead of known
 * ({@link Dim}); {@link #bind} replaces names by sizes.
 */
public final class Shape {

    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(List.of());

    private final List<Dim> dims;

    private Shape(List<Dim> dims) {
        this.dims = dims;
    }

    /**
     * @throws IllegalArgumentException if a size is negative
     */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
    }

    /**
     * @throws IllegalArgumentException if a size is negative
     */
    public static Shape of(Collection<Integer> sizes) {
        return new Shape(sizes.stream().map(Dim::of).toList());
    }

    public static Shape ofDims(List<Dim> dims) {
        return new Shape(List.copyOf(dims));
    }

    public int rank() {
        return dims.size();
    }

    public List<Dim> dims() {
        return dims;
    }

    /** The dimension of an axis in {@code [-rank, rank)}. */
    public Dim dim(int axis) {
        return dims.get(axis(axis));
    }

    /**
     * The size of an axis in {@code [-rank, rank)}.
     *
     * @throws IllegalStateException if the dimension is named
     */
    public int size(int axis) {
        Dim dim = dim(axis);
        if (!dim.isKnown()) {
            throw new IllegalStateException(
                    "Dimension '" + dim.name() + "' of " + this + " is not known here; bind it to a size first");
        }
        return dim.size();
    }

    /** All sizes as a new array; same exception as {@link #size(int)}. */
    public int[] sizes() {
        return IntStream.range(0, rank()).map(this::size).toArray();
    }

    /** Whether no dimension is named. */
    public boolean isKnown() {
        return dims.stream().allMatch(Dim::isKnown);
    }

    /**
     * The number of elements; 1 for a scalar.
     *
     * @throws IllegalStateException if a dimension is named
     * @throws ArithmeticException if the product does not fit in a long
     */
    public long elements() {
        long product = 1;
        for (int axis = 0; axis < rank(); axis++) {
            product = Math.multiplyExact(product, (long) size(axis));
        }
        return product;
    }

    /**
     * An axis counted from the front.
     *
     * @throws IndexOutOfBoundsException if it is outside {@code [-rank, rank)}
     */
    public int axis(int axis) {
        if (axis < -rank() || axis >= rank()) {
            throw new IndexOutOfBoundsException(
                    "Axis " + axis + " is outside [" + -rank() + ", " + rank() + ") for shape " + this);
        }
        return axis < 0 ? axis + rank() : axis;
    }

    /** This shape with one dimension replaced. */
    public Shape with(int axis, Dim dim) {
        Dim[] copy = dims.toArray(Dim[]::new);
        copy[axis(axis)] = dim;
        return new Shape(List.of(copy));
    }

    /** This shape with the size of one dimension replaced. */
    public Shape with(int axis, int size) {
        return with(axis, Dim.of(size));
    }

    /** The dimensions in {@code [from, to)}. */
    public Shape slice(int from, int to) {
        return new Shape(List.copyOf(dims.subList(from, to)));
    }

    /** This shape followed by another. */
    public Shape concat(Shape tail) {
        return new Shape(Stream.concat(dims.stream(), tail.dims.stream()).toList());
    }

    /** This shape with a dimension put in front. */
    public Shape prepend(Dim dim) {
        return new Shape(Stream.concat(Stream.of(dim), dims.stream()).toList());
    }

    /** The dimensions in the order of {@code permutation}: result axis i is this shape's axis {@code permutation[i]}. */
    public Shape permute(List<Integer> permutation) {
        return new Shape(permutation.stream().map(this::dim).toList());
    }

    /** Replaces named dimensions by the sizes given for them; names not in the map stay. */
    public Shape bind(Map<String, Integer> sizes) {
        return new Shape(dims.stream()
                .map(d -> d.name() != null && sizes.containsKey(d.name()) ? Dim.of(sizes.get(d.name())) : d)
                .toList());
    }

    /** Elements between neighbours along each axis of the row-major array; needs known sizes behind the first axis. */
    public int[] strides() {
        int[] strides = new int[rank()];
        int stride = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            if (axis > 0) {
                stride = Math.multiplyExact(stride, size(axis));
            }
        }
        return strides;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && dims.equals(shape.dims);
    }

    @Override
    public int hashCode() {
        return dims.hashCode();
    }

    /** For example {@code [batch, 28, 28, 1]}. */
    @Override
    public String toString() {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
