package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Map;

/** Ops that address elements by number, and the sources of numbers. */
public sealed interface IndexingOp extends CoreOp {

    /**
     * Slices of the data along an axis: {@code y[a…, i…, b…] = data[a…, indices[i…], b…]}.
     *
     * <ul>
     *   <li>C1: two operands: data of any type that can be stored, indices int32 or int64.
     *   <li>C2: the axis is in {@code [0, rank of data)}.
     *   <li>C3: an index outside {@code [0, size)} fails when it runs.
     * </ul>
     */
    @Since(1)
    record Gather(int axis) implements IndexingOp {}

    /** How {@link Scatter} combines an update with what is there. */
    enum ScatterFn {
        /** The last update in order wins. */
        SET,
        ADD,
        MUL,
        MAX,
        MIN
    }

    /**
     * The data with slices along an axis replaced or combined: {@code data[a…, indices[i], b…] fn= updates[a…, i, b…]}.
     *
     * <ul>
     *   <li>C1: three operands: data (arithmetic; bool only for SET), indices int32 or int64 of rank 1, updates of the data's type.
     *   <li>C2: the axis is in {@code [0, rank of data)}.
     *   <li>C3: updates have the data's shape, with the number of indices along the axis.
     *   <li>C4: an index outside {@code [0, size)} fails when it runs.
     * </ul>
     */
    @Since(1)
    record Scatter(int axis, ScatterFn fn) implements IndexingOp {}

    /**
     * The position along an axis, 0, 1, 2, …, repeated over the other axes. No operands.
     *
     * <ul>
     *   <li>C1: the type is real or integer, and the axis in {@code [0, rank)}.
     * </ul>
     */
    @Since(1)
    record Iota(DataType type, Shape shape, int axis) implements IndexingOp {
        @Override
        public Iota bind(Map<String, Integer> sizes) {
            return new Iota(type, shape.bind(sizes), axis);
        }
    }

    /** A tensor known before anything runs, of any type that can be stored; held by reference. No operands. */
    @Since(1)
    record Constant(Tensor value) implements IndexingOp {
        @Override
        public boolean equals(Object other) {
            return other instanceof Constant(Tensor that) && that == value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }

        @Override
        public String toString() {
            return "Constant[" + value + "]";
        }
    }
}
