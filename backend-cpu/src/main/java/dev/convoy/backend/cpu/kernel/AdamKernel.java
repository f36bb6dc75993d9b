package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.Moments;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;

/**
 * {@link AdamUpdate} of float32 without AMSGrad in one pass over all arrays.
 */
public final class AdamKernel implements Kernel {

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
        FlatLoops.AdamArrays arrays = new FlatLoops.AdamArrays(
                arguments.floats(1),
                arguments.floats(0),
                arguments.floats(4),
                arguments.floats(5),
                result(arguments, 0),
                result(arguments, 1),
                result(arguments, 2));
        FlatLoops.Adam rule = rule(op, arguments.floats(2)[0], ((long[]) arguments.input(3))[0]);
        engine.threads().range(size, GRAIN, (from, to) -> engine.loops().adam(rule, arrays, from, to));
    }

    /** The numbers of a step. */
    static FlatLoops.Adam rule(AdamUpdate op, double rate, double step) {
        double alpha = rate * Math.sqrt(correction(op.beta2(), step)) / correction(op.beta1(), step);
        return new FlatLoops.Adam(
                (float) op.beta1(),
                (float) (1 - op.beta1()),
                (float) op.beta2(),
                (float) (1 - op.beta2()),
                (float) Moments.SMALLEST,
                (float) alpha,
                (float) op.epsilon());
    }

    private static double correction(double beta, double step) {
        return -Math.expm1(step * Math.log(beta));
    }

    private float[] result(Arguments arguments, int index) {
        return arguments.wants(index) ? (float[]) arguments.output(index) : new float[size];
    }
}
