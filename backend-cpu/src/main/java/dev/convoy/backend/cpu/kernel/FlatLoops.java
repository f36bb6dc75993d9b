package dev.convoy.backend.cpu.kernel;

/** Loops over neighbouring elements whose conditions C2 does not turn into vectors by itself. */
public interface FlatLoops {

    /** {@code y = x > limit ? a : 0} for elements {@code [from, to)}; y may be x or a. */
    void pass(float[] x, float limit, float[] a, float[] y, int from, int to);

    /** Sets those of elements {@code [from, to)} to zero that are nearer to it than {@code smallest}. */
    void flush(float[] x, float smallest, int from, int to);
}
