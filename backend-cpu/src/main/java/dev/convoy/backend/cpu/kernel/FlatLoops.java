package dev.convoy.backend.cpu.kernel;

/** Loops over neighbouring elements whose conditions C2 does not turn into vectors by itself. */
public interface FlatLoops {

    /** {@code y = x > limit ? a : 0} for elements {@code [from, to)}; y may be x or a. */
    void pass(float[] x, float limit, float[] a, float[] y, int from, int to);

    /** Sets those of elements {@code [from, to)} to zero that are nearer to it than {@code smallest}. */
    void flush(float[] x, float smallest, int from, int to);

    /** One step of Adam, without AMSGrad, for elements {@code [from, to)}: moments nearer to zero than smallest are zero. */
    void adam(Adam rule, AdamArrays arrays, int from, int to);

    /** The numbers of a step of Adam: the moments' decays and what is left of 1, and the rate with both corrections. */
    record Adam(float beta1, float rest1, float beta2, float rest2, float smallest, float alpha, float epsilon) {}

    /** The arrays of a step of Adam: before, and after. */
    record AdamArrays(
            float[] gradient,
            float[] old,
            float[] oldMomentum,
            float[] oldVelocity,
            float[] parameter,
            float[] momentum,
            float[] velocity) {}

    /** Copies rows: element j of row i from {@code x[from + i * step + j]} to {@code y[to + i * stride + j]}. */
    void copyRows(float[] x, int from, int step, float[] y, int to, int stride, int length, int rows);

    /** Sets {@code y[at + j]} to the sum of {@code x[start + i * inner + j]} over the rows i in order, in double. */
    void sumRows(float[] x, int start, int rows, int inner, double[] y, int at);
}
