package dev.convoy.importers.keras.internal.hdf5;

import java.time.Duration;

/**
 * What reading one HDF5 file may cost at most.
 *
 * @param depth groups inside groups
 * @param reads pieces of metadata (headers, tree nodes, heaps)
 * @param bytes bytes of all datasets together, once they are on the heap
 * @param time from opening to the last read
 */
public record Hdf5Limits(int depth, long reads, long bytes, Duration time) {

    /** Room for the largest models in use; datasets may take four fifths of the heap. */
    public static Hdf5Limits defaults() {
        return new Hdf5Limits(64, 20_000_000, Runtime.getRuntime().maxMemory() / 5 * 4, Duration.ofMinutes(5));
    }
}
