package dev.convoy.graph.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PadFoldingTest {

    private static final Window HALVES = Window.of(3, 3).withStrides(2, 2);

    private final GraphBuilder g = new GraphBuilder();

    private Value images(Layout layout, int side, int channels) {
        Shape last = Shape.of(2, side, side, channels);
        return g.input(
                "x",
                TensorSpec.float32(last.permute(Layout.CHANNELS_LAST.permutationTo(layout, 4))
                        .sizes()));
    }

    /** Pads of height and width. */
    private Value padded(Layout layout, Value x, double value, List<Integer> before, List<Integer> after) {
        List<Integer> first = layout == Layout.CHANNELS_FIRST
                ? List.of(0, 0, before.get(0), before.get(1))
                : List.of(0, before.get(0), before.get(1), 0);
        List<Integer> last = layout == Layout.CHANNELS_FIRST
                ? List.of(0, 0, after.get(0), after.get(1))
                : List.of(0, after.get(0), after.get(1), 0);
        return g.add(new Pad(PadMode.CONSTANT, first, last, value), x);
    }

    private Value kernel(Layout layout, int inputs, int outputs) {
        Shape last = Shape.of(3, 3, inputs, outputs);
        return g.input(
                "w",
                TensorSpec.float32(last.permute(Layout.CHANNELS_LAST.kernelPermutationTo(layout, 4))
                        .sizes()));
    }

    private List<Op> folded(Value result) {
        g.output("y", result);
        Graph folded = PadFolding.fold(g.build());
        return DeadNodeElimination.eliminate(folded).nodes().stream()
                .map(Node::op)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void zerosBecomePaddingOfTheConvolution(Layout layout) {
        Value x = padded(layout, images(layout, 8, 4), 0, List.of(0, 2), List.of(1, 3));
        Window window = HALVES.withPads(List.of(1, 0), List.of(0, 1));
        Value y = g.add(new Convolution(window, 1, layout), x, kernel(layout, 4, 5));
        Window all = HALVES.withPads(List.of(1, 2), List.of(1, 4));
        assertEquals(List.of(new Convolution(all, 1, layout)), folded(y));
    }

    @Test
    void depthwiseConvolutionsToo() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, images(layout, 8, 4), 0, List.of(0, 0), List.of(1, 1));
        Value y = g.add(new Convolution(HALVES, 4, layout), x, kernel(layout, 1, 4));
        assertEquals(List.of(new Convolution(HALVES.withPads(List.of(0, 0), List.of(1, 1)), 4, layout)), folded(y));
    }

    @Test
    void theGradientOfTheKernelToo() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, images(layout, 8, 4), 0, List.of(0, 0), List.of(1, 1));
        Value dy = g.input("dy", TensorSpec.float32(2, 4, 4, 5));
        Value dw = g.add(new ConvFilterGrad(HALVES, 1, layout), x, dy);
        assertEquals(List.of(new ConvFilterGrad(HALVES.withPads(List.of(0, 0), List.of(1, 1)), 1, layout)), folded(dw));
    }

    @Test
    void aMaxPoolingOfReluNeedsNoZeros() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, g.unary(UnaryFn.RELU, images(layout, 8, 4)), 0, List.of(1, 1), List.of(1, 1));
        Value y = g.add(new MaxPool(HALVES, false, layout), List.of(x)).getFirst();
        assertEquals(
                new MaxPool(HALVES.withPads(1, 1), false, layout), folded(y).getLast());
    }

    private void assertStays(Value result) {
        assertEquals(1, folded(result).stream().filter(Pad.class::isInstance).count());
    }

    @Test
    void otherPaddingStays() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = images(layout, 8, 4);
        Value w = kernel(layout, 4, 5);
        assertStays(g.add(new Convolution(HALVES, 1, layout), padded(layout, x, 1, List.of(1, 1), List.of(1, 1)), w));
    }

    @Test
    void mirroredPaddingStays() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = g.add(new Pad(PadMode.REFLECT, List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), 0), images(layout, 8, 4));
        assertStays(g.add(new Convolution(HALVES, 1, layout), x, kernel(layout, 4, 5)));
    }

    @Test
    void paddingOfChannelsOrSamplesStays() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = g.add(new Pad(PadMode.CONSTANT, List.of(0, 1, 1, 1), List.of(0, 1, 1, 0), 0), images(layout, 8, 3));
        x = g.add(new Convolution(HALVES, 1, layout), x, kernel(layout, 4, 5));
        assertStays(x);
    }

    @Test
    void aMaxPoolingOfNegativeNumbersNeedsZeros() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, images(layout, 8, 4), 0, List.of(1, 1), List.of(1, 1));
        assertStays(g.add(new MaxPool(HALVES, false, layout), List.of(x)).getFirst());
    }

    @Test
    void aMaxPoolingWhosePlacesAreAskedForStays() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, g.unary(UnaryFn.RELU, images(layout, 8, 4)), 0, List.of(1, 1), List.of(1, 1));
        List<Value> pooled = g.add(new MaxPool(HALVES, false, layout), List.of(x));
        g.output("places", pooled.get(1));
        assertStays(pooled.getFirst());
    }

    /** The first window along each axis would see no element. */
    @Test
    void aMaxPoolingOfZerosAloneStays() {
        Layout layout = Layout.CHANNELS_LAST;
        Value x = padded(layout, g.unary(UnaryFn.RELU, images(layout, 8, 4)), 0, List.of(3, 3), List.of(0, 0));
        assertStays(g.add(new MaxPool(HALVES, false, layout), List.of(x)).getFirst());
    }

    @Test
    void sizesMayBeNamed() {
        Value x = g.input(
                "x",
                new TensorSpec(
                        DataType.FLOAT32, Shape.ofDims(List.of(Dim.named("n"), Dim.of(8), Dim.of(8), Dim.of(4)))));
        Value padded = padded(Layout.CHANNELS_LAST, x, 0, List.of(0, 0), List.of(1, 1));
        Value y = g.add(new Convolution(HALVES, 1, Layout.CHANNELS_LAST), padded, kernel(Layout.CHANNELS_LAST, 4, 5));
        assertEquals(1, folded(y).size());
    }
}
