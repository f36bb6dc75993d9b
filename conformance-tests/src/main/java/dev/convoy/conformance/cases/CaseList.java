package dev.convoy.conformance.cases;

import dev.convoy.conformance.cases.OpCase.Expectation;
import dev.convoy.graph.Op;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects the cases of one op. */
final class CaseList {

    private final List<OpCase> cases = new ArrayList<>();

    /** A case whose results are derived by hand and have to be met exactly. */
    void exact(String rule, String name, Op op, List<Tensor> operands, Tensor... results) {
        close(rule, name, Tolerance.EXACT, op, operands, results);
    }

    /** A case whose results are derived by hand. */
    void close(String rule, String name, Tolerance tolerance, Op op, List<Tensor> operands, Tensor... results) {
        Expectation expectation = new Expectation.Results(List.of(results));
        cases.add(new OpCase(rule, name, op, operands, Set.of(), expectation, tolerance, true));
    }

    /** A case that a backend may refuse to run. */
    void optional(String rule, String name, Op op, List<Tensor> operands, Tensor... results) {
        Expectation expectation = new Expectation.Results(List.of(results));
        cases.add(new OpCase(rule, name, op, operands, Set.of(), expectation, Tolerance.EXACT, false));
    }

    /** A case whose results the reference interpreter gives. */
    void reference(String rule, String name, Tolerance tolerance, Op op, List<Tensor> operands) {
        reference(rule, name, tolerance, op, operands, Set.of());
    }

    /** The same, with some operands held by the graph as constants. */
    void reference(
            String rule, String name, Tolerance tolerance, Op op, List<Tensor> operands, Set<Integer> constants) {
        cases.add(new OpCase(rule, name, op, operands, constants, new Expectation.Reference(), tolerance, true));
    }

    /** A case whose results the reference interpreter gives, and that a backend may refuse to run. */
    void optionalReference(String rule, String name, Op op, List<Tensor> operands) {
        cases.add(new OpCase(rule, name, op, operands, Set.of(), new Expectation.Reference(), Tolerance.EXACT, false));
    }

    /** A case that has to fail when it runs. */
    void fails(String rule, String name, Op op, List<Tensor> operands) {
        cases.add(new OpCase(rule, name, op, operands, Set.of(), new Expectation.Failure(), Tolerance.EXACT, true));
    }

    List<OpCase> all() {
        return List.copyOf(cases);
    }
}
