package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.pass.Passes;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows a contraction is folded into it and one bias. */
class BatchNormFoldingTest {

    private static final List<String> CONVOLUTION_AND_BIAS = List.of("Convolution", "Binary");

    private final NetworkWriter net = new NetworkWriter(Layout.CHANNELS_LAST, 7);

    @ParameterizedTest
    @EnumSource
    void normBehindConvolution(Layout layout) {
        NetworkWriter writer = new NetworkWriter(layout, 7);
        Value x = writer.images(2, 5, 4);
        assertFolds(CONVOLUTION_AND_BIAS, writer, writer.norm(writer.conv(x, 6, 3, 1, 1)), layout);
    }

    @ParameterizedTest
    @EnumSource
    void normBehindBiasedConvolution(Layout layout) {
        NetworkWriter writer = new NetworkWriter(layout, 7);
        Value x = writer.images(2, 5, 4);
        assertFolds(CONVOLUTION_AND_BIAS, writer, writer.norm(writer.bias(writer.conv(x, 6, 3, 1, 2))), layout);
    }

    @ParameterizedTest
    @EnumSource
    void normBehindDepthwiseConvolution(Layout layout) {
        NetworkWriter writer = new NetworkWriter(layout, 7);
        Value x = writer.images(2, 5, 4);
        assertFolds(CONVOLUTION_AND_BIAS, writer, writer.norm(writer.conv(x, 8, 3, 2, 4)), layout);
    }

    @ParameterizedTest
    @EnumSource
    void normBehindTransposedConvolutionInGroups(Layout layout) {
        NetworkWriter writer = new NetworkWriter(layout, 7);
        Value x = writer.images(2, 5, 4);
        Window window = Window.of(3, 3).withStrides(2, 2);
        Value kernel = writer.kernel(3, 3, 4);
        ContractionOp op = new ContractionOp.ConvInputGrad(window, 2, layout, List.of(11, 11));
        Value y = writer.norm(writer.g.add(op, x, kernel));
        assertFolds(List.of("ConvInputGrad", "Binary"), writer, y, layout);
    }

    @Test
    void severalInARow() {
        Value x = net.norm(net.bias(net.conv(net.images(2, 5, 4), 6, 3, 1, 1)));
        Value factor = net.g.constant(net.random(Shape.of(1, 1, 1, 6), 0.5, 1.5));
        Value scaled =
                net.g.div(net.g.mul(factor, x), net.g.scalar(1.75, x.spec().type()));
        Value y = net.g.sub(net.g.constant(net.random(Shape.of(6), -1, 1)), net.norm(scaled));
        assertFolds(CONVOLUTION_AND_BIAS, net, y, Layout.CHANNELS_LAST);
    }

    @Test
    void scaleAloneNeedsNoBias() {
        Value y = net.g.mul(net.conv(net.images(2, 5, 4), 6, 3, 1, 1), 0.25);
        assertFolds(List.of("Convolution"), net, y, Layout.CHANNELS_LAST);
    }

    @Test
    void normBehindDense() {
        Value x = net.g.input("x", TensorSpec.float32(3, 4));
        Value y = net.dense(x, 5);
        Value vector = net.g.constant(net.random(Shape.of(5), 0.5, 1.5));
        Value normal = net.g.add(new BatchNormInference(1e-3, -1), y, vector, vector, vector, vector);
        assertFolds(List.of("MatMul", "Binary"), net, normal, Layout.CHANNELS_LAST);
    }

    @Test
    void normBehindTransposedMatrix() {
        Value x = net.g.input("x", TensorSpec.float32(3, 4));
        Value matrix = net.g.constant(net.random(Shape.of(5, 4), -1, 1));
        Value y = net.g.add(new ContractionOp.MatMul(false, true), x, matrix);
        Value scaled = net.g.mul(y, net.g.constant(net.random(Shape.of(5), 0.5, 1.5)));
        assertFolds(List.of("MatMul"), net, scaled, Layout.CHANNELS_LAST);
    }

    @Test
    void anotherUseOfTheConvolutionForbidsIt() {
        Value convolved = net.conv(net.images(2, 5, 4), 4, 1, 1, 1);
        Value y = net.g.mul(net.norm(convolved), convolved);
        assertFolds(List.of("Convolution", "Binary", "Binary", "Binary"), net, y, Layout.CHANNELS_LAST);
    }

    @Test
    void anOutputIsAUse() {
        Value convolved = net.conv(net.images(2, 5, 4), 4, 1, 1, 1);
        net.g.output("convolved", convolved);
        assertFolds(List.of("Convolution", "Binary"), net, net.g.mul(convolved, 0.5), Layout.CHANNELS_LAST);
    }

    @Test
    void aNumberThatIsNotFiniteForbidsIt() {
        Value y = net.conv(net.images(2, 5, 4), 2, 1, 1, 1);
        net.g.output("y", net.g.mul(y, net.g.constant(Tensor.of(new float[] {1, Float.POSITIVE_INFINITY}, 2))));
        assertEquals(List.of("Convolution", "Binary"), computing(prepared(net.g.build(), Layout.CHANNELS_LAST)));
    }

    @Test
    void aConstantPerPixelIsNotPerChannel() {
        Value y = net.conv(net.images(2, 4, 4), 4, 1, 1, 1);
        Value perColumn = net.g.constant(net.random(Shape.of(4, 1), 0.5, 1.5));
        assertFolds(List.of("Convolution", "Binary"), net, net.g.mul(y, perColumn), Layout.CHANNELS_LAST);
    }

    @Test
    void anIntegerConvolutionStays() {
        Value x = net.g.input("x", TensorSpec.of(DataType.INT32, 1, 3, 3, 1));
        Value kernel = net.g.constant(Tensor.of(new int[] {2}, 1, 1, 1, 1));
        Value y = net.g.add(new ContractionOp.Convolution(Window.of(1, 1), 1, Layout.CHANNELS_LAST), x, kernel);
        net.g.output("y", net.g.binary(BinaryFn.DIV, y, 3));
        assertEquals(List.of("Convolution", "Binary"), computing(prepared(net.g.build(), Layout.CHANNELS_LAST)));
    }

    /** A variance far below epsilon times the mean: folding must not lose more than float32 can hold. */
    @Test
    void largeMeanAndSmallVariance() {
        Value x = net.conv(net.images(1, 4, 3), 4, 3, 1, 1);
        Value near1 = net.g.constant(net.random(Shape.of(4), 0.9, 1.1));
        Value mean = net.g.constant(Tensor.of(new float[] {1e3f, -1e3f, 1e-3f, 0}, 4));
        Value variance = net.g.constant(Tensor.of(new float[] {1e4f, 1e-8f, 1e-8f, 1}, 4));
        Value y = net.g.add(new BatchNormInference(1e-3, -1), x, near1, near1, mean, variance);
        assertFolds(CONVOLUTION_AND_BIAS, net, y, Layout.CHANNELS_LAST);
    }

    private static void assertFolds(List<String> expected, NetworkWriter net, Value y, Layout layout) {
        net.g.output("y", y);
        Graph graph = net.g.build();
        Graph folded = prepared(graph, layout);
        assertEquals(expected, computing(folded), folded::toString);
        Equivalence.assertSame(graph, folded, 1e-5);
        assertSame(folded, prepared(folded, layout));
        assertTrue(folded.nodes().size() <= 2 * expected.size() + 1, folded::toString);
    }

    private static Graph prepared(Graph graph, Layout layout) {
        return Passes.prepare(graph, layout, composite -> false);
    }

    private static List<String> computing(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !node.inputs().isEmpty())
                .map(Node::op)
                .map(op -> op.name())
                .toList();
    }
}
