package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of Adam against Keras' formula in double, on every kind of loop. */
class AdamTest {

    private static final int SIZE = 20_003;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-7;
    private static final float RATE = 0.01f;
    private static final long STEP = 3;

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static Tensor squares(long seed) {
        float[] values = Cpu.random(seed, SIZE).floats().clone();
        for (int i = 0; i < SIZE; i++) {
            values[i] *= values[i];
        }
        return Tensor.of(values, SIZE);
    }

    private static List<Tensor> step(Cpu.Way way, boolean amsgrad, Tensor... operands) {
        Tensor[] all = new Tensor[operands.length + 2];
        all[0] = operands[0];
        all[1] = operands[1];
        all[2] = Tensor.scalar(RATE);
        all[3] = Tensor.scalar(STEP);
        System.arraycopy(operands, 2, all, 4, operands.length - 2);
        return Cpu.op(way, 2, new AdamUpdate(BETA1, BETA2, EPSILON, amsgrad), all);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void movesParametersAndMoments(Cpu.Way way) {
        Tensor parameter = Cpu.random(1, SIZE);
        Tensor gradient = Cpu.random(2, SIZE);
        Tensor momentum = Cpu.random(3, SIZE);
        Tensor velocity = squares(4);
        Tensor largest = squares(5);
        double alpha = RATE * Math.sqrt(1 - Math.pow(BETA2, STEP)) / (1 - Math.pow(BETA1, STEP));
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        double[] w = new double[SIZE];
        double[] u = new double[SIZE];
        double[] bounded = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double g = gradient.floats()[i];
            m[i] = BETA1 * momentum.floats()[i] + (1 - BETA1) * g;
            v[i] = BETA2 * velocity.floats()[i] + (1 - BETA2) * g * g;
            u[i] = Math.max(largest.floats()[i], v[i]);
            w[i] = parameter.floats()[i] - alpha * m[i] / (Math.sqrt(v[i]) + EPSILON);
            bounded[i] = parameter.floats()[i] - alpha * m[i] / (Math.sqrt(u[i]) + EPSILON);
        }
        List<Tensor> plain = step(way, false, parameter, gradient, momentum, velocity);
        Cpu.assertClose(w, plain.get(0), 2e-6);
        Cpu.assertClose(m, plain.get(1), 2e-7);
        Cpu.assertClose(v, plain.get(2), 2e-7);
        List<Tensor> amsgrad = step(way, true, parameter, gradient, momentum, velocity, largest);
        Cpu.assertClose(bounded, amsgrad.get(0), 2e-6);
        Cpu.assertClose(m, amsgrad.get(1), 2e-7);
        Cpu.assertClose(v, amsgrad.get(2), 2e-7);
        Cpu.assertClose(u, amsgrad.get(3), 2e-7);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void momentsWithoutGradientEndAtZero(Cpu.Way way) {
        Tensor tiny = Tensor.full(Cpu.random(1, SIZE).spec(), 1e-30);
        Tensor none = Tensor.full(tiny.spec(), 0);
        List<Tensor> results = step(way, false, Cpu.random(1, SIZE), none, tiny, tiny);
        for (int i = 0; i < SIZE; i++) {
            assertEquals(0, results.get(1).floats()[i]);
            assertEquals(0, results.get(2).floats()[i]);
        }
    }
}
