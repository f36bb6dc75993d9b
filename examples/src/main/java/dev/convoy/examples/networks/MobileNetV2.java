package dev.convoy.examples.networks;

import dev.convoy.layers.Activations;
import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import java.util.List;

/** MobileNetV2 (Sandler et al. 2018): blocks that widen, convolve each channel, and narrow again. */
public final class MobileNetV2 {

    /**
     * Equal blocks in a row (table 2 of the paper).
     *
     * @param expansion how much wider a block is inside
     * @param filters what it gives
     * @param blocks how many there are
     * @param stride of the first
     */
    private record Row(int expansion, int filters, int blocks, int stride) {}

    private static final List<Row> ROWS = List.of(
            new Row(1, 16, 1, 1),
            new Row(6, 24, 2, 2),
            new Row(6, 32, 3, 2),
            new Row(6, 64, 4, 2),
            new Row(6, 96, 3, 1),
            new Row(6, 160, 3, 2),
            new Row(6, 320, 1, 1));

    private MobileNetV2() {}

    /** For {@code [n, 224, 224, 3]}: probabilities of 1,000 classes. */
    public static Model model() {
        Symbol input = Symbol.input(224, 224, 3);
        Symbol x = relu6(input.to(Conv2D.of(32, 3)
                .strides(2)
                .padding(Padding.of(1))
                .kernel(Weights.CONVOLUTION)
                .useBias(false)));
        for (Row row : ROWS) {
            for (int block = 0; block < row.blocks; block++) {
                x = block(x, row, block == 0 ? row.stride : 1);
            }
        }
        x = relu6(x.to(Conv2D.of(1280, 1).kernel(Weights.CONVOLUTION).useBias(false)));
        Symbol output = x.to(GlobalAveragePooling2D.of()).to(Dense.of(1000).activation(Activations.SOFTMAX));
        return Functional.of("mobilenetv2", List.of(input), List.of(output));
    }

    private static Symbol block(Symbol x, Row row, int stride) {
        int channels = x.spec().shape().size(-1);
        Symbol y = x;
        if (row.expansion > 1) {
            y = relu6(y.to(Conv2D.of(channels * row.expansion, 1)
                    .kernel(Weights.CONVOLUTION)
                    .useBias(false)));
        }
        y = relu6(y.to(DepthwiseConv2D.of(3)
                .strides(stride)
                .padding(Padding.of(1))
                .kernel(Weights.DEPTHWISE_3X3)
                .useBias(false)));
        y = y.to(Conv2D.of(row.filters, 1).kernel(Weights.CONVOLUTION).useBias(false))
                .to(BatchNormalization.of());
        return stride == 1 && channels == row.filters ? y.to(Add.of(), x) : y;
    }

    private static Symbol relu6(Symbol x) {
        return x.to(BatchNormalization.of()).to(ReLU.of().maxValue(6));
    }
}
