package dev.convoy.graph.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassesTest {

    private final GraphBuilder g = new GraphBuilder();
    private final Value x = g.input("x", TensorSpec.float32(2, 3));

    private Graph graph(Value... outputs) {
        for (int i = 0; i < outputs.length; i++) {
            g.output("y" + i, outputs[i]);
        }
        return g.build();
    }

    private static Graph prepare(Graph graph) {
        return Passes.prepare(graph, Layout.CHANNELS_LAST, composite -> false);
    }

    private static List<String> ops(Graph graph) {
        return graph.nodes().stream().map(node -> node.op().name()).toList();
    }

    private void assertVanishes(Value y) {
        Graph prepared = prepare(graph(y));
        assertEquals(List.of(), ops(prepared));
        assertSame(prepared.inputs().get("x"), prepared.outputs().get("y0"));
    }

    @Test
    void opsThatGiveBackTheirOperandVanish() {
        Value one = g.constant(Tensor.full(TensorSpec.float32(2, 1), 1));
        Value y = g.mul(one, g.div(x, one));
        y = g.binary(BinaryFn.SUB, y, 0);
        y = g.add(new ElementwiseOp.Cast(DataType.FLOAT32), y);
        y = g.add(new MovementOp.Slice(List.of(0, 0), List.of(2, 3), List.of(1, 1)), y);
        y = g.add(new MovementOp.Pad(MovementOp.PadMode.CONSTANT, List.of(0, 0), List.of(0, 0), 7), y);
        y = g.add(new MovementOp.Broadcast(Shape.of(2, 3)), y);
        y = g.add(new MovementOp.Reverse(List.of()), y);
        y = g.add(new MovementOp.Concat(0), y);
        y = g.add(new ReductionOp.Reduce(ReduceFn.SUM, List.of(), false), y);
        assertVanishes(g.add(new MovementOp.Reshape(Shape.of(2, 3)), y));
    }

    @Test
    void castsThatLoseNothingVanish() {
        assertVanishes(g.cast(g.cast(x, DataType.FLOAT64), DataType.FLOAT32));
    }

    @Test
    void castsThatRoundStay() {
        Graph graph = graph(g.cast(g.cast(x, DataType.FLOAT16), DataType.FLOAT32));
        assertEquals(List.of("Cast", "Cast"), ops(prepare(graph)));
    }

    @Test
    void opsThatUndoEachOtherVanish() {
        Value y = g.transpose(g.transpose(x, List.of(1, 0)), List.of(1, 0));
        y = g.reshape(g.reshape(g.reshape(y, Shape.of(6)), Shape.of(3, 2)), Shape.of(2, 3));
        Op reverse = new MovementOp.Reverse(List.of(0, 1));
        assertVanishes(g.add(reverse, g.add(reverse, y)));
    }

    /** {@code -0 + 0} is 0, and a constant that stretches the operand does something. */
    @Test
    void whatChangesABitStays() {
        Value ones = g.constant(Tensor.full(TensorSpec.float32(4, 1, 1), 1));
        Graph prepared = prepare(graph(g.add(x, 0), g.mul(x, ones)));
        assertEquals(2, ops(prepared).stream().filter("Binary"::equals).count());
    }

    @Test
    void aTransposeOfAxesOfSizeOneIsAReshape() {
        Value pooled = g.reduce(ReduceFn.MEAN, g.reshape(x, Shape.of(2, 1, 1, 3)), List.of(1, 2), true);
        Value y = g.unary(UnaryFn.EXP, g.transpose(pooled, List.of(0, 3, 1, 2)));
        assertTrue(ops(prepare(graph(y))).stream().noneMatch("Transpose"::equals));
    }

    @Test
    void equalNodesAreOne() {
        Tensor shared = Tensor.scalar(0.5f);
        Value a = g.unary(UnaryFn.EXP, g.mul(x, g.constant(shared)));
        Value b = g.unary(UnaryFn.EXP, g.mul(x, g.constant(shared)));
        Value c = g.unary(UnaryFn.EXP, g.mul(x, g.constant(Tensor.scalar(0.5f))));
        Graph prepared = prepare(graph(a, b, c));
        assertSame(prepared.outputs().get("y0"), prepared.outputs().get("y1"));
        assertTrue(prepared.outputs().get("y0") != prepared.outputs().get("y2"));
    }

    @Test
    void deadNodesGoAndInputsStay() {
        g.unary(UnaryFn.TANH, x);
        g.input("unused", TensorSpec.float32(1));
        Graph prepared = prepare(graph(g.unary(UnaryFn.RELU, x)));
        assertEquals(List.of("Unary"), ops(prepared));
        assertEquals(List.of("x", "unused"), List.copyOf(prepared.inputs().keySet()));
    }

    @Test
    void constantsFoldButDoNotGrow() {
        Value small = g.broadcast(g.scalar(2, DataType.FLOAT32), Shape.of(2, 3));
        Value large = g.broadcast(g.scalar(2, DataType.FLOAT32), Shape.of(1 << 10, 1 << 9));
        Value iota = g.add(new IndexingOp.Iota(DataType.INT64, Shape.of(1 << 18), 0));
        Graph prepared = prepare(graph(small, large, iota));
        assertEquals(List.of("Constant", "Constant", "Broadcast", "Iota"), ops(prepared));
    }

    @Test
    void whatFailsIsNotFolded() {
        Value zero = g.constant(Tensor.of(new int[] {1, 0}, 2));
        Value quotient = g.binary(BinaryFn.DIV, g.constant(Tensor.of(new int[] {4, 4}, 2)), zero);
        Value index = g.constant(Tensor.of(new long[] {5}, 1));
        Value outside = g.add(new IndexingOp.Gather(0), g.constant(Tensor.of(new float[] {1}, 1)), index);
        assertEquals(
                List.of("Binary", "Gather"),
                ops(prepare(graph(quotient, outside))).stream()
                        .filter(op -> !op.equals("Constant"))
                        .toList());
        assertEquals(
                Optional.empty(),
                ConstantFolding.evaluate(new ElementwiseOp.Cast(DataType.FLOAT8E5M2), List.of(Tensor.scalar(1f))));
    }

    @Test
    void compositesThatAreClaimedStay() {
        Graph graph = graph(g.add(new Softmax(-1), x), g.add(new HardSigmoid(0.2, 0.5), x));
        Graph prepared = Passes.prepare(graph, Layout.CHANNELS_LAST, node -> node.op() instanceof Softmax);
        assertTrue(ops(prepared).contains("Softmax"));
        assertTrue(!ops(prepared).contains("HardSigmoid"));
        assertSame(prepared, Passes.prepare(prepared, Layout.CHANNELS_LAST, node -> node.op() instanceof Softmax));
    }

    @Test
    void passesReachTheBodiesOfScans() {
        GraphBuilder body = new GraphBuilder();
        Value state = body.input("state", TensorSpec.float32(2, 3));
        body.unary(UnaryFn.TANH, state);
        body.output("next", body.add(new Softmax(-1), body.mul(state, 1)));
        Op scan = new ControlOp.Scan(body.build(), 1, 0, 4, false);
        Graph prepared = prepare(graph(g.add(scan, x)));
        ControlOp.Scan rewritten = (ControlOp.Scan) prepared.nodes().getFirst().op();
        assertEquals(List.of("Reduce", "Binary", "Unary", "Reduce", "Binary"), ops(rewritten.body()));
        assertSame(prepared, prepare(prepared));
    }

    /** A graph prepared once keeps its constants when it is bound, and stays prepared. */
    @Test
    void namedDimensionsMayStay() {
        Shape images = Shape.of(3, 4, 4).prepend(Dim.named("batch"));
        Value image = g.input("image", new TensorSpec(DataType.FLOAT32, images));
        Value last = g.transpose(image, List.of(0, 2, 3, 1));
        Value scaled = g.mul(last, g.mul(g.constant(Tensor.of(new float[] {1, 2, 3}, 3)), 0.5));
        Graph prepared = prepare(graph(scaled));
        Graph bound = prepared.bind(Map.of("batch", 5));
        assertSame(bound, prepare(bound));
        List<Optional<Tensor>> before = constants(prepared);
        List<Optional<Tensor>> after = constants(bound);
        assertSame(before.getFirst().orElseThrow(), after.getFirst().orElseThrow());
    }

    private static List<Optional<Tensor>> constants(Graph graph) {
        return graph.nodes().stream()
                .map(node -> node.output().constant())
                .filter(Optional::isPresent)
                .toList();
    }
}
