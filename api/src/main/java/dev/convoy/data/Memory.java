package dev.convoy.data;

/** How much the Java heap can still hold, asked before memory is taken for what a file declares. */
final class Memory {

    private Memory() {}

    /** Bytes that are free now or that the heap may still grow by. */
    static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    /** Whether the heap can hold so many bytes more; what is garbage is collected before the answer is no. */
    static boolean holds(long bytes) {
        if (bytes <= free()) {
            return true;
        }
        System.gc();
        return bytes <= free();
    }

    static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
