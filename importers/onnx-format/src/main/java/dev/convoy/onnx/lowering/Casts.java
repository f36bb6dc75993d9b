package dev.convoy.onnx.lowering;

import dev.convoy.tensor.DataType;

/** Casts. ONNX leaves out of range conversions from real numbers open; Convoy's saturate, as Java's do. */
final class Casts {

    private Casts() {}

    static String lower(Emitter e, String x, DataType from, DataType to) {
        if (from == to) {
            return e.op("Identity", x);
        }
        return switch (to) {
            case INT32, INT64 -> from.isReal() ? saturated(e, x, from, to) : e.cast(x, to);
            case INT8, UINT8, INT16, UINT16, UINT4, INT4 ->
                from.isReal() ? e.cast(saturated(e, x, from, DataType.INT32), to) : e.cast(x, to);
            case UINT32, UINT64 -> from.isReal() ? e.cast(saturated(e, x, from, DataType.INT64), to) : e.cast(x, to);
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    BOOL,
                    STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1 -> e.cast(x, to);
        };
    }

    /** Towards zero; NaN becomes 0, what is too large the largest, what is too small the smallest integer. */
    private static String saturated(Emitter e, String x, DataType from, DataType to) {
        double bound = to == DataType.INT32 ? 0x1p31 : 0x1p63;
        String fits = e.op("Less", e.op("Abs", x), e.scalar(from, bound));
        String inside = e.cast(e.where(fits, x, e.scalar(from, 0)), to);
        String isLarge = e.op("GreaterOrEqual", x, e.scalar(from, bound));
        String isSmall = e.op("LessOrEqual", x, e.scalar(from, -bound));
        String low = e.scalar(to, -bound);
        return e.where(isLarge, e.scalar(to, bound), e.where(isSmall, low, inside));
    }
}
