package dev.convoy.examples.networks;

import dev.convoy.examples.ResidualBlock;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Weight;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import java.util.List;

/**
 * Residual networks (He et al. 2015). ResNet-50 takes the stride in the 3×3 convolution of a block, as PyTorch's does and the
 * authors' later ones.
 */
public final class ResNet {

    private static final int[] BLOCKS_50 = {3, 4, 6, 3};
    private static final int BLOCKS_18 = 2;
    private static final int EXPANSION = 4;

    private ResNet() {}

    /** ResNet-50 for {@code [n, 224, 224, 3]}: probabilities of 1,000 classes. */
    public static Model resNet50() {
        Symbol input = Symbol.input(224, 224, 3);
        Symbol x = conv(input, 64, 7, 2).to(ReLU.of());
        x = x.to(MaxPooling2D.of(3).strides(2).padding(Padding.of(1)));
        for (int stage = 0; stage < BLOCKS_50.length; stage++) {
            for (int block = 0; block < BLOCKS_50[stage]; block++) {
                x = bottleneck(x, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
            }
        }
        Symbol output = x.to(GlobalAveragePooling2D.of()).to(Dense.of(1000).activation(Activations.SOFTMAX));
        return Functional.of("resnet50", List.of(input), List.of(output));
    }

    /**
     * ResNet-18 for the 32×32 pictures of CIFAR-10: a 3×3 convolution and no pooling before the blocks. Logits of 10 classes.
     */
    public static Model resNet18ForCifar10() {
        Symbol input = Symbol.input(32, 32, 3);
        Symbol x = conv(input, 64, 3, 1).to(ReLU.of());
        for (int stage = 0; stage < 4; stage++) {
            for (int block = 0; block < BLOCKS_18; block++) {
                x = ResidualBlock.block(x, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
            }
        }
        return Functional.of(
                "resnet18_cifar10",
                List.of(input),
                List.of(x.to(GlobalAveragePooling2D.of()).to(Dense.of(10))));
    }

    private static Symbol bottleneck(Symbol x, int filters, int stride) {
        Symbol y = conv(x, filters, 1, 1).to(ReLU.of());
        y = conv(y, filters, 3, stride).to(ReLU.of());
        y = conv(y, EXPANSION * filters, 1, 1, Weights.BRANCH_END);
        boolean sameShape = x.spec().shape().size(-1) == EXPANSION * filters;
        Symbol shortcut = sameShape ? x : conv(x, EXPANSION * filters, 1, stride);
        return y.to(Add.of(), shortcut).to(ReLU.of());
    }

    private static Symbol conv(Symbol x, int filters, int size, int stride) {
        return conv(x, filters, size, stride, Weights.CONVOLUTION);
    }

    private static Symbol conv(Symbol x, int filters, int size, int stride, Weight kernel) {
        return x.to(Conv2D.of(filters, size)
                        .strides(stride)
                        .padding(Padding.of(size / 2))
                        .kernel(kernel)
                        .useBias(false))
                .to(BatchNormalization.of());
    }
}
