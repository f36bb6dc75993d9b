package dev.convoy.onnx.format;

import dev.convoy.tensor.DataType;
import java.util.Arrays;
import java.util.Optional;

/** The numbers that ONNX 1.20 gives element types ({@code TensorProto.DataType}). */
public final class ElementTypes {

    private ElementTypes() {}

    /** The number of a type. */
    public static int number(DataType type) {
        return switch (type) {
            case FLOAT32 -> 1;
            case UINT8 -> 2;
            case INT8 -> 3;
            case UINT16 -> 4;
            case INT16 -> 5;
            case INT32 -> 6;
            case INT64 -> 7;
            case STRING -> 8;
            case BOOL -> 9;
            case FLOAT16 -> 10;
            case FLOAT64 -> 11;
            case UINT32 -> 12;
            case UINT64 -> 13;
            case COMPLEX64 -> 14;
            case COMPLEX128 -> 15;
            case BFLOAT16 -> 16;
            case FLOAT8E4M3FN -> 17;
            case FLOAT8E4M3FNUZ -> 18;
            case FLOAT8E5M2 -> 19;
            case FLOAT8E5M2FNUZ -> 20;
            case UINT4 -> 21;
            case INT4 -> 22;
            case FLOAT4E2M1 -> 23;
            case FLOAT8E8M0 -> 24;
        };
    }

    /** The type of a number; empty for 0 (undefined) and for numbers that ONNX gave out later. */
    public static Optional<DataType> type(int number) {
        return Arrays.stream(DataType.values()).filter(t -> number(t) == number).findFirst();
    }

    /** Whether two elements of the type share a byte in a file, the first in the low bits. */
    static boolean isPacked(DataType type) {
        return switch (type) {
            case UINT4, INT4, FLOAT4E2M1 -> true;
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    INT8,
                    UINT8,
                    INT16,
                    UINT16,
                    INT32,
                    UINT32,
                    INT64,
                    UINT64,
                    BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0 -> false;
        };
    }

    /** Bytes that elements of a type take in a file. */
    static long bytes(DataType type, long elements) {
        return isPacked(type) ? Math.ceilDiv(elements, 2L) : Math.multiplyExact(elements, (long) type.bytes());
    }
}
