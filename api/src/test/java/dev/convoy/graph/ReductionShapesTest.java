package dev.convoy.graph;

import static dev.convoy.graph.Rules.b;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.l;

import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionShapesTest {

    static Stream<Arguments> results() {
        return Stream.of(
                gives(f(2, 4), new Reduce(ReduceFn.SUM, List.of(1), false), f(2, 3, 4)),
                gives(f(1, 3, 1), new Reduce(ReduceFn.MEAN, List.of(0, 2), true), f(2, 3, 4)),
                gives(f(), new Reduce(ReduceFn.PROD, List.of(0), false), f(0)),
                gives(i(2), new Reduce(ReduceFn.MAX, List.of(), false), i(2)),
                gives(b(), new Reduce(ReduceFn.MIN, List.of(0), false), b(3)),
                gives(l(2, 4), new ArgReduce(true, 1, false, false), f(2, 3, 4)),
                gives(l(2, 1), new ArgReduce(false, 1, true, true), i(2, 3)),
                gives(f(2, 3), new Cumulative(ReduceFn.SUM, 1, true, false), f(2, 3)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                breaks("reduce.C1", new Reduce(ReduceFn.SUM, List.of(0), false), b(2)),
                breaks("reduce.C2", new Reduce(ReduceFn.SUM, List.of(1, 0), false), f(2, 3)),
                breaks("reduce.C2", new Reduce(ReduceFn.SUM, List.of(1, 1), false), f(2, 3)),
                breaks("reduce.C2", new Reduce(ReduceFn.SUM, List.of(2), false), f(2, 3)),
                breaks("reduce.C2", new Reduce(ReduceFn.SUM, List.of(-1), false), f(2, 3)),
                breaks("reduce.C3", new Reduce(ReduceFn.MEAN, List.of(1), false), f(2, 0)),
                breaks("arg_reduce.C1", new ArgReduce(true, 0, false, false), b(2)),
                breaks("arg_reduce.C2", new ArgReduce(true, 1, false, false), f(2)),
                breaks("arg_reduce.C2", new ArgReduce(true, 0, false, false), f(0)),
                breaks("cumulative.C1", new Cumulative(ReduceFn.MAX, 0, false, false), f(2)),
                breaks("cumulative.C2", new Cumulative(ReduceFn.SUM, 1, false, false), f(2)),
                breaks("top_k.C2", new TopK(4, 0, true), f(3)),
                breaks("top_k.C2", new TopK(-1, 0, true), f(3)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void topKHasTwoResults() {
        Rules.assertGives(List.of(i(2, 2), l(2, 2)), new TopK(2, 1, false), List.of(i(2, 5)));
        Rules.assertGives(List.of(f(0), l(0)), new TopK(0, 0, true), List.of(f(3)));
    }
}
