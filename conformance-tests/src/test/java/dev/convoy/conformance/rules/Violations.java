package dev.convoy.conformance.rules;

import static dev.convoy.conformance.rules.Violation.bool;
import static dev.convoy.conformance.rules.Violation.f32;
import static dev.convoy.conformance.rules.Violation.i32;
import static dev.convoy.conformance.rules.Violation.i64;
import static dev.convoy.conformance.rules.Violation.of;
import static dev.convoy.conformance.rules.Violation.u8;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp.Broadcast;
import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.MovementOp.Reshape;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.MovementOp.Transpose;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;

/** Violations of all ops but the windowed ones. */
final class Violations {

    private Violations() {}

    static Stream<Violation> all() {
        return Stream.of(elementwise(), reductions(), movements(), indexing(), scan(), WindowViolations.all())
                .flatMap(violations -> violations);
    }

    private static Stream<Violation> elementwise() {
        Binary add = new Binary(BinaryFn.ADD);
        Compare less = new Compare(CompareFn.LT);
        Select select = new Select();
        return Stream.of(
                of("C1", "two operands", new Unary(UnaryFn.ABS), f32(2), f32(2)),
                of("C1", "exp of int32", new Unary(UnaryFn.EXP), i32(2)),
                of("C1", "not of float32", new Unary(UnaryFn.NOT), f32(2)),
                of("C1", "abs of uint8", new Unary(UnaryFn.ABS), u8(2)),
                of("C1", "one operand", add, f32(2)),
                of("C1", "different types", add, f32(2), i32(2)),
                of("C1", "add of bool", add, bool(2), bool(2)),
                of("C1", "and of float32", new Binary(BinaryFn.AND), f32(2), f32(2)),
                of("C2", "2 against 3", add, f32(2), f32(3)),
                of("C1", "different types", less, f32(2), i64(2)),
                of("C1", "order of bool", less, bool(2), bool(2)),
                of("C2", "2 against 3", less, f32(2), f32(3)),
                of("C1", "two operands", select, bool(2), f32(2)),
                of("C1", "condition of float32", select, f32(2), f32(2), f32(2)),
                of("C1", "choices of different types", select, bool(2), f32(2), i32(2)),
                of("C2", "condition too long", select, bool(3), f32(2), f32(2)),
                of("C1", "to string", new Cast(DataType.STRING), f32(2)),
                of("C1", "from complex", new Cast(DataType.FLOAT32), TensorSpec.of(DataType.COMPLEX64, 2)));
    }

    private static Stream<Violation> reductions() {
        return Stream.of(
                of("C1", "sum of bool", new Reduce(ReduceFn.SUM, List.of(0), false), bool(2)),
                of("C2", "axis behind the last", new Reduce(ReduceFn.SUM, List.of(1), false), f32(2)),
                of("C2", "negative axis", new Reduce(ReduceFn.SUM, List.of(-1), false), f32(2)),
                of("C2", "descending axes", new Reduce(ReduceFn.SUM, List.of(1, 0), false), f32(2, 2)),
                of("C2", "axis twice", new Reduce(ReduceFn.SUM, List.of(0, 0), false), f32(2, 2)),
                of("C3", "largest of nothing", new Reduce(ReduceFn.MAX, List.of(0), false), f32(0)),
                of("C3", "mean of nothing", new Reduce(ReduceFn.MEAN, List.of(1), true), f32(2, 0)),
                of("C1", "bool", new ArgReduce(true, 0, false, false), bool(2)),
                of("C2", "axis behind the last", new ArgReduce(true, 1, false, false), f32(2)),
                of("C2", "nothing to choose from", new ArgReduce(true, 0, false, false), f32(0)),
                of("C1", "running maximum", new Cumulative(ReduceFn.MAX, 0, false, false), f32(2)),
                of("C1", "bool", new Cumulative(ReduceFn.SUM, 0, false, false), bool(2)),
                of("C2", "axis behind the last", new Cumulative(ReduceFn.SUM, 1, false, false), f32(2)),
                of("C1", "bool", new TopK(1, 0, true), bool(2)),
                of("C2", "k beyond the size", new TopK(3, 0, true), f32(2)),
                of("C2", "negative k", new TopK(-1, 0, true), f32(2)),
                of("C2", "axis behind the last", new TopK(1, 1, true), f32(2)));
    }

    private static Stream<Violation> movements() {
        return Stream.of(
                of("C1", "another number of elements", new Reshape(Shape.of(5)), f32(2, 3)),
                of("C1", "two operands", new Reshape(Shape.of(2)), f32(2), f32(2)),
                of("C1", "axis left out", new Transpose(List.of(0)), f32(2, 3)),
                of("C1", "axis twice", new Transpose(List.of(0, 0)), f32(2, 3)),
                of("C1", "axis neither 1 nor the target's", new Broadcast(Shape.of(3)), f32(2)),
                of("C1", "target of lower rank", new Broadcast(Shape.of(3)), f32(1, 3)),
                of("C1", "an entry too few", new Slice(List.of(0), List.of(1), List.of(1)), f32(2, 3)),
                of("C2", "end behind the size", new Slice(List.of(0), List.of(3), List.of(1)), f32(2)),
                of("C2", "start behind the end", new Slice(List.of(2), List.of(1), List.of(1)), f32(2)),
                of("C2", "negative start", new Slice(List.of(-1), List.of(2), List.of(1)), f32(2)),
                of("C2", "step 0", new Slice(List.of(0), List.of(2), List.of(0)), f32(2)),
                of("C1", "axis behind the last", new Reverse(List.of(1)), f32(2)),
                of("C1", "descending axes", new Reverse(List.of(1, 0)), f32(2, 2)),
                of("C1", "an entry too few", pad(PadMode.CONSTANT, 1, 0), f32(2, 2)),
                of("C1", "negative pad", pad(PadMode.CONSTANT, -1, 0), f32(2)),
                of("C2", "reflect as many as there are", pad(PadMode.REFLECT, 2, 0), f32(2)),
                of("C2", "wrap more than there are", pad(PadMode.WRAP, 0, 3), f32(2)),
                of("C2", "edge of nothing", pad(PadMode.EDGE, 1, 0), f32(0)),
                of("C1", "no operand", new Concat(0)),
                of("C1", "different types", new Concat(0), f32(2), i32(2)),
                of("C1", "different ranks", new Concat(0), f32(2), f32(2, 1)),
                of("C1", "axis behind the last", new Concat(1), f32(2), f32(2)),
                of("C2", "another axis differs", new Concat(0), f32(2, 3), f32(2, 4)));
    }

    private static Pad pad(PadMode mode, int before, int after) {
        return new Pad(mode, List.of(before), List.of(after), 0);
    }

    private static Stream<Violation> indexing() {
        Scatter add = new Scatter(0, ScatterFn.ADD);
        return Stream.of(
                of("C1", "indices of float32", new Gather(0), f32(2), f32(1)),
                of("C1", "one operand", new Gather(0), f32(2)),
                of("C2", "axis behind the last", new Gather(1), f32(2), i32(1)),
                of("C1", "add of bool", add, bool(2), i32(1), bool(1)),
                of("C1", "indices of float32", add, f32(2), f32(1), f32(1)),
                of("C1", "matrix of indices", add, f32(2), i32(1, 1), f32(1)),
                of("C1", "updates of another type", add, f32(2), i32(1), i32(1)),
                of("C2", "axis behind the last", new Scatter(1, ScatterFn.SET), f32(2), i32(1), f32(1)),
                of("C3", "an update too many", add, f32(2, 3), i32(1), f32(2, 3)),
                of("C1", "bool", new Iota(DataType.BOOL, Shape.of(2), 0)),
                of("C1", "axis behind the last", new Iota(DataType.INT32, Shape.of(2), 1)),
                of("C1", "an operand", new Constant(Tensor.scalar(1f)), f32(2)));
    }

    private static Stream<Violation> scan() {
        Graph sum = sum(f32());
        return Stream.of(
                of("scan.C1", "negative count", () -> new Scan(sum, -1, 1, 3, false)),
                of("scan.C2", "negative length", () -> new Scan(sum, 1, 1, -1, false)),
                of("C1", "an operand too few", new Scan(sum, 1, 1, 3, false), f32()),
                of("C1", "carried value not given back", new Scan(swallowing(), 1, 0, 3, false), f32()),
                of("C1", "body with a parameter", new Scan(withParameter(), 1, 0, 3, false), f32()),
                of("C2", "another length", new Scan(sum, 1, 1, 3, false), f32(), f32(4)),
                of("C2", "a scanned scalar", new Scan(sum, 1, 1, 3, false), f32(), f32()),
                of("C3", "another type", new Scan(sum, 1, 1, 3, false), f32(), i32(3)),
                of("C3", "another shape", new Scan(sum, 1, 1, 3, false), f32(), f32(3, 2)),
                of("C4", "carried value grows", new Scan(sum(f32(2)), 1, 1, 3, false), f32(), f32(3, 2)));
    }

    private static Graph sum(TensorSpec element) {
        GraphBuilder g = new GraphBuilder();
        g.output("sum", g.add(g.input("sum", f32()), g.input("x", element)));
        return g.build();
    }

    private static Graph swallowing() {
        GraphBuilder g = new GraphBuilder();
        g.input("x", f32());
        return g.build();
    }

    private static Graph withParameter() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", f32());
        g.output("y", g.add(x, g.parameter("p", f32())));
        return g.build();
    }
}
