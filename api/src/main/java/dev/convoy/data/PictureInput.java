package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * An input of a network as pictures see it: channels last, {@code [n, h, w, c]}, as Keras' models take them, or channels
 * first, {@code [n, c, h, w]}, as PyTorch's do. The channels are the axis of size 1 or 3; the last one if both are.
 *
 * @param spec as the network declares it
 */
public record PictureInput(TensorSpec spec) {

    /** Whether this is {@code [n, c, h, w]}. */
    public boolean channelsFirst() {
        Shape shape = spec.shape();
        return shape.rank() == 4 && isChannels(shape.dim(1)) && !isChannels(shape.dim(3));
    }

    private static boolean isChannels(Dim dim) {
        return dim.equals(Dim.of(1)) || dim.equals(Dim.of(3));
    }

    /**
     * The pictures that the network takes before {@link #arrange}: float32 {@code [n, h, w, c]}, with c 1 or 3; height and
     * width may be open.
     *
     * @throws IllegalArgumentException if the network takes no pictures
     */
    public TensorSpec pictures() {
        Shape shape = spec.shape();
        boolean last = shape.rank() == 4 && isChannels(shape.dim(3));
        boolean real = spec.type() == DataType.FLOAT32 || spec.type() == DataType.FLOAT16;
        if (!real || !last && !channelsFirst()) {
            throw new IllegalArgumentException("The network takes " + spec
                    + ", images are float32[n, h, w, c] or float32[n, c, h, w] with c 1 or 3, or the same in float16");
        }
        return new TensorSpec(DataType.FLOAT32, last ? shape : shape.permute(List.of(0, 2, 3, 1)));
    }

    /** Whether {@link #arrange} changes anything. */
    public boolean arranges() {
        return channelsFirst() || spec.type() == DataType.FLOAT16;
    }

    /**
     * Pictures in the order of axes and the type that the network takes.
     *
     * @param pictures float32 {@code [n, h, w, c]}, as {@link Preprocessing#apply} makes them
     */
    public Tensor arrange(Tensor pictures) {
        Tensor ordered = channelsFirst() ? channelsFirst(pictures) : pictures;
        return spec.type() == DataType.FLOAT16 ? halves(ordered) : ordered;
    }

    private static Tensor channelsFirst(Tensor pictures) {
        int[] sizes = pictures.shape().sizes();
        int pixels = sizes[1] * sizes[2];
        int channels = sizes[3];
        float[] source = pictures.floats();
        float[] target = new float[source.length];
        for (int i = 0; i < source.length; i++) {
            int picture = i / (pixels * channels);
            int pixel = i / channels % pixels;
            target[(picture * channels + i % channels) * pixels + pixel] = source[i];
        }
        return Tensor.wrap(TensorSpec.float32(sizes[0], channels, sizes[1], sizes[2]), target);
    }

    private static Tensor halves(Tensor tensor) {
        float[] source = tensor.floats();
        short[] target = new short[source.length];
        for (int i = 0; i < source.length; i++) {
            target[i] = Float.floatToFloat16(source[i]);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT16, tensor.shape()), target);
    }
}
