package dev.convoy.examples;

import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;

/**
 * The residual block (He et al. 2015): two convolutions learn what is added to the input. Where size or channels change,
 * a 1×1 convolution brings the input to the same shape.
 */
public final class ResidualBlock {

    private ResidualBlock() {}

    /** The block of ResNet-18 that goes from 56×56 with 64 channels to 28×28 with 128. */
    public static Model model() {
        Symbol x = Symbol.input(56, 56, 64);
        return Functional.of(x, block(x, 128, 2));
    }

    /** A block on anything; with stride 1 and as many filters as {@code x} has channels the input is added as it is. */
    public static Symbol block(Symbol x, int filters, int stride) {
        Symbol y = conv(x, filters, 3, stride).to(ReLU.of());
        y = conv(y, filters, 3, 1);
        boolean sameShape = stride == 1 && x.spec().shape().size(-1) == filters;
        Symbol shortcut = sameShape ? x : conv(x, filters, 1, stride);
        return y.to(Add.of(), shortcut).to(ReLU.of());
    }

    private static Symbol conv(Symbol x, int filters, int size, int stride) {
        Symbol y = x.to(Conv2D.of(filters, size).strides(stride).padding(SAME).useBias(false));
        return y.to(BatchNormalization.of());
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
