package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.Moments;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;

/**
 * {@link AdamUpdate} of float32 block by block, so that each array goes through the cache once. The loops index all arrays
 * alike and have no branch, which is why they are several.
 */
public final class AdamKernel implements Kernel {

    private static final int BLOCK = 1024;
    private static final float SMALLEST = (float) Moments.SMALLEST;

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
        float[] momentum = result(arguments, 1);
        float[] velocity = result(arguments, 2);
        float[] divisor = op.amsgrad() ? result(arguments, 3) : velocity;
        float[] parameter = result(arguments, 0);
        engine.threads().range(size, BLOCK, (first, last) -> {
            for (int from = first; from < last; from += BLOCK) {
                int to = Math.min(last, from + BLOCK);
                momentum(arguments.floats(1), oldMomentum, momentum, from, to);
                velocity(arguments.floats(1), oldVelocity, velocity, from, to);
                if (op.amsgrad()) {
                    larger(arguments.floats(6), velocity, divisor, from, to);
                }
                move(arguments.floats(0), (float) alpha, momentum, divisor, parameter, from, to);
            }
        });
    }

    private static double correction(double beta, double step) {
        return -Math.expm1(step * Math.log(beta));
    }

    private float[] result(Arguments arguments, int index) {
        return arguments.wants(index) ? (float[]) arguments.output(index) : new float[size];
    }

    private void momentum(float[] gradient, float[] old, float[] momentum, int from, int to) {
        float beta = (float) op.beta1();
        float rest = (float) (1 - op.beta1());
        for (int i = from; i < to; i++) {
            momentum[i] = old[i] * beta + gradient[i] * rest;
        }
        engine.loops().flush(momentum, SMALLEST, from, to);
    }

    private void velocity(float[] gradient, float[] old, float[] velocity, int from, int to) {
        float beta = (float) op.beta2();
        float rest = (float) (1 - op.beta2());
        for (int i = from; i < to; i++) {
            velocity[i] = old[i] * beta + gradient[i] * gradient[i] * rest;
        }
        engine.loops().flush(velocity, SMALLEST, from, to);
    }

    private static void larger(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    private void move(
            float[] old, float alpha, float[] momentum, float[] divisor, float[] parameter, int from, int to) {
        float epsilon = (float) op.epsilon();
        for (int i = from; i < to; i++) {
            parameter[i] = old[i] - momentum[i] * alpha / ((float) Math.sqrt(divisor[i]) + epsilon);
        }
    }
}
