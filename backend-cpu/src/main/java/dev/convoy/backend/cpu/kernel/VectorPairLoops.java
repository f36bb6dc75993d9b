package dev.convoy.backend.cpu.kernel;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoops#halved(PlaneLoops.Pairs, int, float[], int, int, float[], int)} with vectors of 512 bits whose lanes are
 * windows: an element of 16 windows is loaded once for all output channels, each weight is copied to all lanes. In a tile,
 * a and b are the left and the right windows, c and d those below them.
 */
final class VectorPairLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final int L = 16;

    private VectorPairLoops() {}

    static void halved(PlaneLoops.Pairs pairs, int step, float[] x, int base, int sums, float[] y, int to) {
        float[] bias = Objects.requireNonNull(pairs.finish().bias());
        int channels = pairs.channels();
        int last = Math.max(0, pairs.count() - L);
        for (int i = 0; i < pairs.count(); i += L) {
            int first = Math.min(i, last);
            if (pairs.pitch() == 6) {
                six(pairs, bias, 0, x, base + first, step, sums);
            } else {
                for (int c = 0; c < pairs.pitch(); c += 4) {
                    four(pairs, bias, c, x, base + first, step, sums + c * L);
                }
            }
            VectorRearranging.interleave(x, sums, channels, y, to + first * channels);
        }
    }

    private static void six(PlaneLoops.Pairs pairs, float[] bias, int c, float[] x, int base, int step, int to) {
        int[] left = pairs.left();
        int[] right = pairs.right();
        float[] w = pairs.w();
        int pitch = pairs.pitch();
        FloatVector a0 = FloatVector.broadcast(S, bias[c]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector a1 = FloatVector.broadcast(S, bias[c + 1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector d1 = a1;
        FloatVector a2 = FloatVector.broadcast(S, bias[c + 2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector d2 = a2;
        FloatVector a3 = FloatVector.broadcast(S, bias[c + 3]);
        FloatVector b3 = a3;
        FloatVector c3 = a3;
        FloatVector d3 = a3;
        FloatVector a4 = FloatVector.broadcast(S, bias[c + 4]);
        FloatVector b4 = a4;
        FloatVector c4 = a4;
        FloatVector d4 = a4;
        FloatVector a5 = FloatVector.broadcast(S, bias[c + 5]);
        FloatVector b5 = a5;
        FloatVector c5 = a5;
        FloatVector d5 = a5;
        for (int e = 0; e < left.length; e++) {
            int s = base + left[e];
            int t = base + right[e];
            int k = e * pitch + c;
            FloatVector xa = FloatVector.fromArray(S, x, s);
            FloatVector xb = FloatVector.fromArray(S, x, t);
            FloatVector xc = FloatVector.fromArray(S, x, s + step);
            FloatVector xd = FloatVector.fromArray(S, x, t + step);
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            a0 = weight.fma(xa, a0);
            b0 = weight.fma(xb, b0);
            c0 = weight.fma(xc, c0);
            d0 = weight.fma(xd, d0);
            weight = FloatVector.broadcast(S, w[k + 1]);
            a1 = weight.fma(xa, a1);
            b1 = weight.fma(xb, b1);
            c1 = weight.fma(xc, c1);
            d1 = weight.fma(xd, d1);
            weight = FloatVector.broadcast(S, w[k + 2]);
            a2 = weight.fma(xa, a2);
            b2 = weight.fma(xb, b2);
            c2 = weight.fma(xc, c2);
            d2 = weight.fma(xd, d2);
            weight = FloatVector.broadcast(S, w[k + 3]);
            a3 = weight.fma(xa, a3);
            b3 = weight.fma(xb, b3);
            c3 = weight.fma(xc, c3);
            d3 = weight.fma(xd, d3);
            weight = FloatVector.broadcast(S, w[k + 4]);
            a4 = weight.fma(xa, a4);
            b4 = weight.fma(xb, b4);
            c4 = weight.fma(xc, c4);
            d4 = weight.fma(xd, d4);
            weight = FloatVector.broadcast(S, w[k + 5]);
            a5 = weight.fma(xa, a5);
            b5 = weight.fma(xb, b5);
            c5 = weight.fma(xc, c5);
            d5 = weight.fma(xd, d5);
        }
        FloatVector least = FloatVector.broadcast(S, pairs.finish().low());
        FloatVector most = FloatVector.broadcast(S, pairs.finish().high());
        a0 = a0.blend(c0, c0.compare(VectorOperators.GT, a0));
        b0 = b0.blend(d0, d0.compare(VectorOperators.GT, b0));
        a0 = a0.blend(b0, b0.compare(VectorOperators.GT, a0));
        a0 = a0.blend(least, a0.compare(VectorOperators.LT, least));
        a0.blend(most, a0.compare(VectorOperators.GT, most)).intoArray(x, to);
        a1 = a1.blend(c1, c1.compare(VectorOperators.GT, a1));
        b1 = b1.blend(d1, d1.compare(VectorOperators.GT, b1));
        a1 = a1.blend(b1, b1.compare(VectorOperators.GT, a1));
        a1 = a1.blend(least, a1.compare(VectorOperators.LT, least));
        a1.blend(most, a1.compare(VectorOperators.GT, most)).intoArray(x, to + L);
        a2 = a2.blend(c2, c2.compare(VectorOperators.GT, a2));
        b2 = b2.blend(d2, d2.compare(VectorOperators.GT, b2));
        a2 = a2.blend(b2, b2.compare(VectorOperators.GT, a2));
        a2 = a2.blend(least, a2.compare(VectorOperators.LT, least));
        a2.blend(most, a2.compare(VectorOperators.GT, most)).intoArray(x, to + 2 * L);
        a3 = a3.blend(c3, c3.compare(VectorOperators.GT, a3));
        b3 = b3.blend(d3, d3.compare(VectorOperators.GT, b3));
        a3 = a3.blend(b3, b3.compare(VectorOperators.GT, a3));
        a3 = a3.blend(least, a3.compare(VectorOperators.LT, least));
        a3.blend(most, a3.compare(VectorOperators.GT, most)).intoArray(x, to + 3 * L);
        a4 = a4.blend(c4, c4.compare(VectorOperators.GT, a4));
        b4 = b4.blend(d4, d4.compare(VectorOperators.GT, b4));
        a4 = a4.blend(b4, b4.compare(VectorOperators.GT, a4));
        a4 = a4.blend(least, a4.compare(VectorOperators.LT, least));
        a4.blend(most, a4.compare(VectorOperators.GT, most)).intoArray(x, to + 4 * L);
        a5 = a5.blend(c5, c5.compare(VectorOperators.GT, a5));
        b5 = b5.blend(d5, d5.compare(VectorOperators.GT, b5));
        a5 = a5.blend(b5, b5.compare(VectorOperators.GT, a5));
        a5 = a5.blend(least, a5.compare(VectorOperators.LT, least));
        a5.blend(most, a5.compare(VectorOperators.GT, most)).intoArray(x, to + 5 * L);
    }

    private static void four(PlaneLoops.Pairs pairs, float[] bias, int c, float[] x, int base, int step, int to) {
        int[] left = pairs.left();
        int[] right = pairs.right();
        float[] w = pairs.w();
        int pitch = pairs.pitch();
        FloatVector a0 = FloatVector.broadcast(S, bias[c]);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        FloatVector a1 = FloatVector.broadcast(S, bias[c + 1]);
        FloatVector b1 = a1;
        FloatVector c1 = a1;
        FloatVector d1 = a1;
        FloatVector a2 = FloatVector.broadcast(S, bias[c + 2]);
        FloatVector b2 = a2;
        FloatVector c2 = a2;
        FloatVector d2 = a2;
        FloatVector a3 = FloatVector.broadcast(S, bias[c + 3]);
        FloatVector b3 = a3;
        FloatVector c3 = a3;
        FloatVector d3 = a3;
        for (int e = 0; e < left.length; e++) {
            int s = base + left[e];
            int t = base + right[e];
            int k = e * pitch + c;
            FloatVector xa = FloatVector.fromArray(S, x, s);
            FloatVector xb = FloatVector.fromArray(S, x, t);
            FloatVector xc = FloatVector.fromArray(S, x, s + step);
            FloatVector xd = FloatVector.fromArray(S, x, t + step);
            FloatVector weight = FloatVector.broadcast(S, w[k]);
            a0 = weight.fma(xa, a0);
            b0 = weight.fma(xb, b0);
            c0 = weight.fma(xc, c0);
            d0 = weight.fma(xd, d0);
            weight = FloatVector.broadcast(S, w[k + 1]);
            a1 = weight.fma(xa, a1);
            b1 = weight.fma(xb, b1);
            c1 = weight.fma(xc, c1);
            d1 = weight.fma(xd, d1);
            weight = FloatVector.broadcast(S, w[k + 2]);
            a2 = weight.fma(xa, a2);
            b2 = weight.fma(xb, b2);
            c2 = weight.fma(xc, c2);
            d2 = weight.fma(xd, d2);
            weight = FloatVector.broadcast(S, w[k + 3]);
            a3 = weight.fma(xa, a3);
            b3 = weight.fma(xb, b3);
            c3 = weight.fma(xc, c3);
            d3 = weight.fma(xd, d3);
        }
        FloatVector least = FloatVector.broadcast(S, pairs.finish().low());
        FloatVector most = FloatVector.broadcast(S, pairs.finish().high());
        a0 = a0.blend(c0, c0.compare(VectorOperators.GT, a0));
        b0 = b0.blend(d0, d0.compare(VectorOperators.GT, b0));
        a0 = a0.blend(b0, b0.compare(VectorOperators.GT, a0));
        a0 = a0.blend(least, a0.compare(VectorOperators.LT, least));
        a0.blend(most, a0.compare(VectorOperators.GT, most)).intoArray(x, to);
        a1 = a1.blend(c1, c1.compare(VectorOperators.GT, a1));
        b1 = b1.blend(d1, d1.compare(VectorOperators.GT, b1));
        a1 = a1.blend(b1, b1.compare(VectorOperators.GT, a1));
        a1 = a1.blend(least, a1.compare(VectorOperators.LT, least));
        a1.blend(most, a1.compare(VectorOperators.GT, most)).intoArray(x, to + L);
        a2 = a2.blend(c2, c2.compare(VectorOperators.GT, a2));
        b2 = b2.blend(d2, d2.compare(VectorOperators.GT, b2));
        a2 = a2.blend(b2, b2.compare(VectorOperators.GT, a2));
        a2 = a2.blend(least, a2.compare(VectorOperators.LT, least));
        a2.blend(most, a2.compare(VectorOperators.GT, most)).intoArray(x, to + 2 * L);
        a3 = a3.blend(c3, c3.compare(VectorOperators.GT, a3));
        b3 = b3.blend(d3, d3.compare(VectorOperators.GT, b3));
        a3 = a3.blend(b3, b3.compare(VectorOperators.GT, a3));
        a3 = a3.blend(least, a3.compare(VectorOperators.LT, least));
        a3.blend(most, a3.compare(VectorOperators.GT, most)).intoArray(x, to + 3 * L);
    }
}
