package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.update.UpdateOp;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import dev.convoy.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@link UpdateOp} of float32 whose formula is elementwise, in one pass over parameter, gradient and slots, together with
 * what is done to the parameter or the gradient just before, such as weight decay.
 */
public final class UpdateKernel implements Kernel {

    private static final int GRAIN = 1 << 14;

    private final ElementProgram program;
    private final Engine engine;

    /**
     * @param step an update, or what {@link #match} joined
     */
    public UpdateKernel(Step step, Engine engine) {
        program = new ElementProgram(step, engine);
        this.engine = engine;
    }

    /** Whether the formula of an update is elementwise. */
    public static boolean suits(UpdateOp op, Node node) {
        return ElementProgram.suits(op, node);
    }

    /** The fusion rule: elementwise ops, each of which only the next one takes, the last of them only an update. */
    public static List<Node> match(Node first, Uses uses) {
        List<Node> chain = new ArrayList<>(List.of(first));
        Optional<Node> next = Optional.of(first);
        while (next.isPresent() && isElementwise(next.get())) {
            next = uses.onlyUser(next.get().output());
            next.ifPresent(chain::add);
        }
        boolean joins = chain.size() > 1
                && chain.getLast().op() instanceof UpdateOp
                && chain.getLast()
                        .outputs()
                        .getFirst()
                        .shape()
                        .equals(first.output().shape());
        return joins ? chain : List.of();
    }

    /** Whether a node takes and gives float32 of one shape, and single numbers. */
    private static boolean isElementwise(Node node) {
        return node.op() instanceof ElementwiseOp
                && node.output().spec().type() == DataType.FLOAT32
                && node.inputs().stream().allMatch(v -> fits(v, node.output()));
    }

    private static boolean fits(Value operand, Value result) {
        return operand.spec().type() == DataType.FLOAT32
                && (operand.shape().elements() == 1
                        || operand.shape().elements() == result.shape().elements());
    }

    @Override
    public String describe() {
        return "one pass";
    }

    @Override
    public void run(Arguments arguments) {
        ElementProgram.Run run = program.begin(arguments);
        engine.threads().range(program.size(), GRAIN, run::compute);
    }
}
