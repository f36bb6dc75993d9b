package dev.convoy.benchmarks;

/** One side of a comparison, ready to run. */
interface Contestant extends AutoCloseable {

    String name();

    /**
     * Predicts once, from input array to output array.
     *
     * @return the output, flattened
     */
    float[] predict();

    @Override
    void close();
}
