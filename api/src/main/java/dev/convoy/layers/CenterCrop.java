package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The middle of images {@code [n, h, w, c]} (Keras 3 {@code CenterCrop}). An image that is smaller than the output along
 * either axis gives the largest part in its middle with the output's aspect ratio, resized bilinearly.
 *
 * @param height of the output
 * @param width of the output
 * @param dataFormat CHANNELS_LAST by default
 */
public record CenterCrop(int height, int width, Layout dataFormat) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if a size is not positive
     */
    public CenterCrop {
        Check.of("CenterCrop")
                .that(height >= 1 && width >= 1, "L2", "sizes are at least 1", ">= 1", height + " and " + width);
    }

    public static CenterCrop of(int height, int width) {
        return new CenterCrop(height, width, Layout.CHANNELS_LAST);
    }

    public CenterCrop dataFormat(Layout value) {
        return new CenterCrop(height, width, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("CenterCrop", inputs);
        Images images = Images.of("CenterCrop", height, width, dataFormat, x);
        return List.of(images.contains(x) ? images.crop(g, x, height, width) : images.smartResize(g, x));
    }
}
