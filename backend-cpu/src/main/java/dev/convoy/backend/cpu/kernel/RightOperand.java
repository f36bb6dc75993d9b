package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The right matrix of a product: packed when the graph is compiled if it is a constant, else in each run. */
final class RightOperand {

    /** Its place among a step's operands. */
    static final int INDEX = 1;

    private final Engine engine;
    private final @Nullable Panels constant;
    private final int k;
    private final int n;
    private final Function<float[], RightMatrix> view;

    /**
     * @param form what distinguishes this packing of the operand from others
     * @param view the matrix in the operand's array
     */
    RightOperand(Engine engine, Value operand, Object form, int k, int n, Function<float[], RightMatrix> view) {
        this.engine = engine;
        this.k = k;
        this.n = n;
        this.view = view;
        constant = operand.constant()
                .map(tensor ->
                        engine.packed().get(tensor, form, () -> engine.gemm().pack(view.apply(tensor.floats()), k, n)))
                .orElse(null);
    }

    /** Memory for packing in each run; null for a constant. */
    @Nullable
    Panels newWorkspace() {
        return constant == null ? engine.gemm().kernel().newPanels(k, n) : null;
    }

    /** Whether a run needs the operand's array. */
    boolean isRead() {
        return constant == null;
    }

    /** The size of a packed constant; 0 if the operand is none. */
    long packedBytes() {
        return constant == null ? 0 : constant.bytes();
    }

    /**
     * The packed matrix.
     *
     * @param arguments whose second operand this is, asked for if it {@link #isRead}
     * @param workspace what {@link #newWorkspace} made
     */
    Panels panels(Arguments arguments, @Nullable Panels workspace) {
        if (constant != null) {
            return constant;
        }
        Panels panels = workspace == null ? engine.gemm().kernel().newPanels(k, n) : workspace;
        engine.gemm().pack(view.apply(arguments.floats(INDEX)), panels);
        return panels;
    }
}
