package dev.convoy.data.augment;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * Changes a picture at random; its target stays as it is. Implementations are immutable and depend on the picture and
 * the numbers they are given alone, so that the same numbers give the same bits.
 */
@FunctionalInterface
public interface Augmentation {

    /**
     * One picture, changed.
     *
     * @param picture float32 {@code [h, w, c]}
     * @param random numbers of this picture's own
     * @return float32 {@code [h', w', c]}; its shape depends on that of the picture alone
     * @throws IllegalArgumentException if this is no picture, or one that cannot be changed so
     */
    Tensor apply(Tensor picture, SplitMix64 random);

    /**
     * The numbers of a sample in an epoch of a training with this seed. They depend on nothing else, so that the sample
     * looks the same in any batch and after a resume.
     *
     * @param epoch counted from 0
     * @param sample its number in the data set
     */
    static SplitMix64 stream(long seed, int epoch, int sample) {
        return SplitMix64.of(seed).stream("augment").stream(epoch).stream(sample);
    }

    /**
     * The pictures of a batch, each changed by itself.
     *
     * @param pictures float32 {@code [n, h, w, c]}, {@code n} at least 1
     * @param random numbers for each picture, {@code n} streams
     * @return float32 {@code [n, h', w', c]}
     * @throws IllegalArgumentException if these are no pictures, they cannot be changed so, or the numbers of pictures and
     *     streams differ
     */
    default Tensor apply(Tensor pictures, List<SplitMix64> random) {
        Pictures.checkBatch(pictures, random.size());
        Tensor first = apply(Pictures.get(pictures, 0), random.getFirst());
        int length = first.size();
        float[] all = new float[Math.multiplyExact(length, random.size())];
        System.arraycopy(first.floats(), 0, all, 0, length);
        for (int i = 1; i < random.size(); i++) {
            Tensor changed = apply(Pictures.get(pictures, i), random.get(i));
            if (!changed.spec().equals(first.spec())) {
                throw new IllegalArgumentException("Augmentation: all pictures of a batch come out alike; expected "
                        + first.spec() + ", got " + changed.spec());
            }
            System.arraycopy(changed.floats(), 0, all, i * length, length);
        }
        return Tensor.wrap(first.spec().withShape(first.shape().prepend(Dim.of(random.size()))), all);
    }
}
