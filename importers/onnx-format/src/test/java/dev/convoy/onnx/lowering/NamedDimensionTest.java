package dev.convoy.onnx.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs whose batch is named run on any batch, without being written again. */
class NamedDimensionTest {

    private static final Dim N = Dim.named("batch");

    private static Shape batched(Integer... sizes) {
        return Shape.of(List.of(sizes)).prepend(N);
    }

    @ParameterizedTest
    @EnumSource
    void movesCountsAndReducesAlongTheBatch(Target target) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", new TensorSpec(DataType.FLOAT32, batched(2, 3)));
        g.output("flat", g.reshape(x, batched(6)));
        g.output("spread", g.broadcast(g.constant(Tensor.of(new float[] {1, 2}, 2)), batched(2)));
        g.output("rows", g.add(new IndexingOp.Iota(DataType.INT32, batched(2), 0)));
        g.output("whole", g.slice(x, 1, 1, 2));
        g.output("total", g.reduce(ReduceFn.SUM, x, List.of(0, 1, 2), false));
        Value whole = g.cast(x, DataType.INT32);
        g.output("mean", g.reduce(ReduceFn.MEAN, whole, List.of(0), false));
        g.output("products", g.add(new ReductionOp.Cumulative(ReduceFn.PROD, 2, false, false), x));
        g.output(
                "padded", g.add(new MovementOp.Pad(MovementOp.PadMode.WRAP, List.of(0, 0, 1), List.of(0, 0, 0), 0), x));
        Graph graph = g.build();
        for (int batch : new int[] {1, 4}) {
            float[] values = new float[batch * 6];
            for (int i = 0; i < values.length; i++) {
                values[i] = i + 1;
            }
            Tensor given = Tensor.of(values, batch, 2, 3);
            Map<String, Tensor> results = Subject.run(new OrtBackend(target), graph, Map.of("x", given));
            assertEquals(given.reshape(batch, 6), results.get("flat"));
            assertEquals(Shape.of(batch, 2), results.get("spread").shape());
            int[] rows = results.get("rows").ints();
            assertEquals(batch - 1, rows[rows.length - 1]);
            assertEquals(
                    values.length * (values.length + 1) / 2f,
                    results.get("total").floats()[0]);
            // Element 0 of each row of the batch: 1, 7, 13, 19; their mean is 10.
            assertEquals(batch == 1 ? 1 : 10, results.get("mean").ints()[0]);
            assertEquals(6f, results.get("products").floats()[2]);
            assertEquals(3f, results.get("padded").floats()[0]);
            assertEquals(4f, results.get("whole").floats()[0]);
        }
    }

    /** A body that reads a value from outside and has the batch in its carried value: sums x + 10 over three steps. */
    @ParameterizedTest
    @EnumSource
    void scansWithABatch(Target target) {
        GraphBuilder body = new GraphBuilder();
        Value sum = body.input("sum", new TensorSpec(DataType.FLOAT32, batched(2)));
        Value step = body.input("step", new TensorSpec(DataType.FLOAT32, batched(2)));
        Value bias = body.input("bias", TensorSpec.float32(2));
        Value next = body.add(sum, body.add(step, body.broadcast(bias, batched(2))));
        body.output("sum", next);
        body.output("each", next);
        GraphBuilder g = new GraphBuilder();
        Value start = g.input("start", new TensorSpec(DataType.FLOAT32, batched(2)));
        Value steps =
                g.input("steps", new TensorSpec(DataType.FLOAT32, Shape.ofDims(List.of(Dim.of(3), N, Dim.of(2)))));
        Value ten = g.constant(Tensor.of(new float[] {10, 10}, 2));
        List<Value> results = g.add(new ControlOp.Scan(body.build(), 1, 1, 3, false), List.of(start, steps, ten));
        g.output("last", results.get(0));
        g.output("each", results.get(1));
        Map<String, Tensor> run = Subject.run(
                new OrtBackend(target),
                g.build(),
                Map.of(
                        "start", Tensor.of(new float[] {0, 1}, 1, 2),
                        "steps", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 1, 2)));
        assertEquals(Tensor.of(new float[] {39, 43}, 1, 2), run.get("last"));
        assertEquals(Tensor.of(new float[] {11, 13, 24, 27, 39, 43}, 3, 1, 2), run.get("each"));
    }

    /** Positions count within the plane, whatever the image in the batch. */
    @Test
    void poolsABatchOfInfinities() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", new TensorSpec(DataType.FLOAT32, batched(1, 2, 2)));
        List<Value> results = g.add(new SpatialOp.MaxPool(Window.of(2, 2), false, Layout.CHANNELS_FIRST), List.of(x));
        g.output("values", results.get(0));
        g.output("places", results.get(1));
        float low = Float.NEGATIVE_INFINITY;
        Map<String, Tensor> run = Subject.run(
                new OrtBackend(Target.ONNX_RUNTIME),
                g.build(),
                Map.of("x", Tensor.of(new float[] {1, 3, 2, 0, low, low, -1, low}, 2, 1, 2, 2)));
        assertEquals(Tensor.of(new float[] {3, -1}, 2, 1, 1, 1), run.get("values"));
        assertEquals(Tensor.of(new long[] {1, 2}, 2, 1, 1, 1), run.get("places"));
    }

    @Test
    void poolsNothingButInfinities() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(1, 1, 2, 2));
        List<Value> results = g.add(new SpatialOp.MaxPool(Window.of(2, 2), false, Layout.CHANNELS_FIRST), List.of(x));
        g.output("values", results.get(0));
        g.output("places", results.get(1));
        float low = Float.NEGATIVE_INFINITY;
        Map<String, Tensor> run = Subject.run(
                new OrtBackend(Target.ONNX_RUNTIME),
                g.build(),
                Map.of("x", Tensor.of(new float[] {low, low, low, low}, 1, 1, 2, 2)));
        assertEquals(Tensor.of(new float[] {low}, 1, 1, 1, 1), run.get("values"));
        assertEquals(Tensor.of(new long[] {0}, 1, 1, 1, 1), run.get("places"));
    }
}
