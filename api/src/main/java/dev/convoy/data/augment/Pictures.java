package dev.convoy.data.augment;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;

/** Float32 pictures {@code [h, w, c]} and batches of them. */
final class Pictures {

    private Pictures() {}

    /** Sizes of a picture. */
    record Size(int height, int width, int channels) {}

    static Size size(String what, Tensor picture) {
        if (picture.type() != DataType.FLOAT32 || picture.shape().rank() != 3 || picture.size() == 0) {
            throw new IllegalArgumentException(what + ": a picture is float32 [h, w, c]; got " + picture.spec()
                    + ". Remedy: decode the pictures to float32 with an axis of channels at the end");
        }
        int[] sizes = picture.shape().sizes();
        return new Size(sizes[0], sizes[1], sizes[2]);
    }

    static void checkBatch(Tensor pictures, int streams) {
        if (pictures.type() != DataType.FLOAT32 || pictures.shape().rank() != 4 || pictures.size() == 0) {
            throw new IllegalArgumentException("Augmentation: pictures are float32 [n, h, w, c]; got " + pictures.spec()
                    + ". Remedy: decode the pictures to float32 with an axis of channels at the end");
        }
        if (pictures.shape().size(0) != streams) {
            throw new IllegalArgumentException("Augmentation: each picture has numbers of its own; there are "
                    + pictures.shape().size(0) + " pictures and " + streams + " streams");
        }
    }

    static Tensor get(Tensor pictures, int index) {
        TensorSpec one = pictures.spec().withShape(pictures.shape().slice(1, 4));
        int length = Math.toIntExact(one.shape().elements());
        return Tensor.wrap(one, Arrays.copyOfRange(pictures.floats(), index * length, (index + 1) * length));
    }

    /** A picture over an array that nobody writes to afterwards. */
    static Tensor of(float[] pixels, int height, int width, int channels) {
        return Tensor.wrap(TensorSpec.of(DataType.FLOAT32, height, width, channels), pixels);
    }
}
