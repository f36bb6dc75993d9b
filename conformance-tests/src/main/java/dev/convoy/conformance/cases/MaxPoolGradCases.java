package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Cases of {@link MaxPoolGrad}. */
public final class MaxPoolGradCases {

    private MaxPoolGradCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        MaxPoolGrad line = new MaxPoolGrad(CHANNELS_LAST, List.of(4));
        cases.exact(
                "meaning",
                "elements-go-to-their-indices",
                line,
                List.of(floats(shape(1, 2, 1), 5, 7), longs(shape(1, 2, 1), 3, 0)),
                floats(shape(1, 4, 1), 7, 0, 0, 5));
        cases.exact(
                "meaning",
                "what-meets-is-added",
                line,
                List.of(floats(shape(1, 3, 1), 1, 2, 4), longs(shape(1, 3, 1), 2, 2, 1)),
                floats(shape(1, 4, 1), 0, 4, 3, 0));
        Tensor dy = floats(shape(1, 1, 1, 2), 5, 7);
        Tensor indices = longs(shape(1, 1, 1, 2), 3, 0);
        cases.exact(
                "meaning",
                "channels-last",
                new MaxPoolGrad(CHANNELS_LAST, List.of(2, 2)),
                List.of(dy, indices),
                floats(shape(1, 2, 2, 2), 0, 7, 0, 0, 0, 0, 5, 0));
        cases.exact(
                "meaning",
                "channels-first",
                new MaxPoolGrad(CHANNELS_FIRST, List.of(2, 2)),
                List.of(dy.reshape(1, 2, 1, 1), indices.reshape(1, 2, 1, 1)),
                floats(shape(1, 2, 2, 2), 0, 0, 0, 5, 7, 0, 0, 0));
        cases.exact(
                "meaning",
                "images-do-not-mix",
                line,
                List.of(floats(shape(2, 1, 1), 5, 7), longs(shape(2, 1, 1), 1, 1)),
                floats(shape(2, 4, 1), 0, 5, 0, 0, 0, 7, 0, 0));
        cases.exact(
                "C2",
                "no-images",
                line,
                List.of(floats(shape(0, 2, 1)), longs(shape(0, 2, 1))),
                floats(shape(0, 4, 1)));
        cases.fails("C3", "index-behind-the-end", line, List.of(floats(shape(1, 1, 1), 5), longs(shape(1, 1, 1), 4)));
        cases.fails("C3", "negative-index", line, List.of(floats(shape(1, 1, 1), 5), longs(shape(1, 1, 1), -1)));
        for (SpatialProblem problem : SpatialProblem.poolings()) {
            Random random = new Random(problem.number() + 4000L);
            MaxPool pool = new MaxPool(problem.window(), false, problem.layout());
            Tensor winners = indices(pool, Operands.randomTies(random, problem.data()));
            List<Tensor> operands = List.of(Operands.random(random, winners.shape()), winners);
            MaxPoolGrad op = new MaxPoolGrad(problem.layout(), problem.size());
            int terms = problem.window().elements();
            cases.reference("meaning", "problem-" + problem.name(), new Tolerance.Summed(terms), op, operands);
        }
        return cases.all();
    }

    private static Tensor indices(MaxPool pool, Tensor x) {
        GraphBuilder g = new GraphBuilder();
        g.output("indices", g.add(pool, List.of(g.input("x", x.spec()))).get(1));
        return ReferenceInterpreter.run(g.build(), Map.of("x", x), Parameters.empty())
                .output("indices");
    }
}
