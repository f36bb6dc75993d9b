package dev.convoy.graph;

import static dev.convoy.graph.Rules.b;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.l;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.ElementwiseOp.Unary;
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

class ElementwiseShapesTest {

    static Stream<Arguments> results() {
        return Stream.of(
                gives(f(2, 3), new Unary(UnaryFn.TANH), f(2, 3)),
                gives(b(2, 3), new Unary(UnaryFn.IS_NAN), f(2, 3)),
                gives(b(), new Unary(UnaryFn.NOT), b()),
                gives(i(4), new Unary(UnaryFn.NOT), i(4)),
                gives(f(5, 2, 3), new Binary(BinaryFn.ADD), f(2, 1), f(5, 1, 3)),
                gives(f(0, 3), new Binary(BinaryFn.ADD), f(1, 3), f(0, 1)),
                gives(i(3), new Binary(BinaryFn.POW), i(3), i()),
                gives(b(2), new Binary(BinaryFn.XOR), b(2), b(1)),
                gives(b(2, 4), new Compare(CompareFn.LT), l(2, 1), l(4)),
                gives(b(2), new Compare(CompareFn.NE), b(2), b(2)),
                gives(f(2, 3, 4), new Select(), b(4), f(3, 1), f(2, 1, 1)),
                gives(TensorSpec.of(DataType.FLOAT16, 3), new Cast(DataType.FLOAT16), i(3)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                breaks("unary.C1", new Unary(UnaryFn.TANH), i(2)),
                breaks("unary.C1", new Unary(UnaryFn.NOT), f(2)),
                breaks("unary.C1", new Unary(UnaryFn.ABS), b(2)),
                breaks("unary.C1", new Unary(UnaryFn.ABS)),
                breaks("unary.C1", new Unary(UnaryFn.ABS), TensorSpec.of(DataType.FLOAT16, 2)),
                breaks("binary.C1", new Binary(BinaryFn.ADD), f(2), i(2)),
                breaks("binary.C1", new Binary(BinaryFn.AND), f(2), f(2)),
                breaks("binary.C1", new Binary(BinaryFn.ADD), b(2), b(2)),
                breaks("binary.C1", new Binary(BinaryFn.ADD), f(2)),
                breaks("binary.C2", new Binary(BinaryFn.ADD), f(2, 3), f(2)),
                breaks("compare.C1", new Compare(CompareFn.LT), b(2), b(2)),
                breaks("compare.C2", new Compare(CompareFn.EQ), f(2), f(3)),
                breaks("select.C1", new Select(), f(2), f(2), f(2)),
                breaks("select.C1", new Select(), b(2), f(2), i(2)),
                breaks("select.C2", new Select(), b(2), f(3), f(3)),
                breaks("cast.C1", new Cast(DataType.STRING), f(2)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void aNamedBatchBroadcasts() {
        Shape batch = Shape.ofDims(List.of(Dim.named("batch"), Dim.of(3)));
        TensorSpec x = new TensorSpec(DataType.FLOAT32, batch);
        Rules.assertGives(List.of(x), new Binary(BinaryFn.ADD), List.of(x, f(1, 3)));
        Rules.assertBreaks("binary.C2", new Binary(BinaryFn.ADD), List.of(x, f(2, 3)));
    }

    @Test
    void theMessageSaysAll() {
        GraphException e = assertThrows(
                GraphException.class,
                () -> ShapeInference.inferSpecs(new Binary(BinaryFn.ADD), List.of(f(2, 3), f(2, 4)), "block1/add"));
        assertEquals(
                "Binary in layer 'block1/add': shapes broadcast: axes aligned at the last one are equal or 1; expected"
                        + " 3, got 4 (input float32[2, 3], float32[2, 4]; Binary[fn=ADD]). [binary.C2]",
                e.getMessage());
    }
}
