package dev.convoy.cli;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/** Converts arrays as NumPy users have them (float64, int64, uint8) to the type that a model takes. */
final class Conversion {

    private Conversion() {}

    /** The tensor in another type, where every number of its own has a nearest one there; else the tensor as it is. */
    static Tensor to(DataType type, Tensor tensor) {
        if (tensor.type() == type) {
            return tensor;
        }
        return switch (type) {
            case FLOAT32 -> hasNumbers(tensor) ? floats(tensor) : tensor;
            case FLOAT16 -> tensor.type() == DataType.FLOAT32 || hasNumbers(tensor) ? halves(tensor) : tensor;
            case INT64 -> isWhole(tensor) ? longs(tensor) : tensor;
            default -> tensor;
        };
    }

    private static boolean hasNumbers(Tensor tensor) {
        return tensor.type() == DataType.FLOAT64 || tensor.type() == DataType.FLOAT16 || isWhole(tensor);
    }

    private static boolean isWhole(Tensor tensor) {
        return switch (tensor.type()) {
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOL -> true;
            default -> false;
        };
    }

    private static Tensor floats(Tensor tensor) {
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case FLOAT64 -> (float) tensor.doubles()[i];
                case FLOAT16 -> Float.float16ToFloat(((short[]) tensor.array())[i]);
                default -> whole(tensor, i);
            };
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, tensor.shape()), values);
    }

    private static Tensor halves(Tensor tensor) {
        float[] floats = (tensor.type() == DataType.FLOAT32 ? tensor : floats(tensor)).floats();
        short[] values = new short[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.floatToFloat16(floats[i]);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT16, tensor.shape()), values);
    }

    private static Tensor longs(Tensor tensor) {
        long[] values = new long[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole(tensor, i);
        }
        return Tensor.wrap(new TensorSpec(DataType.INT64, tensor.shape()), values);
    }

    private static long whole(Tensor tensor, int i) {
        return switch (tensor.array()) {
            case byte[] a -> tensor.type() == DataType.UINT8 ? a[i] & 0xff : a[i];
            case short[] a -> tensor.type() == DataType.UINT16 ? a[i] & 0xffff : a[i];
            case int[] a -> tensor.type() == DataType.UINT32 ? Integer.toUnsignedLong(a[i]) : a[i];
            case long[] a -> a[i];
            case boolean[] a -> a[i] ? 1 : 0;
            default -> throw new IllegalStateException("No whole numbers in " + tensor.spec());
        };
    }
}
