package dev.convoy.training;

import dev.convoy.graph.Check;
import java.util.List;

/** The learning rate of each step; formulas and defaults are those of {@code keras.optimizers.schedules} of Keras 3. */
@FunctionalInterface
public interface Schedule {

    /**
     * @param iteration the number of batches that were trained on before
     */
    double at(long iteration);

    /** The same at every step. */
    record Constant(double value) implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the rate is not positive
         */
        public Constant {
            positive("a learning rate", value);
        }

        @Override
        public double at(long iteration) {
            return value;
        }
    }

    private static void positive(String what, double value) {
        Check.of("Schedule").that(value > 0 && Double.isFinite(value), "S1", what + " is positive", "> 0", value);
    }

    /** {@code initial · rate^(i / steps)}; with staircase the exponent is rounded down. */
    record ExponentialDecay(double initial, long decaySteps, double decayRate, boolean staircase) implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the initial rate or the number of steps is not positive
         */
        public ExponentialDecay {
            positive("a learning rate", initial);
            positive("the number of steps", decaySteps);
        }

        @Override
        public double at(long iteration) {
            return initial * Math.pow(decayRate, progress(iteration, decaySteps, staircase));
        }
    }

    /** {@code initial / (1 + rate · i / steps)}; with staircase the quotient is rounded down. */
    record InverseTimeDecay(double initial, long decaySteps, double decayRate, boolean staircase) implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the initial rate or the number of steps is not positive
         */
        public InverseTimeDecay {
            positive("a learning rate", initial);
            positive("the number of steps", decaySteps);
        }

        @Override
        public double at(long iteration) {
            return initial / (1 + decayRate * progress(iteration, decaySteps, staircase));
        }
    }

    private static double progress(long iteration, long decaySteps, boolean staircase) {
        double quotient = (double) iteration / decaySteps;
        return staircase ? Math.floor(quotient) : quotient;
    }

    /**
     * {@code (initial - end) · (1 - i / steps)^power + end}, and {@code end} after that many steps; with cycle the steps
     * are stretched to the next multiple that i does not exceed.
     *
     * @param end Keras' default is 0.0001
     * @param power Keras' default is 1
     */
    record PolynomialDecay(double initial, long decaySteps, double end, double power, boolean cycle)
            implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the initial rate or the number of steps is not positive
         */
        public PolynomialDecay {
            positive("a learning rate", initial);
            positive("the number of steps", decaySteps);
        }

        @Override
        public double at(long iteration) {
            double length = cycle ? decaySteps * Math.max(1, Math.ceil((double) iteration / decaySteps)) : decaySteps;
            double done = cycle ? iteration : Math.min(iteration, decaySteps);
            return (initial - end) * Math.pow(1 - done / length, power) + end;
        }
    }

    /** {@code values[k]} for iterations above {@code boundaries[k-1]} up to, and with, {@code boundaries[k]}. */
    record PiecewiseConstantDecay(List<Long> boundaries, List<Double> values) implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if there is not one value more than boundaries
         */
        public PiecewiseConstantDecay {
            boundaries = List.copyOf(boundaries);
            values = List.copyOf(values);
            Check.of("Schedule")
                    .that(
                            values.size() == boundaries.size() + 1,
                            "S2",
                            "there is one value more than boundaries",
                            boundaries.size() + 1,
                            values.size());
        }

        @Override
        public double at(long iteration) {
            int k = 0;
            while (k < boundaries.size() && iteration > boundaries.get(k)) {
                k++;
            }
            return values.get(k);
        }
    }

    /**
     * From {@code initial} linearly to {@code warmupTarget} in {@code warmupSteps}, then down half a cosine to
     * {@code alpha} times that in {@code decaySteps} (Loshchilov and Hutter 2016). Without warm-up, target = initial.
     *
     * @param alpha Keras' default is 0
     */
    record CosineDecay(double initial, long decaySteps, double alpha, double warmupTarget, long warmupSteps)
            implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the rate to fall from or the number of steps is not positive, or the
         *     initial rate or the number of steps of warm-up is negative
         */
        public CosineDecay {
            positive("a learning rate", warmupTarget);
            positive("the number of steps", decaySteps);
            Check.of("Schedule")
                    .that(
                            initial >= 0 && warmupSteps >= 0,
                            "S4",
                            "a warm-up starts at 0 or above and lasts 0 steps or more",
                            ">= 0",
                            initial + " and " + warmupSteps);
        }

        /** Without warm-up, to 0. */
        public static CosineDecay of(double initial, long decaySteps) {
            return new CosineDecay(initial, decaySteps, 0, initial, 0);
        }

        @Override
        public double at(long iteration) {
            if (iteration < warmupSteps) {
                return initial + (warmupTarget - initial) * iteration / warmupSteps;
            }
            double done = Math.min(iteration - warmupSteps, decaySteps) / (double) decaySteps;
            return warmupTarget * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha);
        }
    }

    /**
     * Half a cosine again and again, each period {@code tMul} times as long and starting {@code mMul} times as high as the
     * one before (Loshchilov and Hutter 2016).
     *
     * @param tMul Keras' default is 2
     * @param mMul Keras' default is 1
     * @param alpha Keras' default is 0
     */
    record CosineDecayRestarts(double initial, long firstDecaySteps, double tMul, double mMul, double alpha)
            implements Schedule {

        /**
         * @throws dev.convoy.graph.GraphException if the initial rate or the number of steps is not positive, or tMul is
         *     less than 1
         */
        public CosineDecayRestarts {
            positive("a learning rate", initial);
            positive("the number of steps", firstDecaySteps);
            Check.of("Schedule").that(tMul >= 1, "S3", "periods do not become shorter", "tMul >= 1", tMul);
        }

        @Override
        public double at(long iteration) {
            double period = firstDecaySteps;
            double start = 0;
            double height = 1;
            while (iteration >= start + period) {
                start += period;
                period *= tMul;
                height *= mMul;
            }
            double done = (iteration - start) / period;
            return initial * ((1 - alpha) * 0.5 * height * (1 + Math.cos(Math.PI * done)) + alpha);
        }
    }
}
