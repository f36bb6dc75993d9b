package dev.convoy.tensor;

/**
 * The element types a {@link Tensor} can store: every type of ONNX 1.20 ({@code TensorProto.DataType}).
 *
 * <p>Arithmetic is defined on {@link #FLOAT32}, {@link #INT32}, {@link #INT64} and {@link #BOOL} (and on {@link #FLOAT64}
 * in the reference interpreter). The other types are for storage: inputs and outputs keep their declared type and are
 * cast at the edge of a graph. Types narrower than a byte are stored one element per byte.
 */
public enum DataType {
    FLOAT32("float32", 4, Storage.FLOAT),
    FLOAT64("float64", 8, Storage.DOUBLE),
    FLOAT16("float16", 2, Storage.SHORT),
    BFLOAT16("bfloat16", 2, Storage.SHORT),
    INT8("int8", 1, Storage.BYTE),
    UINT8("uint8", 1, Storage.BYTE),
    INT16("int16", 2, Storage.SHORT),
    UINT16("uint16", 2, Storage.SHORT),
    INT32("int32", 4, Storage.INT),
    UINT32("uint32", 4, Storage.INT),
    INT64("int64", 8, Storage.LONG),
    UINT64("uint64", 8, Storage.LONG),
    BOOL("bool", 1, Storage.BOOLEAN),
    STRING("string", 0, Storage.NONE),
    COMPLEX64("complex64", 8, Storage.NONE),
    COMPLEX128("complex128", 16, Storage.NONE),
    FLOAT8E4M3FN("float8e4m3fn", 1, Storage.BYTE),
    FLOAT8E4M3FNUZ("float8e4m3fnuz", 1, Storage.BYTE),
    FLOAT8E5M2("float8e5m2", 1, Storage.BYTE),
    FLOAT8E5M2FNUZ("float8e5m2fnuz", 1, Storage.BYTE),
    FLOAT8E8M0("float8e8m0", 1, Storage.BYTE),
    UINT4("uint4", 1, Storage.BYTE),
    INT4("int4", 1, Storage.BYTE),
    FLOAT4E2M1("float4e2m1", 1, Storage.BYTE);

    /** The Java array that holds the elements of a type. */
    public enum Storage {
        FLOAT(float[].class, Float.BYTES),
        DOUBLE(double[].class, Double.BYTES),
        BYTE(byte[].class, Byte.BYTES),
        SHORT(short[].class, Short.BYTES),
        INT(int[].class, Integer.BYTES),
        LONG(long[].class, Long.BYTES),
        BOOLEAN(boolean[].class, Byte.BYTES),
        /** The type is known by name only; a {@link Tensor} of it cannot be made. */
        NONE(void.class, 0);

        private final Class<?> arrayType;
        private final int bytes;

        Storage(Class<?> arrayType, int bytes) {
            this.arrayType = arrayType;
            this.bytes = bytes;
        }

        /** What an element takes in memory; 0 for {@link #NONE}. */
        public int bytes() {
            return bytes;
        }

        /** The array class, {@code float[].class} for example; {@code void.class} for {@link #NONE}. */
        public Class<?> arrayType() {
            return arrayType;
        }

        /**
         * A new array of this storage.
         *
         * @throws IllegalArgumentException for {@link #NONE}
         */
        public Object newArray(int length) {
            return switch (this) {
                case FLOAT -> new float[length];
                case DOUBLE -> new double[length];
                case BYTE -> new byte[length];
                case SHORT -> new short[length];
                case INT -> new int[length];
                case LONG -> new long[length];
                case BOOLEAN -> new boolean[length];
                case NONE ->
                    throw new IllegalArgumentException("Tensors of strings and complex numbers are not supported");
            };
        }
    }

    private final String label;
    private final int bytes;
    private final Storage storage;

    DataType(String label, int bytes, Storage storage) {
        this.label = label;
        this.bytes = bytes;
        this.storage = storage;
    }

    /** The name NumPy and Keras use, {@code float32} for example. */
    public String label() {
        return label;
    }

    /** Bytes per stored element; 0 for {@link #STRING}. */
    public int bytes() {
        return bytes;
    }

    public Storage storage() {
        return storage;
    }

    /** Whether ops compute in this type: float32, float64, int32, int64 and bool. */
    public boolean isArithmetic() {
        return this == FLOAT32 || this == FLOAT64 || this == INT32 || this == INT64 || this == BOOL;
    }

    /** Whether this is float32 or float64, the types in which ops on real numbers compute. */
    public boolean isReal() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** Whether this is int32 or int64. */
    public boolean isInteger() {
        return this == INT32 || this == INT64;
    }

    @Override
    public String toString() {
        return label;
    }
}
