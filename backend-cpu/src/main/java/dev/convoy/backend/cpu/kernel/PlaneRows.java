package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import org.jspecify.annotations.Nullable;

/** How {@link PlaneConvolution} computes rows of results, pooled or not, from {@link Planes}. */
interface PlaneRows {

    /** The way for a convolution and the max pooling behind it, if there is one. */
    static PlaneRows of(Geometry g, @Nullable Geometry pool) {
        return pool != null && PairRows.suits(g, pool) ? new PairRows(g) : new ChannelRows(g, pool);
    }

    /** How the data are to be laid out. */
    Planes planes();

    /** The elements of a window, numbered row, column, channel, in the order in which they are multiplied. */
    int[] order();

    /** Weights from one element to the next; at least as many as output channels. */
    int pitch();

    /** Elements behind a row of results that may be overwritten. */
    int spill();

    /** Elements of scratch that {@link Line#compute} needs besides the planes. */
    int spare();

    /**
     * Rows with some weights.
     *
     * @param w the weights of the elements in their order, {@link #pitch} apart
     * @param finish with a bias
     */
    Line line(ChannelLoops loops, float[] w, Finish finish);

    /** Computes rows of results. */
    interface Line {

        /**
         * Computes the row whose first window lies at {@code scratch[base]}.
         *
         * @param spare where the spare elements of the scratch begin
         * @param y where the row is written to, from {@code at} on
         */
        void compute(float[] scratch, int base, int spare, float[] y, int at);
    }
}
