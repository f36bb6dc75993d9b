package dev.convoy.training;

import dev.convoy.graph.update.AdadeltaUpdate;
import dev.convoy.graph.update.AdagradUpdate;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.AdamaxUpdate;
import dev.convoy.graph.update.NadamUpdate;
import dev.convoy.graph.update.RmsPropUpdate;
import dev.convoy.graph.update.SgdUpdate;
import dev.convoy.models.CompileConfig;
import dev.convoy.models.CompileConfig.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Optimizers, losses and metrics in Keras' words, for files that keep how a model was trained. */
public final class CompileConfigs {

    /** Losses that have no settings; their names are those of Keras' functions. */
    private static final Set<Loss> FUNCTIONS = Set.of(
            Losses.MEAN_SQUARED_ERROR,
            Losses.MEAN_ABSOLUTE_ERROR,
            Losses.MEAN_ABSOLUTE_PERCENTAGE_ERROR,
            Losses.MEAN_SQUARED_LOGARITHMIC_ERROR,
            Losses.LOG_COSH,
            Losses.HINGE,
            Losses.SQUARED_HINGE,
            Losses.CATEGORICAL_HINGE,
            Losses.KL_DIVERGENCE,
            Losses.POISSON,
            Losses.COSINE_SIMILARITY);

    private static final Map<Metric, Part> METRICS = Map.of(
            Metrics.ACCURACY, Part.of("accuracy"),
            Metrics.BINARY_ACCURACY, Part.of("binary_accuracy"),
            Metrics.MEAN_SQUARED_ERROR, Part.of("mean_squared_error"),
            Metrics.MEAN_ABSOLUTE_ERROR, Part.of("mean_absolute_error"),
            Metrics.ROOT_MEAN_SQUARED_ERROR, Part.of("RootMeanSquaredError"),
            Metrics.MEAN_ABSOLUTE_PERCENTAGE_ERROR, Part.of("mean_absolute_percentage_error"));

    private CompileConfigs() {}

    /**
     * What Keras' {@code model.compile} would be called with. Metrics that Keras has not, or takes with settings, are left
     * out.
     *
     * @throws IllegalArgumentException if Keras has not the optimizer or the loss
     */
    public static CompileConfig of(Optimizer optimizer, Loss loss, Metric... metrics) {
        List<Part> parts = new ArrayList<>();
        for (Metric metric : metrics) {
            Part part = METRICS.get(metric);
            if (part != null) {
                parts.add(part);
            }
        }
        return new CompileConfig(optimizer(optimizer), loss(loss), parts);
    }

    private static Part optimizer(Optimizer optimizer) {
        boolean adamW = optimizer.weightDecay() > 0 && optimizer.update() instanceof AdamUpdate;
        Part part = switch (optimizer.update()) {
            case SgdUpdate(double momentum, boolean nesterov) ->
                Part.of("SGD").with("momentum", momentum).with("nesterov", nesterov);
            case RmsPropUpdate(double rho, double momentum, double epsilon, boolean centered) ->
                Part.of("RMSprop")
                        .with("rho", rho)
                        .with("momentum", momentum)
                        .with("epsilon", epsilon)
                        .with("centered", centered);
            case AdagradUpdate(double initial, double epsilon) ->
                Part.of("Adagrad").with("initial_accumulator_value", initial).with("epsilon", epsilon);
            case AdadeltaUpdate(double rho, double epsilon) ->
                Part.of("Adadelta").with("rho", rho).with("epsilon", epsilon);
            case AdamUpdate(double beta1, double beta2, double epsilon, boolean amsgrad) ->
                betas(Part.of(adamW ? "AdamW" : "Adam"), beta1, beta2, epsilon).with("amsgrad", amsgrad);
            case AdamaxUpdate(double beta1, double beta2, double epsilon) ->
                betas(Part.of("Adamax"), beta1, beta2, epsilon);
            case NadamUpdate(double beta1, double beta2, double epsilon) ->
                betas(Part.of("Nadam"), beta1, beta2, epsilon);
            default -> throw unknown("optimizer", optimizer.update());
        };
        Part rated = part.with("learning_rate", rate(optimizer.learningRate()));
        for (GradientTransform transform : optimizer.transforms()) {
            rated = switch (transform) {
                case GradientTransform.ClipValue(double limit) -> rated.with("clipvalue", limit);
                case GradientTransform.ClipNorm(double limit) -> rated.with("clipnorm", limit);
                case GradientTransform.GlobalClipNorm(double limit) -> rated.with("global_clipnorm", limit);
                default -> throw unknown("transform of gradients", transform);
            };
        }
        if (optimizer.weightDecay() > 0) {
            rated = rated.with("weight_decay", optimizer.weightDecay());
        }
        int steps = optimizer.accumulationSteps();
        return steps == 1 ? rated : rated.with("gradient_accumulation_steps", steps);
    }

    private static Part betas(Part part, double beta1, double beta2, double epsilon) {
        return part.with("beta_1", beta1).with("beta_2", beta2).with("epsilon", epsilon);
    }

    private static Object rate(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Constant(double value) -> value;
            case Schedule.ExponentialDecay s ->
                decay("ExponentialDecay", s.initial(), s.decaySteps())
                        .with("decay_rate", s.decayRate())
                        .with("staircase", s.staircase());
            case Schedule.InverseTimeDecay s ->
                decay("InverseTimeDecay", s.initial(), s.decaySteps())
                        .with("decay_rate", s.decayRate())
                        .with("staircase", s.staircase());
            case Schedule.PolynomialDecay s ->
                decay("PolynomialDecay", s.initial(), s.decaySteps())
                        .with("end_learning_rate", s.end())
                        .with("power", s.power())
                        .with("cycle", s.cycle());
            case Schedule.PiecewiseConstantDecay s ->
                Part.of("PiecewiseConstantDecay")
                        .with("boundaries", s.boundaries())
                        .with("values", s.values());
            case Schedule.CosineDecay s -> {
                Part part = decay("CosineDecay", s.initial(), s.decaySteps()).with("alpha", s.alpha());
                yield s.warmupSteps() == 0
                        ? part
                        : part.with("warmup_target", s.warmupTarget()).with("warmup_steps", s.warmupSteps());
            }
            case Schedule.CosineDecayRestarts s ->
                Part.of("CosineDecayRestarts")
                        .with("initial_learning_rate", s.initial())
                        .with("first_decay_steps", s.firstDecaySteps())
                        .with("t_mul", s.tMul())
                        .with("m_mul", s.mMul())
                        .with("alpha", s.alpha());
            default -> throw unknown("learning rate schedule", schedule);
        };
    }

    private static Part decay(String className, double initial, long steps) {
        return Part.of(className).with("initial_learning_rate", initial).with("decay_steps", steps);
    }

    private static Part loss(Loss loss) {
        if (FUNCTIONS.contains(loss)) {
            return Part.of(loss.name());
        }
        return switch (loss) {
            case Crossentropy.Sparse(boolean fromLogits) ->
                fromLogits ? Part.of("SparseCategoricalCrossentropy").with("from_logits", true) : Part.of(loss.name());
            case Crossentropy.Categorical(boolean fromLogits, double smoothing) ->
                crossentropy("CategoricalCrossentropy", loss, fromLogits, smoothing);
            case Crossentropy.Binary(boolean fromLogits, double smoothing) ->
                crossentropy("BinaryCrossentropy", loss, fromLogits, smoothing);
            case Losses.Huber(double delta) -> Part.of("Huber").with("delta", delta);
            default -> throw unknown("loss", loss);
        };
    }

    private static Part crossentropy(String className, Loss loss, boolean fromLogits, double smoothing) {
        return !fromLogits && smoothing == 0
                ? Part.of(loss.name())
                : Part.of(className).with("from_logits", fromLogits).with("label_smoothing", smoothing);
    }

    private static IllegalArgumentException unknown(String what, Object part) {
        return new IllegalArgumentException("Keras has no " + what + " like "
                + part.getClass().getSimpleName() + ". Remedy: save the model without how it was trained");
    }
}
