package dev.convoy.conformance.reference;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** The meaning of {@link ElementwiseOp.Cast}, between all types that can be stored. */
final class CastReference {

    private CastReference() {}

    /**
     * @param from the declared spec of the operand, of which {@code x} is carried as the interpreter does
     */
    static Tensor run(ElementwiseOp.Cast op, TensorSpec from, Tensor x) {
        DataType to = op.to();
        if (from.type() == to) {
            return x;
        }
        if (from.type() == DataType.UINT64 && !isIntegral(to)) {
            return fromReal(to, x.shape(), i -> unsigned(StoredNumbers.bits(x, i)));
        }
        return isIntegral(from.type())
                ? fromInteger(to, x.shape(), i -> integer(from.type(), x, i))
                : fromReal(to, x.shape(), i -> real(from.type(), x, i));
    }

    private static Tensor fromInteger(DataType to, Shape shape, IntToLongFunction element) {
        return switch (to) {
            case BOOL -> Numbers.truths(shape, i -> element.applyAsLong(i) != 0);
            case INT32, INT64 -> Numbers.integers(new TensorSpec(to, shape), element);
            case INT8, UINT8, INT16, UINT16, UINT32, UINT64, INT4, UINT4 ->
                StoredNumbers.bits(new TensorSpec(to, shape), element);
            case FLOAT32 -> Numbers.reals(shape, i -> (float) element.applyAsLong(i));
            case FLOAT64 -> Numbers.reals(shape, i -> (double) element.applyAsLong(i));
            case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                StoredNumbers.encoded(new TensorSpec(to, shape), i -> (double) element.applyAsLong(i));
            case STRING, COMPLEX64, COMPLEX128 -> throw new IllegalStateException(to + " cannot be stored");
        };
    }

    private static Tensor fromReal(DataType to, Shape shape, IntToDoubleFunction element) {
        return switch (to) {
            case BOOL -> Numbers.truths(shape, i -> element.applyAsDouble(i) != 0);
            case INT32 -> Numbers.integers(new TensorSpec(to, shape), i -> (int) element.applyAsDouble(i));
            case INT64, UINT64, UINT32 -> fromInteger(to, shape, i -> (long) element.applyAsDouble(i));
            case INT8, UINT8, INT16, UINT16, INT4, UINT4 -> fromInteger(to, shape, i -> (int) element.applyAsDouble(i));
            case FLOAT32 -> Numbers.reals(shape, i -> (float) element.applyAsDouble(i));
            case FLOAT64 -> Numbers.reals(shape, element);
            case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 ->
                StoredNumbers.encoded(new TensorSpec(to, shape), element);
            case STRING, COMPLEX64, COMPLEX128 -> throw new IllegalStateException(to + " cannot be stored");
        };
    }

    /** Whether the elements are whole numbers or truth values. */
    private static boolean isIntegral(DataType type) {
        return switch (type) {
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, INT4, UINT4 -> true;
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1,
                    STRING,
                    COMPLEX64,
                    COMPLEX128 -> false;
        };
    }

    private static long integer(DataType type, Tensor x, int index) {
        return switch (type) {
            case BOOL -> Numbers.truth(x, index) ? 1 : 0;
            case INT32, INT64 -> Numbers.integer(x, index);
            case INT8, UINT8, INT16, UINT16, UINT32, UINT64, INT4, UINT4 -> StoredNumbers.integer(x, index);
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1,
                    STRING,
                    COMPLEX64,
                    COMPLEX128 -> throw new IllegalStateException(type + " is not integral");
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    private static double real(DataType type, Tensor x, int index) {
        return type.isReal() ? Numbers.real(x, index) : StoredNumbers.decode(type, StoredNumbers.bits(x, index));
    }
}
