package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Maxima and where they are, in vectors of channels. */
final class VectorTapLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
    private static final VectorSpecies<Long> J = VectorSpecies.of(long.class, S.vectorShape());
    private static final int L = S.length();

    private VectorTapLoops() {}

    static void max(float[] x, ChannelLoops.Run run, int[] pixels, float[] y, long[] indices) {
        if (run.channels() < L) {
            int fast = 2 * run.channels() <= L ? maxPairs(x, run, pixels, y, indices) : 0;
            maxMasked(x, run, fast, pixels, y, indices);
            return;
        }
        for (int start = 0; start < run.channels(); start += L) {
            maxBlock(x, run, VectorBlockLoops.block(start, run.channels()), pixels, y, indices);
        }
    }

    private static void maxBlock(float[] x, ChannelLoops.Run run, int c, int[] pixels, float[] y, long[] indices) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int channels = run.channels();
        int windows = run.windows();
        int base = run.base() + c;
        int moved = run.step() / channels;
        for (int i = 0; i < windows; i++) {
            int source = base + i * run.step();
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0]);
            IntVector place = IntVector.broadcast(I, pixels[0] + i * moved);
            for (int t = 1; t < taps; t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t]);
                VectorMask<Float> larger = next.compare(VectorOperators.GT, best);
                best = best.blend(next, larger);
                place = place.blend(pixels[t] + i * moved, larger.cast(I));
            }
            int at = run.at() + c + i * channels;
            best.intoArray(y, at);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 0)).intoArray(indices, at);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 1)).intoArray(indices, at + L / 2);
        }
    }

    /**
     * Two neighbouring windows side by side in a vector, as far as whole vectors may be read.
     *
     * @return how many windows are done
     */
    private static int maxPairs(float[] x, ChannelLoops.Run run, int[] pixels, float[] y, long[] indices) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int channels = run.channels();
        int apart = run.step() - channels;
        int moved = run.step() / channels;
        int furthest = run.base() + apart + L;
        for (int t = 0; t < taps; t++) {
            furthest = Math.max(furthest, run.base() + offsets[t] + apart + L);
        }
        if (x.length < furthest) {
            return 0;
        }
        int windows = Math.min((x.length - furthest) / run.step() + 2, run.windows()) & -2;
        VectorMask<Float> right = S.indexInRange(0, channels).not();
        VectorMask<Float> mask = S.indexInRange(0, 2 * channels);
        VectorMask<Long> low = J.indexInRange(0, 2 * channels);
        VectorMask<Long> high = J.indexInRange(L / 2, 2 * channels);
        IntVector further = IntVector.zero(I).blend(moved, right.cast(I));
        for (int i = 0; i < windows; i += 2) {
            int source = run.base() + i * run.step() + offsets[0];
            FloatVector best =
                    FloatVector.fromArray(S, x, source).blend(FloatVector.fromArray(S, x, source + apart), right);
            IntVector place = IntVector.broadcast(I, pixels[0]);
            for (int t = 1; t < taps; t++) {
                source = run.base() + i * run.step() + offsets[t];
                FloatVector next =
                        FloatVector.fromArray(S, x, source).blend(FloatVector.fromArray(S, x, source + apart), right);
                VectorMask<Float> larger = next.compare(VectorOperators.GT, best);
                best = best.blend(next, larger);
                place = place.blend(pixels[t], larger.cast(I));
            }
            place = place.add(further).add(i * moved);
            int at = run.at() + i * channels;
            best.intoArray(y, at, mask);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 0)).intoArray(indices, at, low);
            if (2 * channels > L / 2) {
                ((LongVector) place.convertShape(VectorOperators.I2L, J, 1)).intoArray(indices, at + L / 2, high);
            }
        }
        return windows;
    }

    private static void maxMasked(float[] x, ChannelLoops.Run run, int first, int[] pixels, float[] y, long[] indices) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int channels = run.channels();
        int windows = run.windows();
        int moved = run.step() / channels;
        VectorMask<Float> mask = S.indexInRange(0, channels);
        VectorMask<Long> low = J.indexInRange(0, channels);
        VectorMask<Long> high = J.indexInRange(L / 2, channels);
        for (int i = first; i < windows; i++) {
            int source = run.base() + i * run.step();
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0], mask);
            IntVector place = IntVector.broadcast(I, pixels[0] + i * moved);
            for (int t = 1; t < taps; t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t], mask);
                VectorMask<Float> larger = next.compare(VectorOperators.GT, best);
                best = best.blend(next, larger);
                place = place.blend(pixels[t] + i * moved, larger.cast(I));
            }
            int at = run.at() + i * channels;
            best.intoArray(y, at, mask);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 0)).intoArray(indices, at, low);
            if (channels > L / 2) {
                ((LongVector) place.convertShape(VectorOperators.I2L, J, 1)).intoArray(indices, at + L / 2, high);
            }
        }
    }
}
