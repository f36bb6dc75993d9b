package dev.convoy.graph;

import static dev.convoy.graph.Rules.b;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.shape;

import dev.convoy.graph.MovementOp.Broadcast;
import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.MovementOp.Reshape;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.MovementOp.Transpose;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MovementShapesTest {

    private static Slice slice(List<Integer> starts, List<Integer> ends, List<Integer> steps) {
        return new Slice(starts, ends, steps);
    }

    private static Pad pad(PadMode mode, List<Integer> before, List<Integer> after) {
        return new Pad(mode, before, after, 0);
    }

    static Stream<Arguments> results() {
        TensorSpec bytes = TensorSpec.of(DataType.UINT8, 2, 3);
        return Stream.of(
                gives(f(3, 4), new Reshape(shape(3, 4)), f(2, 6)),
                gives(f(), new Reshape(Shape.SCALAR), f(1, 1)),
                gives(bytes, new Reshape(shape(2, 3)), TensorSpec.of(DataType.UINT8, 6)),
                gives(f(4, 2, 3), new Transpose(List.of(2, 0, 1)), f(2, 3, 4)),
                gives(f(5, 2, 3), new Broadcast(shape(5, 2, 3)), f(2, 1)),
                gives(f(2, 3), slice(List.of(1, 0), List.of(3, Slice.TO_END), List.of(1, 2)), f(4, 5)),
                gives(f(0), slice(List.of(2), List.of(2), List.of(1)), f(4)),
                gives(b(2, 3), new Reverse(List.of(0, 1)), b(2, 3)),
                gives(f(3, 6), pad(PadMode.CONSTANT, List.of(1, 0), List.of(0, 3)), f(2, 3)),
                gives(f(5), pad(PadMode.REFLECT, List.of(2), List.of(0)), f(3)),
                gives(f(9), pad(PadMode.WRAP, List.of(3), List.of(3)), f(3)),
                gives(f(2, 8), new Concat(1), f(2, 3), f(2, 0), f(2, 5)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                breaks("reshape.C1", new Reshape(shape(5)), f(2, 3)),
                breaks("transpose.C1", new Transpose(List.of(0, 0)), f(2, 3)),
                breaks("transpose.C1", new Transpose(List.of(0)), f(2, 3)),
                breaks("broadcast.C1", new Broadcast(shape(3)), f(2, 3)),
                breaks("broadcast.C1", new Broadcast(shape(4, 3)), f(2, 3)),
                breaks("slice.C1", slice(List.of(0), List.of(1), List.of(1)), f(2, 3)),
                breaks("slice.C2", slice(List.of(2), List.of(1), List.of(1)), f(4)),
                breaks("slice.C2", slice(List.of(0), List.of(5), List.of(1)), f(4)),
                breaks("slice.C2", slice(List.of(-1), List.of(2), List.of(1)), f(4)),
                breaks("slice.C2", slice(List.of(0), List.of(2), List.of(0)), f(4)),
                breaks("reverse.C1", new Reverse(List.of(1, 0)), f(2, 3)),
                breaks("pad.C1", pad(PadMode.CONSTANT, List.of(-1), List.of(0)), f(2)),
                breaks("pad.C1", pad(PadMode.CONSTANT, List.of(1), List.of(0)), f(2, 3)),
                breaks("pad.C2", pad(PadMode.REFLECT, List.of(3), List.of(0)), f(3)),
                breaks("pad.C2", pad(PadMode.WRAP, List.of(0), List.of(4)), f(3)),
                breaks("pad.C2", pad(PadMode.EDGE, List.of(1), List.of(0)), f(0)),
                breaks("concat.C1", new Concat(0)),
                breaks("concat.C1", new Concat(1), f(2)),
                breaks("concat.C1", new Concat(0), f(2), i(2)),
                breaks("concat.C1", new Concat(0), f(2), f(2, 1)),
                breaks("concat.C2", new Concat(0), f(2, 3), f(2, 4)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void aNamedBatchStays() {
        Dim batch = Dim.named("batch");
        TensorSpec x = new TensorSpec(DataType.FLOAT32, Shape.ofDims(List.of(batch, Dim.of(6))));
        Shape split = Shape.ofDims(List.of(batch, Dim.of(2), Dim.of(3)));
        Rules.assertGives(List.of(x.withShape(split)), new Reshape(split), List.of(x));
        Slice columns = slice(List.of(0, 1), List.of(Slice.TO_END, 3), List.of(1, 1));
        Shape two = Shape.ofDims(List.of(batch, Dim.of(2)));
        Rules.assertGives(List.of(x.withShape(two)), columns, List.of(x));
        Rules.assertBreaks("reshape.C1", new Reshape(shape(6)), List.of(x));
    }
}
