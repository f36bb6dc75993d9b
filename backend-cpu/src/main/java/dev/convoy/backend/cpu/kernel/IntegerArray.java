package dev.convoy.backend.cpu.kernel;

/** Integers and booleans of an array read as long. */
@FunctionalInterface
interface IntegerArray {

    long at(int index);

    static IntegerArray of(Object array) {
        return switch (array) {
            case int[] a -> i -> a[i];
            case long[] a -> i -> a[i];
            case boolean[] a -> i -> a[i] ? 1 : 0;
            default -> throw new IllegalArgumentException("Not an integer array: " + array.getClass());
        };
    }

    /** Writes the low bits of a value. */
    static void set(Object array, int index, long value) {
        switch (array) {
            case int[] a -> a[index] = (int) value;
            case long[] a -> a[index] = value;
            case boolean[] a -> a[index] = value != 0;
            default -> throw new IllegalArgumentException("Not an integer array: " + array.getClass());
        }
    }
}
