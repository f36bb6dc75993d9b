package dev.convoy.training;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.update.AdadeltaUpdate;
import dev.convoy.graph.update.AdagradUpdate;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.AdamaxUpdate;
import dev.convoy.graph.update.NadamUpdate;
import dev.convoy.graph.update.RmsPropUpdate;
import dev.convoy.graph.update.SgdUpdate;
import dev.convoy.graph.update.UpdateOp;
import java.util.ArrayList;
import java.util.List;

/**
 * How parameters are changed by their gradients: a formula, a learning rate, and what happens to the gradients before.
 * The factories have the names and defaults of Keras 3's optimizers; a formula of one's own is an {@link UpdateOp}.
 *
 * @param update the formula
 * @param learningRate by step
 * @param transforms applied to the gradients in this order
 * @param weightDecay d of {@code w · (1 - lr · d)}, done before each step (Loshchilov and Hutter 2019; Keras'
 *     weight_decay); 0 but for AdamW
 * @param accumulationSteps over how many batches gradients are averaged before a step; 1 by default
 */
public record Optimizer(
        UpdateOp update,
        Schedule learningRate,
        List<GradientTransform> transforms,
        double weightDecay,
        int accumulationSteps) {

    /**
     * @throws dev.convoy.graph.GraphException if accumulationSteps is not positive, or weightDecay negative
     */
    public Optimizer {
        transforms = List.copyOf(transforms);
        Check.of("Optimizer")
                .that(
                        accumulationSteps >= 1,
                        "O1",
                        "gradients are averaged over one batch or more",
                        ">= 1",
                        accumulationSteps);
        Check.of("Optimizer").that(weightDecay >= 0, "O2", "the weight decay is not negative", ">= 0", weightDecay);
    }

    /** A formula with a constant learning rate. */
    public static Optimizer of(UpdateOp update, double learningRate) {
        return new Optimizer(update, new Schedule.Constant(learningRate), List.of(), 0, 1);
    }

    /** Learning rate 0.01, no momentum. */
    public static Optimizer sgd() {
        return of(new SgdUpdate(0, false), 0.01);
    }

    /** Learning rate 0.01. */
    public static Optimizer sgd(double momentum, boolean nesterov) {
        return of(new SgdUpdate(momentum, nesterov), 0.01);
    }

    /** Learning rate 0.001, rho 0.9, no momentum, epsilon 1e-7, not centered. */
    public static Optimizer rmsprop() {
        return of(new RmsPropUpdate(0.9, 0, 1e-7, false), 0.001);
    }

    /** Learning rate 0.001, initial accumulator 0.1, epsilon 1e-7. */
    public static Optimizer adagrad() {
        return of(new AdagradUpdate(0.1, 1e-7), 0.001);
    }

    /** Learning rate 0.001, rho 0.95, epsilon 1e-7. */
    public static Optimizer adadelta() {
        return of(new AdadeltaUpdate(0.95, 1e-7), 0.001);
    }

    /** Learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-7, without AMSGrad. */
    public static Optimizer adam() {
        return of(new AdamUpdate(0.9, 0.999, 1e-7, false), 0.001);
    }

    /** As {@link #adam}, with a weight decay of 0.004. */
    public static Optimizer adamW() {
        return adam().weightDecay(0.004);
    }

    /** Learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-7. */
    public static Optimizer adamax() {
        return of(new AdamaxUpdate(0.9, 0.999, 1e-7), 0.001);
    }

    /** Learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-7. */
    public static Optimizer nadam() {
        return of(new NadamUpdate(0.9, 0.999, 1e-7), 0.001);
    }

    /**
     * This optimizer with a constant learning rate.
     *
     * @throws dev.convoy.graph.GraphException if the rate is not positive
     */
    public Optimizer learningRate(double rate) {
        return learningRate(new Schedule.Constant(rate));
    }

    public Optimizer learningRate(Schedule schedule) {
        return new Optimizer(update, schedule, transforms, weightDecay, accumulationSteps);
    }

    /** This optimizer with one more transform, applied after those it has. */
    public Optimizer transform(GradientTransform transform) {
        List<GradientTransform> more = new ArrayList<>(transforms);
        more.add(transform);
        return new Optimizer(update, learningRate, more, weightDecay, accumulationSteps);
    }

    /** This optimizer with a weight decay, on all trainable parameters. */
    public Optimizer weightDecay(double decay) {
        return new Optimizer(update, learningRate, transforms, decay, accumulationSteps);
    }

    /**
     * This optimizer with one step for the mean gradient of several batches (Keras' gradient_accumulation_steps). As in
     * Keras, batches are counted over the whole training: a group that an epoch's end cuts short goes on in the next
     * epoch, and one that the training's end cuts short makes no step. Schedules count batches then.
     */
    public Optimizer accumulate(int batches) {
        return new Optimizer(update, learningRate, transforms, weightDecay, batches);
    }

    /**
     * Adds the nodes of a step for one parameter: the decay, then the formula.
     *
     * @param gradient transformed already
     * @param rate a scalar of the parameter's type
     * @param step an int64 scalar, 1 at the first step
     * @param slots as the formula wants them
     * @return the parameter after the step, then the slots
     */
    public List<Value> write(
            GraphBuilder g, Value parameter, Value gradient, Value rate, Value step, List<Value> slots) {
        Value decayed = weightDecay == 0 ? parameter : g.sub(parameter, g.mul(parameter, g.mul(rate, weightDecay)));
        List<Value> operands = new ArrayList<>(List.of(decayed, gradient, rate, step));
        operands.addAll(slots);
        return g.add(update, operands);
    }
}
