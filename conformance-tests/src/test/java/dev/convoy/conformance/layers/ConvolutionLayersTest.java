package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.layers.Padding.CAUSAL;
import static dev.convoy.layers.Padding.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv1D;
import dev.convoy.layers.Conv1DTranspose;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Conv2DTranspose;
import dev.convoy.layers.Conv3D;
import dev.convoy.layers.Conv3DTranspose;
import dev.convoy.layers.DepthwiseConv1D;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Padding;
import dev.convoy.layers.SeparableConv1D;
import dev.convoy.layers.SeparableConv2D;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named: Keras 3.15 on TensorFlow 2.21. */
class ConvolutionLayersTest {

    @Test
    void transposedConvolutionOverOneAxis() {
        Conv1DTranspose two = Conv1DTranspose.of(2, 3).strides(2);
        LayerRun.of(two, shape(1, 3, 2)).gives(shape(1, 7, 2), """
            0.28125 -0.1875 -1.09375 1.28125 0.15625 1.09375 0.4375 0.03125 -0.90625 1.15625 0.25 0.5 -0.5 -0.25
            """);
        LayerRun.of(two.padding(SAME), shape(1, 3, 2)).gives(shape(1, 6, 2), """
            0.28125 -0.1875 -1.09375 1.28125 0.15625 1.09375 0.4375 0.03125 -0.90625 1.15625 0.25 0.5
            """);
        LayerRun.of(two.padding(SAME).dataFormat(CHANNELS_FIRST), shape(1, 2, 2))
                .gives(shape(1, 2, 4), 0.15625, -0.46875, -0.59375, 0.8125, 0.0625, 0.65625, 1.96875, 0.03125);
        Conv1DTranspose dilated = Conv1DTranspose.of(1, 3).dilationRate(2).padding(SAME);
        LayerRun.of(dilated, shape(1, 4, 1)).gives(shape(1, 4, 1), -0.3125, 0.40625, -0.46875, 0.71875);
    }

    @Test
    void aStrideBeyondTheKernelLeavesGaps() {
        Conv1DTranspose gaps = Conv1DTranspose.of(1, 2).strides(3);
        LayerRun.of(gaps.useBias(false), shape(1, 3, 1)).gives(shape(1, 9, 1), """
            0.25 -0.0625 0 -0.625 0.15625 0 -0.125 0.03125 0
            """);
        LayerRun.of(gaps.padding(SAME), shape(1, 3, 1)).gives(shape(1, 9, 1), """
            0.125 -0.1875 -0.125 -0.75 0.03125 -0.125 -0.25 -0.09375 -0.125
            """);
    }

    @Test
    void transposedConvolutionTakesOutputPadding() {
        LayerRun.of(Conv1DTranspose.of(1, 3).strides(3).outputPadding(2), shape(1, 3, 1))
                .gives(shape(1, 11, 1), """
                    0.125 -0.1875 -0.5 -0.75 0.03125 0.8125 -0.25 -0.09375 0.0625 -0.125 -0.125
                    """);
        Conv2DTranspose same = Conv2DTranspose.of(1, 3).strides(2).padding(SAME);
        LayerRun.of(same.outputPadding(0), shape(1, 2, 2, 1)).gives(shape(1, 3, 3, 1), """
            -0.3125 -0.125 0.34375 -0.40625 0.625 0.5625 -0.03125 -0.09375 -0.40625
            """);
        LayerRun.of(same.outputPadding(1, 0), shape(1, 2, 2, 1)).gives(shape(1, 4, 3, 1), """
            -0.1875 -1.125 0.03125 -0.3125 -0.125 0.34375 -0.40625 0.625 0.5625 -0.03125 -0.09375 -0.40625
            """);
    }

    @Test
    void transposedConvolutionOverTwoAndThreeAxes() {
        Conv2DTranspose even =
                Conv2DTranspose.of(1, 4, 2).strides(2).padding(SAME).activation(Activations.RELU);
        LayerRun.of(even, shape(1, 2, 2, 2)).gives(shape(1, 4, 4, 1), """
            0 0.65625 0.4375 0 0 0.84375 0.1875 0 0 0.75 0 0 0 0 0.4375 0.53125
            """);
        Conv2DTranspose valid = Conv2DTranspose.of(2, 2).strides(2, 1);
        LayerRun.of(valid, shape(1, 2, 2, 1)).gives(shape(1, 4, 3, 2), """
            0.125 0.4375 -1.125 0.78125 0.8125 0.1875 -0.3125 0.8125 0.34375 -0.59375 -0.125 1.28125 -0.25
            0.53125 0.4375 0.34375 -0.6875 0.6875 -0.03125 0.34375 -0.40625 1.125 -0.125 0.03125
            """);
        LayerRun.of(valid.dataFormat(CHANNELS_FIRST), shape(1, 1, 2, 2)).gives(shape(1, 2, 4, 3), """
            0.125 -1.125 0.8125 -0.3125 0.34375 -0.125 -0.25 0.4375 -0.6875 -0.03125 -0.40625 -0.125 0.4375
            0.78125 0.1875 0.8125 -0.59375 1.28125 0.53125 0.34375 0.6875 0.34375 1.125 0.03125
            """);
        LayerRun.of(Conv3DTranspose.of(1, 2).strides(1, 2, 1).padding(SAME), shape(1, 2, 1, 2, 1))
                .gives(shape(1, 2, 2, 2, 1), 0.125, -0.8125, -0.5, 0.9375, -0.4375, 1.0625, 0.0625, -1.0625);
    }

    /** PyTorch 2.13: {@code conv_transpose1d(stride=2, padding=1, output_padding=1, groups=2)}. */
    @Test
    void transposedConvolutionTakesGroupsAndExplicitPads() {
        Conv1DTranspose torch = Conv1DTranspose.of(4, 3)
                .strides(2)
                .padding(Padding.of(1))
                .outputPadding(1)
                .groups(2);
        LayerRun.of(torch, shape(1, 3, 2)).gives(shape(1, 6, 4), """
            -0.3125 0.5 -1.28125 0.90625 -0.0625 1.0625 -0.28125 0.15625 -0.03125 0.5 -0.03125 -0.34375 -0.71875
            1.0625 -0.6875 0.21875 0.25 0.5 -0.5 0.125 -0.5 -0.25 -0.5 0.125
            """);
    }

    @Test
    void separableConvolution() {
        SeparableConv1D same = SeparableConv1D.of(2, 3).padding(SAME).depthMultiplier(2);
        LayerRun.of(same, shape(1, 4, 2))
                .gives(
                        shape(1, 4, 2),
                        0.8476562,
                        -1.53125,
                        0.6484375,
                        -0.5078125,
                        -0.2148438,
                        -0.3203125,
                        0.1601562,
                        -1.386719);
        LayerRun.of(SeparableConv1D.of(2, 2).dilationRate(2).useBias(false), shape(1, 4, 2))
                .gives(shape(1, 2, 2), -0.203125, 0.5195312, 0.25, -0.4726562);
        LayerRun.of(SeparableConv2D.of(2, 2).strides(2).activation(Activations.TANH), shape(1, 4, 4, 2))
                .gives(
                        shape(1, 2, 2, 2),
                        -0.1966244,
                        -0.4434864,
                        0.2041232,
                        -0.8024548,
                        -0.03514177,
                        -0.3549481,
                        0.7680786,
                        -0.7615942);
        SeparableConv2D dilated =
                SeparableConv2D.of(1, 2).dilationRate(2).padding(SAME).depthMultiplier(2);
        LayerRun.of(dilated, shape(1, 3, 3, 1)).gives(shape(1, 3, 3, 1), """
            0.5625 0.5195312 -0.109375 0.2109375 0.4140625 0.1367188 0.03125 0.15625 0.375
            """);
        LayerRun.of(SeparableConv2D.of(2, 2).dataFormat(CHANNELS_FIRST), shape(1, 2, 2, 4))
                .gives(shape(1, 2, 1, 3), 0.2265625, 0.7578125, -0.2578125, -0.01171875, -1.082031, -1.121094);
    }

    @Test
    void depthwiseConvolution() {
        LayerRun.of(DepthwiseConv1D.of(2).depthMultiplier(2).strides(2), shape(1, 4, 2))
                .gives(shape(1, 2, 4), 0.21875, 0.28125, 0.4375, -0.65625, -1, 1.25, -0.5, 0.59375);
        LayerRun.of(DepthwiseConv2D.of(2).depthMultiplier(2).padding(SAME), shape(1, 2, 2, 2))
                .gives(shape(1, 2, 2, 4), """
                    -0.65625 1.03125 0.53125 -0.09375 0.125 0.28125 -1.625 0.21875 -1 1.25 -0.5 0.59375 0.375 0.375
                    0.0625 -0.0625
                    """);
        DepthwiseConv2D wide = DepthwiseConv2D.of(1, 2).depthMultiplier(2).dataFormat(CHANNELS_FIRST);
        LayerRun.of(wide, shape(1, 2, 1, 3))
                .gives(shape(1, 4, 1, 2), 0.59375, -0.65625, -0.34375, 0.5, -1.0625, 0.25, 0.9375, -0.125);
    }

    @Test
    void convolution() {
        LayerRun.of(Conv1D.of(2, 2).padding(CAUSAL).dilationRate(2), shape(1, 4, 2))
                .gives(shape(1, 4, 2), -0.3125, 1.59375, -0.03125, -0.125, 1.4375, -0.5, -1.1875, 1.8125);
        LayerRun.of(Conv2D.of(4, 2).groups(2).strides(1, 2).padding(SAME), shape(1, 2, 3, 4))
                .gives(shape(1, 2, 2, 4), """
                    -0.6875 0.53125 0.78125 -0.21875 0.15625 0.59375 0.5 -1.25 -1.15625 1 -1.65625 0.65625 0.6875
                    0.03125 -0.875 1.03125
                    """);
        LayerRun.of(Conv3D.of(1, 2).activation(Activations.SIGMOID), shape(1, 2, 3, 2, 2))
                .gives(shape(1, 1, 2, 1, 1), 0.8740773, 0.1225232);
    }

    @Test
    void theInputOfATransposedConvolutionIsChecked() {
        refused(
                "Conv2DTranspose in layer 'layer': output_padding is less than the stride; expected"
                        + " 0 <= output_padding < 2, got 2. [conv2_dtranspose.L7]",
                Conv2DTranspose.of(1, 3).strides(2).outputPadding(2),
                shape(1, 2, 2, 1));
        refused(
                "Conv1DTranspose in layer 'layer': a transposed convolution has no causal padding; expected valid, same"
                        + " or explicit, got causal. [conv1_dtranspose.L2]",
                Conv1DTranspose.of(1, 3).padding(CAUSAL),
                shape(1, 2, 1));
        refused(
                "Conv1DTranspose in layer 'layer': a transposed convolution pads with zeros only; expected CONSTANT,"
                        + " got REFLECT. [conv1_dtranspose.L6]",
                Conv1DTranspose.of(1, 3).paddingMode(PadMode.REFLECT),
                shape(1, 2, 1));
        refused(
                "Conv1DTranspose in layer 'layer': the padding leaves an output; expected < 3, got 2 + 2."
                        + " [conv1_dtranspose.L8]",
                Conv1DTranspose.of(1, 3).padding(Padding.of(2)),
                shape(1, 1, 1));
        refused(
                "Conv2DTranspose in layer 'layer': input channels and filters are multiples of groups; expected"
                        + " multiples of 2, got 3 and 4. [conv2_dtranspose.L5]",
                Conv2DTranspose.of(4, 3).groups(2),
                shape(1, 2, 2, 3));
    }

    private static void refused(String message, Layer layer, int[] input) {
        LayerRun run = LayerRun.of(layer, input);
        assertEquals(
                message,
                assertThrows(GraphException.class, () -> run.gives(shape(1))).getMessage());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "SeparableConv2D: depth_multiplier is at least 1; expected >= 1, got 0. [separable_conv2_d.L4]",
                assertThrows(
                                GraphException.class,
                                () -> SeparableConv2D.of(1, 3).depthMultiplier(0))
                        .getMessage());
        assertThrows(GraphException.class, () -> SeparableConv1D.of(1, 3).depthMultiplier(-1));
        assertThrows(GraphException.class, () -> Conv2DTranspose.of(1, 3, 3, 3));
    }
}
