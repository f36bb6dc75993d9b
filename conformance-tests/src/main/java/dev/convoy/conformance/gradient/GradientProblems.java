package dev.convoy.conformance.gradient;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** All gradient problems, by op or function. The same seeds give the same problems. */
public final class GradientProblems {

    private final SequencedMap<String, List<GradientProblem>> problems = new LinkedHashMap<>();

    private GradientProblems() {}

    /** The problems of every core op and composite, under {@code unary.EXP}, {@code Convolution} and so on. */
    public static SequencedMap<String, List<GradientProblem>> all() {
        GradientProblems all = new GradientProblems();
        ElementwiseProblems.add(all);
        ReductionProblems.add(all);
        ContractionProblems.add(all);
        SpatialProblems.add(all);
        MovementProblems.add(all);
        IndexingProblems.add(all);
        ControlProblems.add(all);
        CompositeProblems.add(all);
        return Collections.unmodifiableSequencedMap(all.problems);
    }

    /** So many problems of each op and composite as suit a backend's conformance run, evenly taken from {@link #all}. */
    public static SequencedMap<String, List<GradientProblem>> sample() {
        SequencedMap<String, List<GradientProblem>> sample = new LinkedHashMap<>();
        all().forEach((name, problems) -> {
            int stride = problems.size() < 100 ? 4 : 7;
            sample.put(
                    name,
                    IntStream.range(0, problems.size())
                            .filter(i -> i % stride == 0)
                            .mapToObj(problems::get)
                            .toList());
        });
        return Collections.unmodifiableSequencedMap(sample);
    }

    /** Adds the problems that a generator gives for the seeds from 0 on. Without any, the name is left out. */
    void generate(String name, int seeds, LongFunction<List<GradientProblem>> generator) {
        List<GradientProblem> list = new ArrayList<>();
        for (long seed = 0; seed < seeds; seed++) {
            list.addAll(generator.apply(seed));
        }
        if (!list.isEmpty()) {
            problems.put(name, List.copyOf(list));
        }
    }
}
