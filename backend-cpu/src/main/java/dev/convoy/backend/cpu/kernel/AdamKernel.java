package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.Moments;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;

/**
 * {@link AdamUpdate} of float32 in one pass over all arrays; with AMSGrad, block by block.
 */
public final class AdamKernel implements Kernel {

    private static final int BLOCK = 1024;
    private static final int GRAIN = 1 << 14;

    private final AdamUpdate op;
    private final int size;
    private final Engine engine;

    /**
     * @param size elements of the parameter
     */
    public AdamKernel(AdamUpdate op, int size, Engine engine) {
        this.op = op;
        this.size = size;
        this.engine = engine;
    }

    @Override
    public void run(Arguments arguments) {
        double rate = arguments.floats(2)[0];
        double step = ((long[]) arguments.input(3))[0];
        double alpha = rate * Math.sqrt(correction(op.beta2(), step)) / correction(op.beta1(), step);
        float[] oldMomentum = arguments.floats(4);
        float[] oldVelocity = arguments.floats(5);
        FlatLoops.AdamArrays arrays = new FlatLoops.AdamArrays(
                arguments.floats(1),
                arguments.floats(0),
                oldMomentum,
                oldVelocity,
                result(arguments, 0),
                result(arguments, 1),
                result(arguments, 2));
        FlatLoops.Adam rule = new FlatLoops.Adam(
                (float) op.beta1(),
                (float) (1 - op.beta1()),
                (float) op.beta2(),
                (float) (1 - op.beta2()),
                (float) Moments.SMALLEST,
                (float) alpha,
                (float) op.epsilon());
        if (!op.amsgrad()) {
            engine.threads().range(size, GRAIN, (from, to) -> engine.loops().adam(rule, arrays, from, to));
            return;
        }
        float[] largest = result(arguments, 3);
        float[] oldLargest = arguments.floats(6);
        engine.threads().range(size, BLOCK, (from, to) -> {
            engine.loops().adam(rule, arrays, from, to);
            larger(oldLargest, arrays.velocity(), largest, from, to);
            move(arrays, rule, largest, from, to);
        });
    }

    private static double correction(double beta, double step) {
        return -Math.expm1(step * Math.log(beta));
    }

    private float[] result(Arguments arguments, int index) {
        return arguments.wants(index) ? (float[]) arguments.output(index) : new float[size];
    }

    private static void larger(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    /** Moves from the old parameters again, now by the largest velocity. */
    private static void move(FlatLoops.AdamArrays arrays, FlatLoops.Adam rule, float[] divisor, int from, int to) {
        float[] old = arrays.old();
        float[] momentum = arrays.momentum();
        float[] parameter = arrays.parameter();
        for (int i = from; i < to; i++) {
            parameter[i] = old[i] - momentum[i] * rule.alpha() / ((float) Math.sqrt(divisor[i]) + rule.epsilon());
        }
    }
}
