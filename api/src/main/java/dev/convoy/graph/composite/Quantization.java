package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.Collections;
import java.util.List;

/** Small integers and their scales. */
final class Quantization {

    private Quantization() {}

    /** The largest number of a type that is quantised to; 0 for other types. */
    static int largest(DataType type) {
        return switch (type) {
            case INT4 -> 7;
            case UINT4 -> 15;
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 65535;
            case FLOAT8E4M3FN -> 448;
            case FLOAT8E4M3FNUZ -> 240;
            case FLOAT8E5M2, FLOAT8E5M2FNUZ -> 57344;
            case FLOAT4E2M1 -> 6;
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    INT32,
                    UINT32,
                    INT64,
                    UINT64,
                    BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E8M0 -> 0;
        };
    }

    /** The least number of a type that is quantised to. */
    static int least(DataType type) {
        return switch (type) {
            case UINT4, UINT8, UINT16 -> 0;
            case INT4, INT8, INT16 -> -largest(type) - 1;
            case FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT4E2M1,
                    FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    INT32,
                    UINT32,
                    INT64,
                    UINT64,
                    BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E8M0 -> -largest(type);
        };
    }

    /** Whether a type that is quantised to is an integer. */
    static boolean isInteger(DataType type) {
        return largest(type) > 0 && least(type) != -largest(type);
    }

    /** Scales or zero points under a shape that broadcasts with x. */
    static Value spread(Check check, GraphBuilder g, Value numbers, Shape x, int axis, int blockSize) {
        Shape given = numbers.shape();
        if (given.isKnown() && given.elements() == 1 && given.rank() <= 1) {
            return g.reshape(numbers, Shape.SCALAR);
        }
        int rank = x.rank();
        check.that(axis >= -rank && axis < rank, "C2", "the axis is an axis of x", -rank + " <= axis < " + rank, axis);
        int along = x.axis(axis);
        if (blockSize == 0) {
            Shape line = Shape.ofDims(List.of(x.dim(along)));
            check.that(given.equals(line), "C3", "there is one number for each place along the axis", line, given);
            return g.reshape(numbers, given.concat(Shape.of(Collections.nCopies(rank - along - 1, 1))));
        }
        Shape blocks = x.with(along, Math.ceilDiv(x.size(along), blockSize));
        check.that(given.equals(blocks), "C3", "there is one number for each block", blocks, given);
        Shape front = blocks.slice(0, along + 1);
        Shape back = blocks.slice(along + 1, rank);
        Value apart = g.reshape(numbers, front.concat(Shape.of(1)).concat(back));
        Value repeated = g.broadcast(apart, front.concat(Shape.of(blockSize)).concat(back));
        Value joined = g.reshape(repeated, blocks.with(along, Dim.of(blocks.size(along) * blockSize)));
        return joined.shape().equals(x) ? joined : g.slice(joined, along, 0, x.size(along));
    }
}
