package dev.convoy.walkthrough;

import dev.convoy.data.Image;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * Applies one kernel to each channel of a picture, by an ordinary {@link Conv2D} with one group for each channel. The
 * result has the size of the picture: pixels at the edge are repeated beyond it, so that no dark frame
 * is seen as an edge.
 *
 * <pre>{@code
 * ImageFilter filter = ImageFilter.of(ImageKernel.SOBEL_TOP.weights(), photo.channels());
 * try (Predictor predictor = filter.model().predictor()) {
 *     ImageFilter.clipped(filter.apply(predictor, photo)).writePng(Path.of("edges.png"));
 * }
 * }</pre>
 */
public final class ImageFilter {

    private final Model model;

    private ImageFilter(Model model) {
        this.model = model;
    }

    /**
     * A filter for pictures of 1 or 3 channels.
     *
     * @param kernel {@code [kh, kw, 1]}
     * @throws IllegalArgumentException if the kernel has more channels
     */
    public static ImageFilter of(Tensor kernel, int channels) {
        int[] sizes = kernel.shape().sizes();
        if (sizes.length != 3 || sizes[2] != 1) {
            throw new IllegalArgumentException("A kernel for pictures is [kh, kw, 1], got " + kernel.spec()
                    + ". Remedy: give one plane, it is applied to each channel");
        }
        float[] weights = new float[kernel.size() * channels];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) kernel.get(i / channels);
        }
        Conv2D conv = Conv2D.of(channels, sizes[0], sizes[1])
                .groups(channels)
                .padding(Padding.SAME)
                .paddingMode(PadMode.EDGE)
                .useBias(false);
        Model model = Sequential.of("filter", anySize(channels), List.of(conv.named("kernel")));
        return new ImageFilter(model.withParameters(
                Parameters.of(Map.of("kernel/kernel", Tensor.of(weights, sizes[0], sizes[1], 1, channels)))));
    }

    private static Input anySize(int channels) {
        List<Dim> dims = List.of(Dim.named(Input.BATCH), Dim.named("height"), Dim.named("width"), Dim.of(channels));
        return new Input(null, new TensorSpec(DataType.FLOAT32, Shape.ofDims(dims)));
    }

    /** The model of one layer, for pictures of any size. */
    public Model model() {
        return model;
    }

    /**
     * Filters a picture.
     *
     * @param predictor of {@link #model()}
     * @return float32 {@code [h, w, c]}, for pixels from 0 to 255
     */
    public Tensor apply(Predictor predictor, Image image) {
        Tensor pixels = image.toTensor();
        int[] sizes = pixels.shape().sizes();
        Tensor result = predictor.predict(pixels.reshape(1, sizes[0], sizes[1], sizes[2]));
        return result.reshape(sizes[0], sizes[1], sizes[2]);
    }

    /** The picture with what is below 0 black and what is above 255 white. */
    public static Image clipped(Tensor filtered) {
        return picture(filtered, 0, 255);
    }

    /** The picture from black for its smallest value to white for its largest, so that negative values are seen. */
    public static Image rescaled(Tensor filtered) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : filtered.floats()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return picture(filtered, low, high);
    }

    private static Image picture(Tensor filtered, float black, float white) {
        int[] sizes = filtered.shape().sizes();
        float range = white > black ? white - black : 1;
        byte[] pixels = new byte[filtered.size()];
        for (int i = 0; i < pixels.length; i++) {
            float scaled = 255 * (filtered.floats()[i] - black) / range;
            pixels[i] = (byte) Math.clamp(Math.round(scaled), 0, 255);
        }
        return Image.of(sizes[1], sizes[0], sizes[2], pixels);
    }
}
