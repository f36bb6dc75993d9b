package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import java.util.List;

/**
 * Images {@code [n, h, w, c]} of another size (Keras 3 {@code Resizing}, as on TensorFlow; see
 * {@link dev.convoy.graph.composite.Resize}).
 *
 * @param height of the output
 * @param width of the output
 * @param interpolation BILINEAR by default
 * @param antialias whether kernels are stretched when the image shrinks; false by default
 * @param aspectRatio what is done when the input has another aspect ratio; {@link AspectRatio#STRETCH} by default
 * @param fillValue what {@link AspectRatio#PAD} puts around the input; 0 by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record Resizing(
        int height,
        int width,
        Interpolation interpolation,
        boolean antialias,
        AspectRatio aspectRatio,
        double fillValue,
        Layout dataFormat)
        implements Layer {

    /** What becomes of the aspect ratio. */
    public enum AspectRatio {
        /** The image is stretched. */
        STRETCH,
        /** The largest part in the middle with the output's ratio is taken: Keras' {@code crop_to_aspect_ratio}. */
        CROP,
        /**
         * The image is put in the middle of one with the output's ratio: Keras' {@code pad_to_aspect_ratio}. As there, both
         * sides get the same number of elements, so that the ratio is met but for one element.
         */
        PAD
    }

    /**
     * @throws dev.convoy.graph.GraphException if a size is not positive
     */
    public Resizing {
        Check.of("Resizing")
                .that(height >= 1 && width >= 1, "L2", "sizes are at least 1", ">= 1", height + " and " + width);
    }

    public static Resizing of(int height, int width) {
        return new Resizing(height, width, Interpolation.BILINEAR, false, AspectRatio.STRETCH, 0, Layout.CHANNELS_LAST);
    }

    public Resizing interpolation(Interpolation value) {
        return new Resizing(height, width, value, antialias, aspectRatio, fillValue, dataFormat);
    }

    public Resizing antialias(boolean value) {
        return new Resizing(height, width, interpolation, value, aspectRatio, fillValue, dataFormat);
    }

    public Resizing aspectRatio(AspectRatio value) {
        return new Resizing(height, width, interpolation, antialias, value, fillValue, dataFormat);
    }

    public Resizing fillValue(double value) {
        return new Resizing(height, width, interpolation, antialias, aspectRatio, value, dataFormat);
    }

    public Resizing dataFormat(Layout value) {
        return new Resizing(height, width, interpolation, antialias, aspectRatio, fillValue, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("Resizing", inputs);
        Images images = Images.of("Resizing", height, width, dataFormat, x);
        Value framed = switch (aspectRatio) {
            case STRETCH -> x;
            case CROP -> images.cropToAspectRatio(g, x);
            case PAD -> images.padToAspectRatio(g, x, fillValue);
        };
        return List.of(images.resize(g, framed, interpolation, antialias));
    }
}
