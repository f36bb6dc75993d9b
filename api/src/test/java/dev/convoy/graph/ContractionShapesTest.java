package dev.convoy.graph;

import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.l;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractionShapesTest {

    private static final MatMul PLAIN = new MatMul(false, false);
    private static final Window SAME = Window.of(3, 3).withPads(1, 1);
    private static final Window HALVES = Window.of(3, 3).withStrides(2, 2).withPads(List.of(0, 0), List.of(1, 1));

    private static Convolution conv(Window window, int groups) {
        return new Convolution(window, groups, CHANNELS_LAST);
    }

    static Stream<Arguments> results() {
        Window dilated = Window.of(3).withDilations(2);
        Window cube = Window.of(2, 2, 2).withStrides(2, 2, 2);
        return Stream.of(
                gives(f(2, 4), PLAIN, f(2, 3), f(3, 4)),
                gives(f(5, 7, 2, 4), PLAIN, f(5, 1, 2, 3), f(7, 3, 4)),
                gives(f(2, 4), new MatMul(true, true), f(3, 2), f(4, 3)),
                gives(i(2, 4), PLAIN, i(2, 3), i(3, 4)),
                gives(f(1, 8, 9, 5), conv(SAME, 1), f(1, 8, 9, 4), f(3, 3, 4, 5)),
                gives(f(1, 4, 4, 5), conv(HALVES, 1), f(1, 8, 9, 4), f(3, 3, 4, 5)),
                gives(f(1, 8, 8, 8), conv(SAME, 4), f(1, 8, 8, 4), f(3, 3, 1, 8)),
                gives(f(1, 5, 8, 9), new Convolution(SAME, 1, CHANNELS_FIRST), f(1, 4, 8, 9), f(5, 4, 3, 3)),
                gives(f(1, 6, 2), conv(dilated, 1), f(1, 10, 3), f(3, 3, 2)),
                gives(f(1, 2, 2, 2, 1), conv(cube, 1), f(1, 4, 4, 4, 1), f(2, 2, 2, 1, 1)),
                gives(i(1, 1, 1, 1), conv(Window.of(2, 2), 1), i(1, 2, 2, 1), i(2, 2, 1, 1)),
                gives(
                        f(1, 8, 9, 4),
                        new ConvInputGrad(HALVES, 1, CHANNELS_LAST, List.of(8, 9)),
                        f(1, 4, 4, 5),
                        f(3, 3, 4, 5)),
                gives(
                        f(1, 6, 8, 8),
                        new ConvInputGrad(SAME, 2, CHANNELS_FIRST, List.of(8, 8)),
                        f(1, 4, 8, 8),
                        f(4, 3, 3, 3)),
                gives(f(3, 3, 4, 5), new ConvFilterGrad(HALVES, 1, CHANNELS_LAST), f(1, 8, 9, 4), f(1, 4, 4, 5)),
                gives(f(6, 2, 3, 3), new ConvFilterGrad(SAME, 2, CHANNELS_FIRST), f(1, 4, 8, 8), f(1, 6, 8, 8)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    static Stream<Arguments> broken() {
        ConvInputGrad inputGrad = new ConvInputGrad(HALVES, 1, CHANNELS_LAST, List.of(8, 9));
        ConvFilterGrad filterGrad = new ConvFilterGrad(HALVES, 2, CHANNELS_LAST);
        return Stream.of(
                breaks("mat_mul.C1", PLAIN, f(2, 3), i(3, 4)),
                breaks("mat_mul.C1", PLAIN, l(2, 3), l(3, 4)),
                breaks("mat_mul.C2", PLAIN, f(3), f(3, 4)),
                breaks("mat_mul.C3", PLAIN, f(2, 3), f(4, 3)),
                breaks("mat_mul.C4", PLAIN, f(2, 2, 3), f(3, 3, 4)),
                breaks("convolution.C1", conv(SAME, 1), f(1, 8, 8, 4)),
                breaks("convolution.C2", conv(SAME, 1), f(8, 8, 4), f(3, 3, 4, 5)),
                breaks("convolution.C3", conv(SAME, 1), f(1, 8, 8, 4), f(3, 3, 3, 5)),
                breaks("convolution.C4", conv(SAME, 2), f(1, 8, 8, 4), f(3, 3, 2, 5)),
                breaks("convolution.C5", conv(SAME, 1), f(1, 8, 8, 4), f(3, 2, 4, 5)),
                breaks("convolution.C6", conv(Window.of(3, 3), 1), f(1, 8, 2, 4), f(3, 3, 4, 5)),
                breaks("conv_input_grad.C1", inputGrad, i(1, 4, 4, 5), i(3, 3, 4, 5)),
                breaks("conv_input_grad.C3", inputGrad, f(1, 4, 4, 4), f(3, 3, 4, 5)),
                breaks("conv_input_grad.C6", inputGrad, f(1, 4, 5, 5), f(3, 3, 4, 5)),
                breaks("conv_filter_grad.C3", filterGrad, f(1, 8, 9, 3), f(1, 4, 4, 4)),
                breaks("conv_filter_grad.C4", filterGrad, f(1, 8, 9, 4), f(2, 4, 4, 4)),
                breaks("conv_filter_grad.C6", filterGrad, f(1, 8, 9, 4), f(1, 4, 5, 4)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void attributes() {
        assertEquals(
                "convolution.C4",
                assertThrows(GraphException.class, () -> conv(SAME, 0)).rule());
        assertEquals(
                "conv_input_grad.C6",
                assertThrows(GraphException.class, () -> new ConvInputGrad(SAME, 1, CHANNELS_LAST, List.of(8)))
                        .rule());
    }

    @Test
    void theMessageSaysAll() {
        GraphException e = assertThrows(
                GraphException.class,
                () -> ShapeInference.inferSpecs(conv(SAME, 1), List.of(f(32, 28, 28, 3), f(3, 3, 4, 8)), "conv2d"));
        assertEquals(
                "Convolution in layer 'conv2d': input channels = groups × input channels per group of the kernel;"
                        + " expected 1 × 4, got 3 (input float32[32, 28, 28, 3], float32[3, 3, 4, 8];"
                        + " Convolution[window=size [3, 3] pads [1, 1]..[1, 1], groups=1, layout=CHANNELS_LAST])."
                        + " [convolution.C3]",
                e.getMessage());
    }
}
