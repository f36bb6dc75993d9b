package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Between channels by themselves and the channels of a pixel side by side: at most eight, 16 pixels at a time, in vectors of
 * 512 bits. Lanes that are read beyond the channels or pixels are not written, or written over.
 */
final class VectorRearranging {

    /** Most channels. */
    static final int MOST = 8;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final int L = 16;
    private static final int[] FRONT_BY_1 = zipped(1, 0);
    private static final int[] BACK_BY_1 = zipped(1, L / 2);
    private static final int[] FRONT_BY_2 = zipped(2, 0);
    private static final int[] BACK_BY_2 = zipped(2, L / 2);
    private static final int[] TWO_PIXELS = twoPixels();
    private static final int[] EVEN = nth(1, 0);
    private static final int[] ODD = nth(1, 1);
    private static final int[] EVEN_PAIRS = nth(2, 0);
    private static final int[] ODD_PAIRS = nth(2, 2);
    private static final int[] FOUR_PIXELS = fourPixels();

    private VectorRearranging() {}

    /** Lanes that take n elements of a vector and n of another in turns, from an element of both on. */
    private static int[] zipped(int n, int from) {
        int[] lanes = new int[L];
        for (int i = 0; i < L; i++) {
            int of = i / n;
            lanes[i] = from + of / 2 * n + i % n + of % 2 * L;
        }
        return lanes;
    }

    /** Lanes that take n elements out of each 2n of two vectors. */
    private static int[] nth(int n, int from) {
        int[] lanes = new int[L];
        for (int i = 0; i < L; i++) {
            lanes[i] = from + i / n * 2 * n + i % n;
        }
        return lanes;
    }

    /**
     * For each number of channels: lanes that take the first or the second four channels of four pixels out of two vectors
     * that begin with two pixels each.
     */
    private static int[] fourPixels() {
        int[] lanes = new int[(MOST + 1) * 2 * L];
        for (int channels = 1; channels <= MOST; channels++) {
            for (int i = 0; i < 2 * L; i++) {
                int pixel = i % L / 4;
                int channel = Math.min(channels - 1, i / L * 4 + i % 4);
                lanes[channels * 2 * L + i] = pixel / 2 * L + pixel % 2 * channels + channel;
            }
        }
        return lanes;
    }

    /**
     * For each number of channels: lanes that take two pixels of so many channels, the first and the second two, out of a
     * vector with four channels of four pixels and another with the next four.
     */
    private static int[] twoPixels() {
        int[] lanes = new int[(MOST + 1) * 2 * L];
        for (int channels = 1; channels <= MOST; channels++) {
            for (int i = 0; i < 2 * L; i++) {
                int pixel = i / L * 2 + Math.min(1, i % L / channels);
                int channel = i % L % channels;
                lanes[channels * 2 * L + i] = pixel * 4 + channel % 4 + channel / 4 * L;
            }
        }
        return lanes;
    }

    /**
     * Writes element i of channel c, of 16 elements each, from {@code x[from + 16 * c + i]} to
     * {@code y[to + i * channels + c]}; the 16 elements behind may be overwritten.
     */
    static void interleave(float[] x, int from, int channels, float[] y, int to) {
        IntVector front = IntVector.fromArray(I, FRONT_BY_1, 0);
        IntVector back = IntVector.fromArray(I, BACK_BY_1, 0);
        IntVector a = ints(x, from);
        IntVector b = ints(x, from + L);
        IntVector c = ints(x, from + 2 * L);
        IntVector d = ints(x, from + 3 * L);
        IntVector e = ints(x, from + 4 * L);
        IntVector f = ints(x, from + 5 * L);
        IntVector g = ints(x, from + 6 * L);
        IntVector h = ints(x, from + 7 * L);
        IntVector ab0 = front.selectFrom(a, b);
        IntVector ab1 = back.selectFrom(a, b);
        IntVector cd0 = front.selectFrom(c, d);
        IntVector cd1 = back.selectFrom(c, d);
        IntVector ef0 = front.selectFrom(e, f);
        IntVector ef1 = back.selectFrom(e, f);
        IntVector gh0 = front.selectFrom(g, h);
        IntVector gh1 = back.selectFrom(g, h);
        front = IntVector.fromArray(I, FRONT_BY_2, 0);
        back = IntVector.fromArray(I, BACK_BY_2, 0);
        IntVector abcd0 = front.selectFrom(ab0, cd0);
        IntVector abcd1 = back.selectFrom(ab0, cd0);
        IntVector abcd2 = front.selectFrom(ab1, cd1);
        IntVector abcd3 = back.selectFrom(ab1, cd1);
        IntVector efgh0 = front.selectFrom(ef0, gh0);
        IntVector efgh1 = back.selectFrom(ef0, gh0);
        IntVector efgh2 = front.selectFrom(ef1, gh1);
        IntVector efgh3 = back.selectFrom(ef1, gh1);
        IntVector first = IntVector.fromArray(I, TWO_PIXELS, channels * 2 * L);
        IntVector second = IntVector.fromArray(I, TWO_PIXELS, channels * 2 * L + L);
        int two = 2 * channels;
        first.selectFrom(abcd0, efgh0).reinterpretAsFloats().intoArray(y, to);
        second.selectFrom(abcd0, efgh0).reinterpretAsFloats().intoArray(y, to + two);
        first.selectFrom(abcd1, efgh1).reinterpretAsFloats().intoArray(y, to + 2 * two);
        second.selectFrom(abcd1, efgh1).reinterpretAsFloats().intoArray(y, to + 3 * two);
        first.selectFrom(abcd2, efgh2).reinterpretAsFloats().intoArray(y, to + 4 * two);
        second.selectFrom(abcd2, efgh2).reinterpretAsFloats().intoArray(y, to + 5 * two);
        first.selectFrom(abcd3, efgh3).reinterpretAsFloats().intoArray(y, to + 6 * two);
        second.selectFrom(abcd3, efgh3).reinterpretAsFloats().intoArray(y, to + 7 * two);
    }

    /**
     * {@link PlaneLoops#separate} of 2 to {@value #MOST} channels, but for rows so near to the end of x that what lies behind
     * it would be read.
     *
     * @return how many rows were done
     */
    static int separate(
            float[] x, int from, int step, PlaneLoops.Separation separation, float[] y, int to, int stride, int rows) {
        int channels = separation.starts().length;
        int read = Math.ceilDiv(separation.longest(), L) * L * channels + L;
        int row = 0;
        for (; row < rows && from + row * step + read <= x.length; row++) {
            for (int j = 0; j < separation.longest(); j += L) {
                int at = from + row * step + j * channels;
                if (channels == 2) {
                    two(x, at, separation, j, y, to + row * stride + j);
                    continue;
                }
                for (int c = 0; c < channels; c += 4) {
                    four(x, at, separation, c, j, y, to + row * stride + j);
                }
            }
        }
        return row;
    }

    private static void two(float[] x, int at, PlaneLoops.Separation separation, int j, float[] y, int to) {
        IntVector a = ints(x, at);
        IntVector b = ints(x, at + L);
        store(IntVector.fromArray(I, EVEN, 0).selectFrom(a, b), separation, 0, j, y, to);
        store(IntVector.fromArray(I, ODD, 0).selectFrom(a, b), separation, 1, j, y, to);
    }

    /** The channels from c on, at most four. */
    private static void four(float[] x, int at, PlaneLoops.Separation separation, int c, int j, float[] y, int to) {
        int channels = separation.starts().length;
        int two = 2 * channels;
        IntVector pixels = IntVector.fromArray(I, FOUR_PIXELS, channels * 2 * L + c / 4 * L);
        IntVector abcd0 = pixels.selectFrom(ints(x, at), ints(x, at + two));
        IntVector abcd1 = pixels.selectFrom(ints(x, at + 2 * two), ints(x, at + 3 * two));
        IntVector abcd2 = pixels.selectFrom(ints(x, at + 4 * two), ints(x, at + 5 * two));
        IntVector abcd3 = pixels.selectFrom(ints(x, at + 6 * two), ints(x, at + 7 * two));
        IntVector even = IntVector.fromArray(I, EVEN_PAIRS, 0);
        IntVector odd = IntVector.fromArray(I, ODD_PAIRS, 0);
        IntVector ab0 = even.selectFrom(abcd0, abcd1);
        IntVector ab1 = even.selectFrom(abcd2, abcd3);
        IntVector cd0 = odd.selectFrom(abcd0, abcd1);
        IntVector cd1 = odd.selectFrom(abcd2, abcd3);
        even = IntVector.fromArray(I, EVEN, 0);
        odd = IntVector.fromArray(I, ODD, 0);
        store(even.selectFrom(ab0, ab1), separation, c, j, y, to);
        if (c + 1 < channels) {
            store(odd.selectFrom(ab0, ab1), separation, c + 1, j, y, to);
        }
        if (c + 2 < channels) {
            store(even.selectFrom(cd0, cd1), separation, c + 2, j, y, to);
        }
        if (c + 3 < channels) {
            store(odd.selectFrom(cd0, cd1), separation, c + 3, j, y, to);
        }
    }

    /** Stores those elements of a channel from the j-th on that it has. */
    private static void store(IntVector elements, PlaneLoops.Separation separation, int c, int j, float[] y, int to) {
        VectorMask<Float> mask = S.indexInRange(j, separation.counts()[c]);
        elements.reinterpretAsFloats().intoArray(y, to + separation.starts()[c], mask);
    }

    private static IntVector ints(float[] x, int at) {
        return FloatVector.fromArray(S, x, at).reinterpretAsInts();
    }
}
