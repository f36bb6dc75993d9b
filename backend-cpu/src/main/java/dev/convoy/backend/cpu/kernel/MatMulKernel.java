package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Matrix product of float32. If all left matrices meet the same right one, they are one tall matrix. */
final class MatMulKernel implements Kernel {

    private record Form(int start, boolean transposed) {}

    private final Engine engine;
    private final MatMul op;
    private final Stack stack;
    private final Epilogue epilogue;
    private final List<RightOperand> rights = new ArrayList<>();

    MatMulKernel(MatMul op, Step step, Engine engine) {
        this.engine = engine;
        this.op = op;
        stack = Stack.of(op, step.first());
        epilogue = Epilogue.of(step);
        Value b = step.first().input(1);
        for (int start : stack.rightStarts()) {
            rights.add(new RightOperand(
                    engine,
                    b,
                    new Form(start, op.transposeB()),
                    stack.k(),
                    stack.n(),
                    array -> op.transposeB()
                            ? RightMatrix.of(array, start, 1, stack.k())
                            : RightMatrix.of(array, start, stack.n(), 1)));
        }
    }

    @Override
    public @Nullable Object newWorkspace() {
        return rights.size() == 1 ? rights.getFirst().newWorkspace() : null;
    }

    @Override
    public String describe() {
        return "GEMM";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, stack.n());
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX
                || rights.isEmpty()
                || rights.getFirst().isRead();
    }

    @Override
    public long packedBytes() {
        return rights.stream().mapToLong(RightOperand::packedBytes).sum();
    }

    @Override
    public void run(Arguments arguments) {
        int count = stack.leftStarts().length;
        if (rights.size() == 1) {
            Panels shared = rights.getFirst().panels(arguments, (Panels) arguments.workspaceOrNull());
            for (int i = 0; i < count; i++) {
                multiply(arguments, i, shared);
            }
            return;
        }
        engine.threads().forEach(count, i -> {
            Panels panels = rights.get(stack.rightOf()[i]).panels(arguments, null);
            multiply(arguments, i, panels);
        });
    }

    private void multiply(Arguments arguments, int i, Panels panels) {
        LeftMatrix left = op.transposeA()
                ? LeftMatrix.of(arguments.floats(0), stack.leftStarts()[i], 1, stack.m())
                : LeftMatrix.of(arguments.floats(0), stack.leftStarts()[i], stack.k(), 1);
        int pitch = arguments.place().pitch(stack.n());
        int start = arguments.place().start() + i * stack.m() * pitch;
        engine.gemm()
                .run(
                        left,
                        stack.m(),
                        panels,
                        arguments.result(),
                        start,
                        pitch,
                        epilogue.finish(arguments, 0, stack.n(), panels.width()));
    }

    /**
     * The pairs of matrices of a product whose outer axes broadcast.
     *
     * @param leftStarts for each product, where its left matrix begins
     * @param rightStarts where each right matrix begins
     * @param rightOf for each product, which right matrix it takes
     */
    record Stack(int m, int n, int k, int[] leftStarts, int[] rightStarts, int[] rightOf) {

        /** Whether it is one product. */
        boolean isOne() {
            return leftStarts.length == 1 && rightStarts.length == 1;
        }

        static Stack of(MatMul op, Node node) {
            Shape a = node.input(0).shape();
            Shape b = node.input(1).shape();
            Shape y = node.output().shape();
            int m = y.size(-2);
            int n = y.size(-1);
            int k = a.size(op.transposeA() ? -2 : -1);
            Shape outer = y.slice(0, y.rank() - 2);
            Shape outerB = b.slice(0, b.rank() - 2);
            boolean oneRight = outerB.elements() == 1;
            if (oneRight && !op.transposeA()) {
                boolean whole = a.slice(0, a.rank() - 2).elements() == outer.elements();
                if (whole) {
                    int rows = Math.toIntExact(outer.elements() * m);
                    return new Stack(rows, n, k, new int[] {0}, new int[] {0}, new int[] {0});
                }
            }
            int[] left = numbers(a.slice(0, a.rank() - 2), outer);
            int[] right = numbers(outerB, outer);
            int rights = Math.toIntExact(outerB.elements());
            int[] leftStarts = new int[left.length];
            for (int i = 0; i < left.length; i++) {
                leftStarts[i] = left[i] * m * k;
            }
            int[] rightStarts = new int[rights];
            for (int i = 0; i < rights; i++) {
                rightStarts[i] = i * k * n;
            }
            return new Stack(m, n, k, leftStarts, rightStarts, right);
        }

        private static int[] numbers(Shape operand, Shape outer) {
            int count = Math.toIntExact(outer.elements());
            int[] all = IntStream.range(0, Math.toIntExact(operand.elements())).toArray();
            int[] numbers = new int[count];
            MovementKernels.broadcast(operand, outer).copy(all, numbers, 0, 0, count);
            return numbers;
        }
    }
}
