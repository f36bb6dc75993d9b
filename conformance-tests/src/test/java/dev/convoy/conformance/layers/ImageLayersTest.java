package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.layers.CenterCrop;
import dev.convoy.layers.Resizing;
import dev.convoy.layers.Resizing.AspectRatio;
import org.junit.jupiter.api.Test;

/** Expected values: Keras 3.15 on TensorFlow 2.21. */
class ImageLayersTest {

    private static final int[] IMAGE = {1, 3, 4, 1};
    private static final Resizing WIDER = Resizing.of(2, 6);
    private static final Resizing HIGHER = Resizing.of(5, 2);

    @Test
    void resizingBilinear() {
        LayerRun.of(WIDER.interpolation(Interpolation.BILINEAR), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.125 0.40625 0.7708333 0.1041665 -0.21875 -0.375 0.0625 -0.4375 -0.7604166 -0.05208313 -0.03125
            -0.1875
            """);
        LayerRun.of(WIDER.interpolation(Interpolation.BILINEAR).antialias(true), IMAGE)
                .gives(shape(1, 2, 6, 1), """
                    0.0625 0.421875 0.6145833 -0.05208349 -0.203125 -0.1875 0.21875 -0.28125 -0.6614583 -0.1822916
                    -0.046875 -0.03125
                    """);
        LayerRun.of(HIGHER.interpolation(Interpolation.BILINEAR), IMAGE).gives(shape(1, 5, 2, 1), """
            0.375 -0.25 0.425 -0.2 0.5 -0.125 -0.2500002 -0.04999998 -0.75 0
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.BILINEAR).antialias(true), IMAGE)
                .gives(shape(1, 5, 2, 1), """
                    0.3571429 -0.0357143 0.3285714 -0.06428575 0.2857143 -0.1071429 -0.2285716 -0.15 -0.5714286
                    -0.1785714
                    """);
    }

    @Test
    void resizingNearest() {
        LayerRun.of(WIDER.interpolation(Interpolation.NEAREST), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.5 1.25 1.25 0.25 -0.75 -0.75 -0.25 -1.25 -1.25 0.5 -0.5 -0.5
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.NEAREST), IMAGE).gives(shape(1, 5, 2, 1), """
            1.25 -0.75 1.25 -0.75 0 0.75 -1.25 -0.5 -1.25 -0.5
            """);
    }

    /** Keras 3.15 on TensorFlow 2.21, whose table of the cubic has 1024 steps. */
    @Test
    void resizingBicubic() {
        LayerRun.of(WIDER.interpolation(Interpolation.BICUBIC), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.2688744 0.4523401 0.9882181 0.1463379 -0.3036711 -0.46549 0.08992959 -0.5510949 -0.9485257
            0.05165964 0.03896522 -0.2574608
            """);
        LayerRun.of(WIDER.interpolation(Interpolation.BICUBIC).antialias(true), IMAGE)
                .gives(shape(1, 2, 6, 1), """
                    0.0232166 0.5110471 0.7738523 -0.1090249 -0.2744547 -0.1701815 0.3206415 -0.3212634 -0.8330399
                    -0.1869128 0.009748845 0.002370751
                    """);
        LayerRun.of(HIGHER.interpolation(Interpolation.BICUBIC), IMAGE).gives(shape(1, 5, 2, 1), """
            0.3668035 -0.3537847 0.5179555 -0.2751606 0.5882353 -0.1323529 -0.3184889 0.01045465 -0.9301537
            0.08907878
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.BICUBIC).antialias(true), IMAGE)
                .gives(shape(1, 5, 2, 1), """
                    0.4087206 -0.05408937 0.4111877 -0.09334526 0.3109504 -0.1518595 -0.2907289 -0.1485522 -0.6789725
                    -0.1396382
                    """);
    }

    @Test
    void resizingArea() {
        LayerRun.of(WIDER.interpolation(Interpolation.AREA), IMAGE).gives(shape(1, 2, 6, 1), """
            0 0.4166667 0.8333333 -0.1666667 -0.2083334 -0.2499999 0.1666667 -0.3333334 -0.8333333 0 -0.04166669
            -0.08333331
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.AREA), IMAGE).gives(shape(1, 5, 2, 1), """
            0.375 -0.25 0.4166667 -0.2083333 0.5 -0.125 -0.3333335 -0.04166665 -0.7499999 0
            """);
    }

    @Test
    void resizingLanczos3() {
        LayerRun.of(WIDER.interpolation(Interpolation.LANCZOS3), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.2921582 0.5238603 1.093132 0.1652467 -0.395279 -0.3906199 0.2178481 -0.5833766 -1.048551
            -0.03215465 0.1186804 -0.2401598
            """);
        LayerRun.of(WIDER.interpolation(Interpolation.LANCZOS3).antialias(true), IMAGE)
                .gives(shape(1, 2, 6, 1), """
                    0.001828835 0.5919932 0.8326665 -0.1177389 -0.3459239 -0.09246829 0.4241553 -0.3248884 -0.94082
                    -0.2812032 0.07967602 0.03212482
                    """);
        LayerRun.of(HIGHER.interpolation(Interpolation.LANCZOS3), IMAGE).gives(shape(1, 5, 2, 1), """
            0.2786641 -0.4652145 0.6345279 -0.3595853 0.6888753 -0.1155257 -0.3428909 0.09411482 -1.079304
            0.1651296
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.LANCZOS3).antialias(true), IMAGE)
                .gives(shape(1, 5, 2, 1), """
                    0.4248385 -0.002715439 0.469933 -0.07793576 0.2713099 -0.1853437 -0.324587 -0.1843626 -0.6790206
                    -0.1505786
                    """);
    }

    @Test
    void resizingLanczos5() {
        LayerRun.of(WIDER.interpolation(Interpolation.LANCZOS5), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.3011366 0.5530729 1.192831 0.1727003 -0.4534969 -0.3241736 0.2994053 -0.5997437 -1.150375
            -0.08855214 0.1804983 -0.2493009
            """);
        LayerRun.of(HIGHER.interpolation(Interpolation.LANCZOS5), IMAGE).gives(shape(1, 5, 2, 1), """
            0.1541936 -0.5293335 0.6983551 -0.4055479 0.7549289 -0.06557196 -0.3461815 0.1688982 -1.121803
            0.1724049
            """);
    }

    /** {@code tf.image.resize}; Keras 2 has these two, Keras 3 has not. */
    @Test
    void gaussianAndMitchellCubic() {
        LayerRun.of(WIDER.interpolation(Interpolation.GAUSSIAN), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.03094229 0.4086177 0.6634227 0.09798516 -0.2163823 -0.3296691 0.02120759 -0.4138232 -0.6619067
            -0.1167793 -0.03361768 -0.1469045
            """);
        LayerRun.of(WIDER.interpolation(Interpolation.GAUSSIAN).antialias(true), IMAGE)
                .gives(shape(1, 2, 6, 1), """
                    0.111848 0.3761566 0.4726219 -0.03111225 -0.1929938 -0.1796219 0.1506506 -0.2357877 -0.513501
                    -0.1909096 -0.05700618 -0.04363423
                    """);
        LayerRun.of(WIDER.interpolation(Interpolation.MITCHELLCUBIC), IMAGE).gives(shape(1, 2, 6, 1), """
            -0.1367968 0.4389029 0.808347 0.118197 -0.2624493 -0.3806964 0.0744016 -0.4729779 -0.7929126
            -0.06219031 0.00406006 -0.1860399
            """);
        LayerRun.of(WIDER.interpolation(Interpolation.MITCHELLCUBIC).antialias(true), IMAGE)
                .gives(shape(1, 2, 6, 1), """
                    0.08025041 0.4516462 0.6068025 -0.06561839 -0.2350025 -0.1638556 0.2479476 -0.2724119 -0.6646411
                    -0.2088508 -0.02338682 -0.009293055
                    """);
    }

    @Test
    void resizingTakesADataFormat() {
        LayerRun.of(Resizing.of(2, 2).dataFormat(CHANNELS_FIRST), shape(1, 2, 3, 2))
                .gives(shape(1, 2, 2, 2), -0.3125, 0.75, 0.8125, -0.1875, -0.8125, 0.25, 0.3125, -0.6875);
    }

    @Test
    void resizingToTheSameSizeChangesNothing() {
        LayerRun.of(Resizing.of(3, 4), IMAGE).gives(shape(1, 3, 4, 1), """
            -0.5 1.25 0.25 -0.75 1 0 -1 0.75 -0.25 -1.25 0.5 -0.5
            """);
        LayerRun.of(Resizing.of(3, 4).interpolation(Interpolation.GAUSSIAN), IMAGE)
                .gives(shape(1, 3, 4, 1), """
                    -0.5 1.25 0.25 -0.75 1 0 -1 0.75 -0.25 -1.25 0.5 -0.5
                    """);
    }

    @Test
    void resizingCropsOrPadsToTheAspectRatio() {
        LayerRun.of(Resizing.of(2, 2).aspectRatio(AspectRatio.CROP), shape(1, 3, 6, 1))
                .gives(shape(1, 2, 2, 1), 0.875, -0.625, 0.125, 0.171875);
        LayerRun.of(Resizing.of(1, 3).aspectRatio(AspectRatio.CROP), shape(1, 5, 3, 1))
                .gives(shape(1, 1, 3, 1), -1, 0.75, -0.25);
        LayerRun.of(Resizing.of(4, 2).aspectRatio(AspectRatio.PAD).fillValue(8), shape(1, 2, 3, 1))
                .gives(shape(1, 4, 2, 1), 8, 8, 1.953125, 2.375, 1.765625, 2.1875, 8, 8);
        LayerRun.of(Resizing.of(1, 3).aspectRatio(AspectRatio.PAD), shape(1, 2, 2, 1))
                .gives(shape(1, 1, 3, 1), 0, 0.0625, 0);
    }

    @Test
    void centerCropTakesTheMiddleOrResizes() {
        LayerRun.of(CenterCrop.of(2, 2), shape(1, 5, 3, 1)).gives(shape(1, 2, 2, 1), -0.75, 1, -1, 0.75);
        LayerRun.of(CenterCrop.of(4, 2), shape(1, 3, 4, 1))
                .gives(shape(1, 4, 2, 1), 1.25, 1.25, 0.46875, 0.46875, -0.46875, -0.46875, -1.25, -1.25);
        LayerRun.of(CenterCrop.of(2, 2).dataFormat(CHANNELS_FIRST), shape(1, 1, 3, 4))
                .gives(shape(1, 1, 2, 2), 1.25, 0.25, 0, -1);
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "Resizing: sizes are at least 1; expected >= 1, got 0 and 2. [resizing.L2]",
                assertThrows(GraphException.class, () -> Resizing.of(0, 2)).getMessage());
        assertEquals(
                "CenterCrop: sizes are at least 1; expected >= 1, got 2 and 0. [center_crop.L2]",
                assertThrows(GraphException.class, () -> CenterCrop.of(2, 0)).getMessage());
        LayerRun vector = LayerRun.of(Resizing.of(2, 2), shape(1, 4));
        assertEquals(
                "Resizing in layer 'layer': the input has a batch axis, 2 spatial axes and channels; expected rank 4,"
                        + " got [batch, 4]. [resizing.L1]",
                assertThrows(GraphException.class, () -> vector.gives(shape(1))).getMessage());
    }
}
