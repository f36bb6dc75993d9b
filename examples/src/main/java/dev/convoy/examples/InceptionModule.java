package dev.convoy.examples;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;

/**
 * The inception module (Szegedy et al. 2014, figure 2b): windows of several sizes side by side, joined over channels. The
 * 1×1 convolutions in front of the large ones make these cheap.
 */
public final class InceptionModule {

    private InceptionModule() {}

    /** The module on 28×28 with 192 channels, which is GoogLeNet's inception (3a): 256 channels come out. */
    public static Model model() {
        Symbol x = Symbol.input(28, 28, 192);
        Symbol one = conv(x, 64, 1);
        Symbol three = conv(conv(x, 96, 1), 128, 3);
        Symbol five = conv(conv(x, 16, 1), 32, 5);
        Symbol pool = conv(x.to(MaxPooling2D.of(3).strides(1).padding(SAME)), 32, 1);
        return Functional.of(x, one.to(Concatenate.of(), three, five, pool));
    }

    private static Symbol conv(Symbol x, int filters, int size) {
        return x.to(Conv2D.of(filters, size).padding(SAME).activation(RELU));
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
