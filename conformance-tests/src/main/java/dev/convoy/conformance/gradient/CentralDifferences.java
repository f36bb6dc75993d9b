package dev.convoy.conformance.gradient;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Holds gradients to {@code (f(x + h v) - f(x - h v)) / 2h}, computed by the reference interpreter in double. The direction v
 * is each single element of an operand that has few, else some of them and two random directions that move all at once.
 */
public final class CentralDifferences {

    /** The largest difference allowed, relative to the largest element of an operand's gradient. */
    public static final double TOLERANCE = 1e-6;

    private static final double STEP = 1e-5;
    private static final int FEW = 24;
    private static final int SAMPLES = 8;
    private static final int DIRECTIONS = 2;

    private final GradientProblem problem;
    private final Graph function;
    private final List<Tensor> weights;
    private final Random random;
    private double worst;

    private CentralDifferences(GradientProblem problem) {
        this.problem = problem;
        this.function = problem.forward();
        List<TensorSpec> results =
                function.outputs().values().stream().map(Value::spec).toList();
        this.weights = problem.weights(results);
        this.random = new Random(problem.seed());
    }

    /**
     * @return the largest difference found, relative as {@link #TOLERANCE} is
     * @throws AssertionError if a gradient differs by more than {@link #TOLERANCE}; names the problem with its seed
     */
    public static double requireAgreement(GradientProblem problem) {
        return new CentralDifferences(problem.inDouble()).check();
    }

    private double check() {
        Map<String, Tensor> gradients = ReferenceInterpreter.run(
                        problem.gradients(), problem.inputs(), Parameters.empty())
                .outputs();
        for (int operand : problem.wrt()) {
            Tensor gradient = gradients.get("d" + operand);
            if (gradient == null
                    || !gradient.shape().equals(problem.operands().get(operand).shape())) {
                throw new AssertionError("Gradient of operand " + operand + " is " + gradient + ": " + problem);
            }
            check(operand, gradient.doubles());
        }
        return worst;
    }

    private void check(int operand, double[] gradient) {
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
        int size = gradient.length;
        boolean all = size <= FEW;
        for (int i = 0; i < (all ? size : SAMPLES); i++) {
            double[] direction = new double[size];
            direction[all ? i : random.nextInt(size)] = 1;
            check(operand, gradient, direction, largest);
        }
        for (int i = 0; i < DIRECTIONS && !all; i++) {
            check(operand, gradient, random.doubles(size, -1, 1).toArray(), largest);
        }
    }

    private void check(int operand, double[] gradient, double[] direction, double largest) {
        double expected = (value(operand, direction, STEP) - value(operand, direction, -STEP)) / (2 * STEP);
        double got = 0;
        for (int i = 0; i < gradient.length; i++) {
            got += gradient[i] * direction[i];
        }
        double scale = Math.max(Math.max(largest, Math.abs(expected)), 1e-3);
        double difference = Math.abs(expected - got) / scale;
        worst = Math.max(worst, difference);
        if (!(difference <= TOLERANCE)) {
            int moved = largestAt(direction);
            throw new AssertionError("The gradient of operand " + operand + " differs: differences give " + expected
                    + ", the gradient " + got + " along the direction around element " + moved + "; " + problem);
        }
    }

    private static int largestAt(double[] direction) {
        int at = 0;
        for (int i = 1; i < direction.length; i++) {
            at = Math.abs(direction[i]) > Math.abs(direction[at]) ? i : at;
        }
        return at;
    }

    /** {@code Σ w · y} at the operands moved along a direction. */
    private double value(int operand, double[] direction, double step) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(problem.inputs());
        Tensor start = problem.operands().get(operand);
        double[] moved = new double[direction.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = start.get(i) + step * direction[i];
        }
        inputs.put("x" + operand, Tensor.of(moved, start.shape().sizes()));
        double sum = 0;
        int number = 0;
        for (Tensor result : ReferenceInterpreter.run(function, inputs, Parameters.empty())
                .outputs()
                .values()) {
            Tensor weight = weights.get(number++);
            for (int i = 0; i < result.size(); i++) {
                sum += result.get(i) * weight.get(i);
            }
        }
        return sum;
    }
}
