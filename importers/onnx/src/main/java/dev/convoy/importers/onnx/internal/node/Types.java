package dev.convoy.importers.onnx.internal.node;

import dev.convoy.tensor.DataType;

/** In which type backends compute what a file computes in another. */
public final class Types {

    private Types() {}

    /**
     * Floats are computed in float32, integers of up to 16 bits and int32 in int32, larger ones in int64; other types are
     * not computed with.
     */
    public static DataType computing(DataType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> DataType.FLOAT32;
            case INT8, UINT8, INT16, UINT16, INT32, UINT4, INT4 -> DataType.INT32;
            case UINT32, INT64, UINT64 -> DataType.INT64;
            case BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1 -> type;
        };
    }

    /** Whether a type holds real numbers. */
    public static boolean isReal(DataType type) {
        return computing(type) == DataType.FLOAT32;
    }
}
