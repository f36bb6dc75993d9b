package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoops#lines} with vectors of 512 bits whose lanes are windows: an element of twice 16 windows is loaded once
 * for all output channels, each weight is copied to all lanes.
 */
final class VectorLineLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final int L = 16;

    private VectorLineLoops() {}

    static void lines(PlaneLoops.Lines lines, float[] x, int base, int step, int sums, float[] y, int to, int apart) {
        if (lines.pitch() == 6) {
            six(lines, x, base, step, sums);
        } else {
            for (int c = 0; c < lines.pitch(); c += 4) {
                four(lines, c, x, base, step, sums + c * L);
            }
        }
        VectorRearranging.interleave(x, sums, lines.channels(), y, to);
        VectorRearranging.interleave(x, sums + PlaneLoops.PAIR_CHANNELS * L, lines.channels(), y, to + apart);
    }

    private static void six(PlaneLoops.Lines lines, float[] x, int base, int step, int to) {
        int[] offsets = lines.offsets();
        float[] w = lines.w();
        int pitch = lines.pitch();
        FloatVector a0 = FloatVector.zero(S);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.zero(S);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.zero(S);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.zero(S);
        FloatVector b3 = a3;
        FloatVector a4 = FloatVector.zero(S);
        FloatVector b4 = a4;
        FloatVector a5 = FloatVector.zero(S);
        FloatVector b5 = a5;
        for (int e = 0; e < offsets.length; e++) {
            int at = base + offsets[e];
            int k = e * pitch;
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + step);
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            a0 = weight.fma(xa, a0);
            b0 = weight.fma(xb, b0);
            weight = FloatVector.broadcast(S, w[k + 1]);
            a1 = weight.fma(xa, a1);
            b1 = weight.fma(xb, b1);
            weight = FloatVector.broadcast(S, w[k + 2]);
            a2 = weight.fma(xa, a2);
            b2 = weight.fma(xb, b2);
            weight = FloatVector.broadcast(S, w[k + 3]);
            a3 = weight.fma(xa, a3);
            b3 = weight.fma(xb, b3);
            weight = FloatVector.broadcast(S, w[k + 4]);
            a4 = weight.fma(xa, a4);
            b4 = weight.fma(xb, b4);
            weight = FloatVector.broadcast(S, w[k + 5]);
            a5 = weight.fma(xa, a5);
            b5 = weight.fma(xb, b5);
        }
        int second = to + PlaneLoops.PAIR_CHANNELS * L;
        a0.intoArray(x, to);
        b0.intoArray(x, second);
        a1.intoArray(x, to + L);
        b1.intoArray(x, second + L);
        a2.intoArray(x, to + 2 * L);
        b2.intoArray(x, second + 2 * L);
        a3.intoArray(x, to + 3 * L);
        b3.intoArray(x, second + 3 * L);
        a4.intoArray(x, to + 4 * L);
        b4.intoArray(x, second + 4 * L);
        a5.intoArray(x, to + 5 * L);
        b5.intoArray(x, second + 5 * L);
    }

    private static void four(PlaneLoops.Lines lines, int c, float[] x, int base, int step, int to) {
        int[] offsets = lines.offsets();
        float[] w = lines.w();
        int pitch = lines.pitch();
        FloatVector a0 = FloatVector.zero(S);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.zero(S);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.zero(S);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.zero(S);
        FloatVector b3 = a3;
        for (int e = 0; e < offsets.length; e++) {
            int at = base + offsets[e];
            int k = e * pitch + c;
            FloatVector xa = FloatVector.fromArray(S, x, at);
            FloatVector xb = FloatVector.fromArray(S, x, at + step);
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            a0 = weight.fma(xa, a0);
            b0 = weight.fma(xb, b0);
            weight = FloatVector.broadcast(S, w[k + 1]);
            a1 = weight.fma(xa, a1);
            b1 = weight.fma(xb, b1);
            weight = FloatVector.broadcast(S, w[k + 2]);
            a2 = weight.fma(xa, a2);
            b2 = weight.fma(xb, b2);
            weight = FloatVector.broadcast(S, w[k + 3]);
            a3 = weight.fma(xa, a3);
            b3 = weight.fma(xb, b3);
        }
        int second = to + PlaneLoops.PAIR_CHANNELS * L;
        a0.intoArray(x, to);
        b0.intoArray(x, second);
        a1.intoArray(x, to + L);
        b1.intoArray(x, second + L);
        a2.intoArray(x, to + 2 * L);
        b2.intoArray(x, second + 2 * L);
        a3.intoArray(x, to + 3 * L);
        b3.intoArray(x, second + 3 * L);
    }
}
