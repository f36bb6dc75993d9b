package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Arguments;

/** One convolution of those that {@link Bands} compute after one another, some rows of a sample at a time. */
interface BandStage {

    Geometry geometry();

    /** Whether a run reads the array of an operand of the step. */
    boolean reads(int input);

    /** The size of what it has made of constants. */
    long packedBytes();

    /** What computes rows in a run. */
    Rows rows(Arguments arguments);

    /** Computes rows of a result. */
    @FunctionalInterface
    interface Rows {

        /**
         * Computes rows {@code [first, last)}. Row r of the data is at {@code x[from + r * w * channels]}, row r of the
         * result at {@code y[to + r * w * pitch]}, w being the width of each; rows that are not needed need not be there.
         *
         * @param pitch from one pixel of the result to the next
         */
        void compute(float[] x, int from, int first, int last, float[] y, int to, int pitch);
    }
}
