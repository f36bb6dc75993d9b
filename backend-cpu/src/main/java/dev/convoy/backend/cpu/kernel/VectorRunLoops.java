package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoops#convolved} where the elements of a window lie side by side, three or five at a time. Neighbouring
 * windows then share elements: each is copied to all lanes once for all windows, as that takes as long as to multiply it.
 */
final class VectorRunLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private VectorRunLoops() {}

    static void eight(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        if (row.together() == 3) {
            eightOfThree(row, c, x, base, y, at);
        } else {
            eightOfFive(row, c, x, base, y, at);
        }
    }

    static void four(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        if (row.together() == 3) {
            fourOfThree(row, c, x, base, y, at);
        } else {
            fourOfFive(row, c, x, base, y, at);
        }
    }

    private static void eightOfThree(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int e = 0; e < offsets.length; e += 3) {
            int s = base + offsets[e];
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            sum0 = element.fma(w0, sum0);
            element = FloatVector.broadcast(S, x[s + 1]);
            sum0 = element.fma(w1, sum0);
            sum1 = element.fma(w0, sum1);
            element = FloatVector.broadcast(S, x[s + 2]);
            sum0 = element.fma(w2, sum0);
            sum1 = element.fma(w1, sum1);
            sum2 = element.fma(w0, sum2);
            element = FloatVector.broadcast(S, x[s + 3]);
            sum1 = element.fma(w2, sum1);
            sum2 = element.fma(w1, sum2);
            sum3 = element.fma(w0, sum3);
            element = FloatVector.broadcast(S, x[s + 4]);
            sum2 = element.fma(w2, sum2);
            sum3 = element.fma(w1, sum3);
            sum4 = element.fma(w0, sum4);
            element = FloatVector.broadcast(S, x[s + 5]);
            sum3 = element.fma(w2, sum3);
            sum4 = element.fma(w1, sum4);
            sum5 = element.fma(w0, sum5);
            element = FloatVector.broadcast(S, x[s + 6]);
            sum4 = element.fma(w2, sum4);
            sum5 = element.fma(w1, sum5);
            sum6 = element.fma(w0, sum6);
            element = FloatVector.broadcast(S, x[s + 7]);
            sum5 = element.fma(w2, sum5);
            sum6 = element.fma(w1, sum6);
            sum7 = element.fma(w0, sum7);
            element = FloatVector.broadcast(S, x[s + 8]);
            sum6 = element.fma(w2, sum6);
            sum7 = element.fma(w1, sum7);
            element = FloatVector.broadcast(S, x[s + 9]);
            sum7 = element.fma(w2, sum7);
        }
        int channels = row.channels();
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
        sum4.intoArray(y, at + 4 * channels);
        sum5.intoArray(y, at + 5 * channels);
        sum6.intoArray(y, at + 6 * channels);
        sum7.intoArray(y, at + 7 * channels);
    }

    private static void fourOfThree(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int e = 0; e < offsets.length; e += 3) {
            int s = base + offsets[e];
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            sum0 = element.fma(w0, sum0);
            element = FloatVector.broadcast(S, x[s + 1]);
            sum0 = element.fma(w1, sum0);
            sum1 = element.fma(w0, sum1);
            element = FloatVector.broadcast(S, x[s + 2]);
            sum0 = element.fma(w2, sum0);
            sum1 = element.fma(w1, sum1);
            sum2 = element.fma(w0, sum2);
            element = FloatVector.broadcast(S, x[s + 3]);
            sum1 = element.fma(w2, sum1);
            sum2 = element.fma(w1, sum2);
            sum3 = element.fma(w0, sum3);
            element = FloatVector.broadcast(S, x[s + 4]);
            sum2 = element.fma(w2, sum2);
            sum3 = element.fma(w1, sum3);
            element = FloatVector.broadcast(S, x[s + 5]);
            sum3 = element.fma(w2, sum3);
        }
        int channels = row.channels();
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
    }

    private static void eightOfFive(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int e = 0; e < offsets.length; e += 5) {
            int s = base + offsets[e];
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector w3 = FloatVector.fromArray(S, w, k + 3 * pitch);
            FloatVector w4 = FloatVector.fromArray(S, w, k + 4 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            sum0 = element.fma(w0, sum0);
            element = FloatVector.broadcast(S, x[s + 1]);
            sum0 = element.fma(w1, sum0);
            sum1 = element.fma(w0, sum1);
            element = FloatVector.broadcast(S, x[s + 2]);
            sum0 = element.fma(w2, sum0);
            sum1 = element.fma(w1, sum1);
            sum2 = element.fma(w0, sum2);
            element = FloatVector.broadcast(S, x[s + 3]);
            sum0 = element.fma(w3, sum0);
            sum1 = element.fma(w2, sum1);
            sum2 = element.fma(w1, sum2);
            sum3 = element.fma(w0, sum3);
            element = FloatVector.broadcast(S, x[s + 4]);
            sum0 = element.fma(w4, sum0);
            sum1 = element.fma(w3, sum1);
            sum2 = element.fma(w2, sum2);
            sum3 = element.fma(w1, sum3);
            sum4 = element.fma(w0, sum4);
            element = FloatVector.broadcast(S, x[s + 5]);
            sum1 = element.fma(w4, sum1);
            sum2 = element.fma(w3, sum2);
            sum3 = element.fma(w2, sum3);
            sum4 = element.fma(w1, sum4);
            sum5 = element.fma(w0, sum5);
            element = FloatVector.broadcast(S, x[s + 6]);
            sum2 = element.fma(w4, sum2);
            sum3 = element.fma(w3, sum3);
            sum4 = element.fma(w2, sum4);
            sum5 = element.fma(w1, sum5);
            sum6 = element.fma(w0, sum6);
            element = FloatVector.broadcast(S, x[s + 7]);
            sum3 = element.fma(w4, sum3);
            sum4 = element.fma(w3, sum4);
            sum5 = element.fma(w2, sum5);
            sum6 = element.fma(w1, sum6);
            sum7 = element.fma(w0, sum7);
            element = FloatVector.broadcast(S, x[s + 8]);
            sum4 = element.fma(w4, sum4);
            sum5 = element.fma(w3, sum5);
            sum6 = element.fma(w2, sum6);
            sum7 = element.fma(w1, sum7);
            element = FloatVector.broadcast(S, x[s + 9]);
            sum5 = element.fma(w4, sum5);
            sum6 = element.fma(w3, sum6);
            sum7 = element.fma(w2, sum7);
            element = FloatVector.broadcast(S, x[s + 10]);
            sum6 = element.fma(w4, sum6);
            sum7 = element.fma(w3, sum7);
            element = FloatVector.broadcast(S, x[s + 11]);
            sum7 = element.fma(w4, sum7);
        }
        int channels = row.channels();
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
        sum4.intoArray(y, at + 4 * channels);
        sum5.intoArray(y, at + 5 * channels);
        sum6.intoArray(y, at + 6 * channels);
        sum7.intoArray(y, at + 7 * channels);
    }

    private static void fourOfFive(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int e = 0; e < offsets.length; e += 5) {
            int s = base + offsets[e];
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector w3 = FloatVector.fromArray(S, w, k + 3 * pitch);
            FloatVector w4 = FloatVector.fromArray(S, w, k + 4 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            sum0 = element.fma(w0, sum0);
            element = FloatVector.broadcast(S, x[s + 1]);
            sum0 = element.fma(w1, sum0);
            sum1 = element.fma(w0, sum1);
            element = FloatVector.broadcast(S, x[s + 2]);
            sum0 = element.fma(w2, sum0);
            sum1 = element.fma(w1, sum1);
            sum2 = element.fma(w0, sum2);
            element = FloatVector.broadcast(S, x[s + 3]);
            sum0 = element.fma(w3, sum0);
            sum1 = element.fma(w2, sum1);
            sum2 = element.fma(w1, sum2);
            sum3 = element.fma(w0, sum3);
            element = FloatVector.broadcast(S, x[s + 4]);
            sum0 = element.fma(w4, sum0);
            sum1 = element.fma(w3, sum1);
            sum2 = element.fma(w2, sum2);
            sum3 = element.fma(w1, sum3);
            element = FloatVector.broadcast(S, x[s + 5]);
            sum1 = element.fma(w4, sum1);
            sum2 = element.fma(w3, sum2);
            sum3 = element.fma(w2, sum3);
            element = FloatVector.broadcast(S, x[s + 6]);
            sum2 = element.fma(w4, sum2);
            sum3 = element.fma(w3, sum3);
            element = FloatVector.broadcast(S, x[s + 7]);
            sum3 = element.fma(w4, sum3);
        }
        int channels = row.channels();
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
    }
}
