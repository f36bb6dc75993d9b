package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;

/**
 * {@code a · bᵀ} of float32 as {@code (b · aᵀ)ᵀ}, for a that has few rows and b that changes from run to run, as in the
 * gradient of the data of a dense layer: b is read where it lies instead of being packed. Each element is summed as in the
 * product itself.
 */
final class TurnedMatMul implements Kernel {

    /** Tiles whose sums stay in the first-level cache until they are turned. */
    private static final int TILES = 8;

    private static final int LANES = 16;
    private static final Scratch SUMS = new Scratch();

    private final Engine engine;
    private final int m;
    private final int n;
    private final int k;

    TurnedMatMul(MatMul op, Step step, Engine engine) {
        this.engine = engine;
        MatMulKernel.Stack stack = MatMulKernel.Stack.of(op, step.first());
        m = stack.m();
        n = stack.n();
        k = stack.k();
    }

    /** Rows of a become columns, which should fill vectors; and turning the result should cost less than packing b. */
    static boolean suits(MatMul op, Step step) {
        MatMulKernel.Stack stack = MatMulKernel.Stack.of(op, step.first());
        return stack.isOne()
                && op.transposeB()
                && !op.transposeA()
                && step.nodes().size() == 1
                && step.first().input(RightOperand.INDEX).constant().isEmpty()
                && stack.n() > 0
                && stack.m() >= LANES
                && 2 * stack.m() <= stack.k()
                && 3 * Math.ceilDiv(stack.m(), LANES) * LANES <= 4 * stack.m();
    }

    @Override
    public String describe() {
        return "GEMM, turned";
    }

    @Override
    public Object newWorkspace() {
        return engine.gemm().kernel().newPanels(k, m);
    }

    @Override
    public void run(Arguments arguments) {
        Gemm gemm = engine.gemm();
        float[] b = arguments.floats(RightOperand.INDEX);
        float[] y = arguments.result();
        Panels columns = (Panels) arguments.workspace();
        gemm.pack(RightMatrix.of(arguments.floats(0), 0, 1, k), columns);
        int block = TILES * gemm.kernel().maxTileHeight();
        engine.threads().forEach(Math.ceilDiv(n, block), (long) m * n * k, i -> {
            int first = i * block;
            int rows = Math.min(block, n - first);
            float[] sums = SUMS.array(2 * block * m);
            int turned = block * m;
            gemm.runAlone(LeftMatrix.of(b, first * k, k, 1), rows, columns, sums, 0, m, Finish.NONE);
            gemm.kernel().turn(sums, rows, m, sums, turned, block);
            for (int row = 0; row < m; row++) {
                System.arraycopy(sums, turned + row * block, y, row * n + first, rows);
            }
        });
    }
}
