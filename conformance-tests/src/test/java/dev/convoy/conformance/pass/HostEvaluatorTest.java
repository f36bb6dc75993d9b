package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.ConstantFolding;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What constant folding computes, held to the reference interpreter. */
class HostEvaluatorTest {

    private static final Tensor REALS =
            Tensor.of(new float[] {-7.5f, -1, -0.25f, -0f, 0, 1e-4f, 0.5f, 0.75f, 1, 2, 2.5f, Float.NaN}, 3, 4);
    private static final Tensor OTHERS = Tensor.of(new float[] {2, -1.5f, 3, 0.5f}, 4);
    private static final Tensor INTS = Tensor.of(new int[] {-9, 4, Integer.MAX_VALUE, 3, 3, 12}, 2, 3);
    private static final Tensor MORE_INTS = Tensor.of(new int[] {2, -3, 5}, 3);
    private static final Tensor LONGS = Tensor.of(new long[] {-9, 4, Long.MAX_VALUE, 3, 0, 1L << 40}, 2, 3);
    private static final Tensor BOOLS = Tensor.of(new boolean[] {true, false, false, true}, 4);

    private record Case(Op op, List<Tensor> operands) {
        static Case of(Op op, Tensor... operands) {
            return new Case(op, List.of(operands));
        }
    }

    static Stream<Case> elementwise() {
        List<Case> cases = new ArrayList<>();
        for (UnaryFn fn : UnaryFn.values()) {
            Stream.of(REALS, INTS, LONGS, BOOLS)
                    .filter(x -> fn.accepts(x.type()))
                    .forEach(x -> cases.add(Case.of(new ElementwiseOp.Unary(fn), x)));
        }
        for (BinaryFn fn : BinaryFn.values()) {
            Op op = new ElementwiseOp.Binary(fn);
            Stream.of(List.of(REALS, OTHERS), List.of(INTS, MORE_INTS), List.of(BOOLS, BOOLS))
                    .filter(x -> fn.accepts(x.getFirst().type()))
                    .forEach(x -> cases.add(new Case(op, x)));
        }
        for (CompareFn fn : CompareFn.values()) {
            cases.add(Case.of(new ElementwiseOp.Compare(fn), REALS, OTHERS));
            cases.add(Case.of(new ElementwiseOp.Compare(fn), INTS, MORE_INTS));
        }
        cases.add(Case.of(new ElementwiseOp.Select(), BOOLS, REALS, OTHERS));
        Arrays.stream(DataType.values())
                .filter(type -> type.isArithmetic() && type != DataType.FLOAT64)
                .forEach(type -> Stream.of(REALS, INTS, LONGS, BOOLS)
                        .forEach(x -> cases.add(Case.of(new ElementwiseOp.Cast(type), x))));
        return cases.stream();
    }

    static Stream<Case> others() {
        List<Case> cases = new ArrayList<>();
        for (ReduceFn fn : ReduceFn.values()) {
            for (List<Integer> axes : List.of(List.<Integer>of(), List.of(0), List.of(1), List.of(0, 1))) {
                cases.add(Case.of(new ReductionOp.Reduce(fn, axes, axes.size() == 1), REALS));
                cases.add(Case.of(new ReductionOp.Reduce(fn, axes, false), Tensor.of(new int[] {5, 2, -1, 4}, 2, 2)));
            }
        }
        Tensor ties = Tensor.of(new float[] {3, 1, 3, 1, 2, 2}, 2, 3);
        for (boolean flag : new boolean[] {true, false}) {
            cases.add(Case.of(new ReductionOp.ArgReduce(flag, 1, flag, !flag), ties));
            cases.add(Case.of(new ReductionOp.ArgReduce(flag, 0, flag, flag), REALS));
            cases.add(Case.of(new ReductionOp.Cumulative(ReduceFn.SUM, 1, flag, !flag), ties));
            cases.add(Case.of(new ReductionOp.Cumulative(ReduceFn.PROD, 0, !flag, !flag), INTS));
            cases.add(Case.of(new ReductionOp.TopK(2, 1, flag), ties));
        }
        cases.add(Case.of(new MovementOp.Reshape(Shape.of(2, 1, 6)), REALS));
        cases.add(Case.of(new MovementOp.Transpose(List.of(1, 0)), REALS));
        cases.add(Case.of(new MovementOp.Broadcast(Shape.of(2, 3, 4)), OTHERS));
        cases.add(Case.of(new MovementOp.Slice(List.of(1, 0), List.of(3, 4), List.of(1, 3)), REALS));
        cases.add(Case.of(new MovementOp.Reverse(List.of(0, 1)), BOOLS.reshape(2, 2)));
        for (PadMode mode : PadMode.values()) {
            cases.add(Case.of(new MovementOp.Pad(mode, List.of(1, 2), List.of(0, 1), -2), INTS));
        }
        cases.add(Case.of(new MovementOp.Concat(1), REALS, Tensor.of(new float[] {1, 2, 3}, 3, 1), REALS));
        Tensor indices = Tensor.of(new long[] {2, 0, 2, 1}, 2, 2);
        cases.add(Case.of(new IndexingOp.Gather(0), REALS, indices));
        cases.add(Case.of(new IndexingOp.Gather(1), LONGS, indices));
        for (ScatterFn fn : ScatterFn.values()) {
            Tensor updates = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
            cases.add(Case.of(new IndexingOp.Scatter(1, fn), REALS, Tensor.of(new int[] {3, 1, 3}, 3), updates));
        }
        cases.add(Case.of(new IndexingOp.Iota(DataType.INT64, Shape.of(2, 3, 2), 1)));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource({"elementwise", "others"})
    void equalsTheReference(Case tested) {
        List<Tensor> got =
                ConstantFolding.evaluate(tested.op(), tested.operands()).orElseThrow();
        List<Tensor> wanted = reference(tested);
        for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.get(i).shape(), got.get(i).shape());
            for (int j = 0; j < wanted.get(i).size(); j++) {
                double expected = wanted.get(i).get(j);
                if (got.get(i).type() == DataType.FLOAT32 && Float.isFinite((float) expected)) {
                    float bound = Math.ulp((float) expected);
                    assertEquals(expected, got.get(i).get(j), bound, "element " + j);
                } else {
                    assertEquals(expected, got.get(i).get(j), "element " + j);
                }
            }
        }
    }

    private static List<Tensor> reference(Case tested) {
        GraphBuilder g = new GraphBuilder();
        Map<String, Tensor> inputs = new HashMap<>();
        List<Value> operands = new ArrayList<>();
        for (Tensor operand : tested.operands()) {
            String name = "x" + inputs.size();
            inputs.put(name, operand);
            operands.add(g.input(name, operand.spec()));
        }
        List<Value> results = g.add(tested.op(), operands);
        for (int i = 0; i < results.size(); i++) {
            g.output("y" + i, results.get(i));
        }
        return List.copyOf(ReferenceInterpreter.run(g.build(), inputs, Parameters.empty())
                .outputs()
                .values());
    }
}
