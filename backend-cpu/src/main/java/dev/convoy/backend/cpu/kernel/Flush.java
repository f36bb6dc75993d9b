package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Node;
import dev.convoy.graph.UnaryFn;
import dev.convoy.spi.interpret.Uses;
import java.util.List;

/** {@code |x| < smallest ? 0 : x} of float32, as optimizers do it to their moments, in one loop. */
final class Flush {

    private Flush() {}

    /** The three nodes, if a node is the first of them. */
    static List<Node> match(Node first, Uses uses) {
        if (!(first.op() instanceof Unary(UnaryFn fn)) || fn != UnaryFn.ABS) {
            return List.of();
        }
        return uses.onlyUser(first.output())
                .filter(node -> node.op() instanceof Compare(CompareFn than)
                        && than == CompareFn.LT
                        && Gate.scalar(node.input(1)).isPresent())
                .flatMap(compare -> uses.onlyUser(compare.output())
                        .filter(node -> node.op() instanceof Select
                                && node.input(0) == compare.output()
                                && Gate.scalar(node.input(1))
                                        .filter(Gate::isPositiveZero)
                                        .isPresent()
                                && node.input(2) == first.input(0))
                        .map(select -> List.of(first, compare, select)))
                .orElse(List.of());
    }

    /** The loop of a chain that {@link #match} found, from its x to its result. */
    static Flat.Loop loop(List<Node> chain, FlatLoops loops) {
        float smallest = Gate.scalar(chain.get(1).input(1)).orElseThrow();
        return (operands, y, from, to) -> {
            System.arraycopy(operands[0], from, y, from, to - from);
            loops.flush((float[]) y, smallest, from, to);
        };
    }
}
