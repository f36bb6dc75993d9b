package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.layers.Cropping1D;
import dev.convoy.layers.Cropping2D;
import dev.convoy.layers.Cropping3D;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Identity;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Permute;
import dev.convoy.layers.RepeatVector;
import dev.convoy.layers.Reshape;
import dev.convoy.layers.UpSampling1D;
import dev.convoy.layers.UpSampling2D;
import dev.convoy.layers.UpSampling3D;
import dev.convoy.layers.ZeroPadding1D;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.layers.ZeroPadding3D;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named: Keras 3.15 on TensorFlow 2.21. */
class ReshapingLayersTest {

    @Test
    void croppingCutsEachEndByItself() {
        LayerRun.of(Cropping1D.of(List.of(1), List.of(2)), shape(1, 5, 2)).gives(shape(1, 2, 2), 0.25, -0.75, 1, 0);
        Cropping2D uneven = Cropping2D.of(List.of(1, 0), List.of(0, 2));
        LayerRun.of(uneven, shape(1, 3, 4, 1)).gives(shape(1, 2, 2, 1), 1, 0, -0.25, -1.25);
        LayerRun.of(uneven.dataFormat(CHANNELS_FIRST), shape(1, 2, 2, 3)).gives(shape(1, 2, 1, 1), -0.75, -1.25);
        LayerRun.of(Cropping3D.of(List.of(1, 0, 1), List.of(0, 1, 1)), shape(1, 2, 3, 4, 1))
                .gives(shape(1, 1, 2, 2, 1), 0.25, -0.75, -1, 0.75);
        LayerRun.of(Cropping3D.of(1, 0, 1).dataFormat(CHANNELS_FIRST), shape(1, 1, 3, 2, 3))
                .gives(shape(1, 1, 1, 2, 1), 0.75, 0.5);
    }

    @Test
    void zeroPaddingPadsEachEndByItself() {
        LayerRun.of(ZeroPadding1D.of(List.of(1), List.of(2)), shape(1, 2, 1))
                .gives(shape(1, 5, 1), 0, -0.5, 1.25, 0, 0);
        ZeroPadding2D uneven = ZeroPadding2D.of(List.of(1, 0), List.of(0, 2));
        LayerRun.of(uneven, shape(1, 2, 2, 1)).gives(shape(1, 3, 4, 1), """
            0 0 0 0 -0.5 1.25 0 0 0.25 -0.75 0 0
            """);
        LayerRun.of(uneven.dataFormat(CHANNELS_FIRST), shape(1, 1, 2, 2)).gives(shape(1, 1, 3, 4), """
            0 0 0 0 -0.5 1.25 0 0 0.25 -0.75 0 0
            """);
        LayerRun.of(ZeroPadding3D.of(List.of(1, 0, 0), List.of(0, 1, 0)), shape(1, 1, 2, 2, 1))
                .gives(shape(1, 2, 3, 2, 1), """
                    0 0 0 0 0 0 -0.5 1.25 0.25 -0.75 0 0
                    """);
    }

    @Test
    void upSamplingRepeats() {
        LayerRun.of(UpSampling1D.of(3), shape(1, 2, 2)).gives(shape(1, 6, 2), """
            -0.5 1.25 -0.5 1.25 -0.5 1.25 0.25 -0.75 0.25 -0.75 0.25 -0.75
            """);
        LayerRun.of(UpSampling2D.of(2, 3), shape(1, 2, 2, 1)).gives(shape(1, 4, 6, 1), """
            -0.5 -0.5 -0.5 1.25 1.25 1.25 -0.5 -0.5 -0.5 1.25 1.25 1.25 0.25 0.25 0.25 -0.75 -0.75 -0.75 0.25
            0.25 0.25 -0.75 -0.75 -0.75
            """);
        LayerRun.of(UpSampling2D.of(1, 2).dataFormat(CHANNELS_FIRST), shape(1, 2, 1, 2))
                .gives(shape(1, 2, 1, 4), -0.5, -0.5, 1.25, 1.25, 0.25, 0.25, -0.75, -0.75);
        LayerRun.of(UpSampling3D.of(1, 2, 2), shape(1, 2, 1, 2, 1)).gives(shape(1, 2, 2, 4, 1), """
            -0.5 -0.5 1.25 1.25 -0.5 -0.5 1.25 1.25 0.25 0.25 -0.75 -0.75 0.25 0.25 -0.75 -0.75
            """);
        LayerRun.of(UpSampling3D.of(2, 1, 2).dataFormat(CHANNELS_FIRST), shape(1, 2, 2, 1, 1))
                .gives(shape(1, 2, 4, 1, 2), """
                    -0.5 -0.5 -0.5 -0.5 1.25 1.25 1.25 1.25 0.25 0.25 0.25 0.25 -0.75 -0.75 -0.75 -0.75
                    """);
        LayerRun.of(UpSampling1D.of(), shape(1, 1, 1)).gives(shape(1, 2, 1), -0.5, -0.5);
        LayerRun.of(UpSampling2D.of(), shape(1, 1, 1, 1)).gives(shape(1, 2, 2, 1), -0.5, -0.5, -0.5, -0.5);
    }

    @Test
    void upSampling2DInterpolates() {
        upSampled(Interpolation.BILINEAR).gives(shape(1, 4, 6, 1), """
            -0.5 -0.0625 0.8125 1 0.5 0.25 -0.5625 -0.125 0.75 0.9375 0.4375 0.1875 -0.6875 -0.25 0.625 0.8125
            0.3125 0.0625 -0.75 -0.3125 0.5625 0.75 0.25 0
            """);
        upSampled(Interpolation.BICUBIC).gives(shape(1, 4, 6, 1), """
            -0.632353 -0.1239266 0.9533567 1.170914 0.5001611 0.1838236 -0.7061976 -0.1977711 0.8795121 1.097069
            0.4263165 0.109979 -0.8526261 -0.3441997 0.7330834 0.9506407 0.2798879 -0.03644958 -0.9264708
            -0.4180443 0.6592389 0.8767962 0.2060434 -0.1102941
            """);
        upSampled(Interpolation.LANCZOS3).gives(shape(1, 4, 6, 1), """
            -0.722904 -0.06985867 0.9629703 1.257208 0.5877307 0.09648184 -0.8249911 -0.1719458 0.8608831
            1.155121 0.4856436 -0.005605265 -0.9585557 -0.3055104 0.7273184 1.021556 0.3520789 -0.1391699
            -1.060643 -0.4075975 0.6252313 0.919469 0.2499918 -0.241257
            """);
        upSampled(Interpolation.LANCZOS5).gives(shape(1, 4, 6, 1), """
            -0.7323459 -0.04927129 0.9692663 1.299881 0.6447819 0.03847924 -0.8484818 -0.1654071 0.8531305
            1.183746 0.528646 -0.07765667 -0.976566 -0.2934912 0.7250463 1.055661 0.4005618 -0.2057408 -1.092702
            -0.4096272 0.6089104 0.9395257 0.2844259 -0.3218768
            """);
        upSampled(Interpolation.AREA).gives(shape(1, 4, 6, 1), """
            -0.5 -0.5 1.25 1.25 0.25 0.25 -0.5 -0.5 1.25 1.25 0.25 0.25 -0.75 -0.75 1 1 0 0 -0.75 -0.75 1 1 0 0
            """);
    }

    private static LayerRun upSampled(Interpolation interpolation) {
        return LayerRun.of(UpSampling2D.of(2).interpolation(interpolation), shape(1, 2, 3, 1));
    }

    @Test
    void axesAndVectorsMove() {
        LayerRun.of(Permute.of(3, 1, 2), shape(1, 2, 2, 3)).gives(shape(1, 3, 2, 2), """
            -0.5 -0.75 -1 -1.25 1.25 1 0.75 0.5 0.25 0 -0.25 -0.5
            """);
        LayerRun.of(RepeatVector.of(2), shape(2, 3)).gives(shape(2, 2, 3), """
            -0.5 1.25 0.25 -0.5 1.25 0.25 -0.75 1 0 -0.75 1 0
            """);
        LayerRun.of(Identity.of(), shape(1, 3)).gives(shape(1, 3), -0.5, 1.25, 0.25);
        LayerRun.of(Reshape.of(3, -1), shape(1, 2, 3)).gives(shape(1, 3, 2), -0.5, 1.25, 0.25, -0.75, 1, 0);
    }

    /** By hand: channels-first data flattens as if it were channels last. */
    @Test
    void flattenBringsChannelsLast() {
        LayerRun.of(Flatten.of(), shape(1, 2, 2)).gives(shape(1, 4), -0.5, 1.25, 0.25, -0.75);
        LayerRun.of(Flatten.of().dataFormat(CHANNELS_FIRST), shape(1, 2, 2))
                .gives(shape(1, 4), -0.5, 0.25, 1.25, -0.75);
    }

    @Test
    void shapesAreChecked() {
        refused(
                "Cropping1D in layer 'layer': less is cropped than the input has; expected < 3, got 1 + 2."
                        + " [cropping1_d.L3]",
                Cropping1D.of(List.of(1), List.of(2)),
                1,
                3,
                1);
        refused(
                "Cropping2D in layer 'layer': the input has a batch axis, 2 spatial axes and channels; expected rank 4,"
                        + " got [batch, 3, 1]. [cropping2_d.L1]",
                Cropping2D.of(1),
                1,
                3,
                1);
        refused(
                "UpSampling2D in layer 'layer': size has one entry >= 1 per spatial axis; expected 2 entries, got [0,"
                        + " 2]. [up_sampling2_d.L2]",
                UpSampling2D.of(0, 2),
                1,
                3,
                3,
                1);
        refused(
                "Permute in layer 'layer': dims has one entry per axis behind the batch; expected rank 3, got [batch,"
                        + " 3]. [permute.L2]",
                Permute.of(2, 1),
                1,
                3);
        refused(
                "RepeatVector in layer 'layer': the input is [n, c]; expected rank 2, got [batch, 3, 1]."
                        + " [repeat_vector.L2]",
                RepeatVector.of(2),
                1,
                3,
                1);
    }

    private static void refused(String message, Layer layer, int... input) {
        LayerRun run = LayerRun.of(layer, input);
        assertEquals(
                message,
                assertThrows(GraphException.class, () -> run.gives(shape(1))).getMessage());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "Permute: dims names each axis once; expected [1, 2], got [1, 1]. [permute.L1]",
                assertThrows(GraphException.class, () -> Permute.of(1, 1)).getMessage());
        assertThrows(GraphException.class, () -> RepeatVector.of(0));
    }
}
