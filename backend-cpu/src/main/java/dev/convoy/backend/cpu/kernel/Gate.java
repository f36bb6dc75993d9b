package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import dev.convoy.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** {@code x > limit ? a : 0} of float32 in one pass, as in the gradient of ReLU. */
public final class Gate implements Kernel {

    private static final int GRAIN = 1 << 14;
    private static final int A = 2;

    private final float limit;
    private final int size;
    private final Engine engine;

    /**
     * @param step a comparison and a selection that {@link #match} joined
     */
    public Gate(Step step, Engine engine) {
        limit = scalar(step.first().input(1)).orElseThrow();
        size = Math.toIntExact(step.last().output().shape().elements());
        this.engine = engine;
    }

    /** The fusion rule: a comparison with a constant decides between an operand and zero. */
    public static List<Node> match(Node first, Uses uses) {
        if (!(first.op() instanceof Compare(CompareFn fn)) || fn != CompareFn.GT) {
            return List.of();
        }
        Value x = first.input(0);
        boolean limited =
                x.spec().type() == DataType.FLOAT32 && scalar(first.input(1)).isPresent();
        return uses.onlyUser(first.output())
                .filter(user -> limited && user.op() instanceof Select && user.input(0) == first.output())
                .filter(select -> select.input(1).spec().equals(x.spec()))
                .filter(select ->
                        scalar(select.input(2)).filter(Gate::isPositiveZero).isPresent())
                .map(select -> List.of(first, select))
                .orElse(List.of());
    }

    static boolean isPositiveZero(float value) {
        return Float.floatToRawIntBits(value) == 0;
    }

    /** The number that a value is, if it is a constant of float32 without axes. */
    static Optional<Float> scalar(Value value) {
        return value.spec().type() == DataType.FLOAT32 && value.shape().rank() == 0
                ? value.constant().map(constant -> constant.floats()[0])
                : Optional.empty();
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] a = arguments.floats(A);
        float[] y = arguments.result();
        engine.threads().range(size, GRAIN, (from, to) -> engine.loops().pass(x, limit, a, y, from, to));
    }
}
