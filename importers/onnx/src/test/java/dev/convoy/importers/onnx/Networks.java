package dev.convoy.importers.onnx;

import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Activations;
import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Softmax;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;

/** The topologies of known networks at full depth, with few channels and small images. */
enum Networks {
    /** He et al., 2015: 3-4-6-3 bottleneck blocks, projections where the size changes. */
    RESNET_50 {
        @Override
        Model model() {
            Symbol input = Symbol.input(32, 32, 3);
            Symbol x = input.to(Conv2D.of(4, 7).strides(2).padding(SAME)).to(BatchNormalization.of());
            x = x.to(ReLU.of()).to(MaxPooling2D.of(3).strides(2).padding(SAME));
            int[] blocks = {3, 4, 6, 3};
            for (int stage = 0; stage < blocks.length; stage++) {
                for (int block = 0; block < blocks[stage]; block++) {
                    x = bottleneck(x, 2 << stage, block == 0 && stage > 0 ? 2 : 1, block == 0);
                }
            }
            return Functional.of(input, classified(x.to(GlobalAveragePooling2D.of())));
        }

        private Symbol bottleneck(Symbol x, int width, int stride, boolean project) {
            Symbol shortcut = project ? normed(x, 4 * width, 1, stride) : x;
            Symbol y = normed(x, width, 1, stride).to(ReLU.of());
            y = normed(y, width, 3, 1).to(ReLU.of());
            return normed(y, 4 * width, 1, 1).to(Add.of(), shortcut).to(ReLU.of());
        }
    },
    /** Sandler et al., 2018: inverted residuals with depthwise convolutions and ReLU6. */
    MOBILENET_V2 {
        @Override
        Model model() {
            Symbol input = Symbol.input(32, 32, 3);
            Symbol x = normed(input, 4, 3, 2).to(ReLU.of().maxValue(6));
            int[][] stages = {{1, 2, 1, 1}, {6, 3, 2, 2}, {6, 4, 3, 2}, {6, 6, 4, 2}, {6, 8, 3, 1}, {6, 10, 3, 2}};
            for (int[] stage : stages) {
                for (int block = 0; block < stage[2]; block++) {
                    x = inverted(x, stage[0], stage[1], block == 0 ? stage[3] : 1);
                }
            }
            x = normed(x, 16, 1, 1).to(ReLU.of().maxValue(6));
            return Functional.of(input, classified(x.to(GlobalAveragePooling2D.of())));
        }

        private Symbol inverted(Symbol x, int expansion, int filters, int stride) {
            int channels = x.spec().shape().size(-1);
            Symbol y = expansion == 1
                    ? x
                    : normed(x, channels * expansion, 1, 1).to(ReLU.of().maxValue(6));
            y = y.to(DepthwiseConv2D.of(3).strides(stride).padding(SAME).useBias(false));
            y = y.to(BatchNormalization.of()).to(ReLU.of().maxValue(6));
            y = normed(y, filters, 1, 1);
            return stride == 1 && channels == filters ? y.to(Add.of(), x) : y;
        }
    },
    /** Iandola et al., 2016, version 1.1: fire modules joined by Concatenate, a convolution as classifier. */
    SQUEEZENET {
        @Override
        Model model() {
            Symbol input = Symbol.input(33, 33, 3);
            Symbol x = relu(input, 6, 3).to(MaxPooling2D.of(3).strides(2));
            for (int module = 0; module < 8; module++) {
                Symbol squeezed = relu(x, 2 + module / 2, 1);
                x = relu(squeezed, 4, 1).to(Concatenate.of(), relu(squeezed, 4, 3));
                x = module == 1 || module == 3 ? x.to(MaxPooling2D.of(3).strides(2)) : x;
            }
            return Functional.of(
                    input, relu(x, 5, 1).to(GlobalAveragePooling2D.of()).to(Softmax.of()));
        }

        private Symbol relu(Symbol x, int filters, int size) {
            return x.to(Conv2D.of(filters, size).padding(SAME).activation(Activations.RELU));
        }
    };

    abstract Model model();

    private static Symbol normed(Symbol x, int filters, int size, int stride) {
        return x.to(Conv2D.of(filters, size).strides(stride).padding(SAME).useBias(false))
                .to(BatchNormalization.of());
    }

    private static Symbol classified(Symbol features) {
        return features.to(Dense.of(5).activation(Activations.SOFTMAX));
    }
}
