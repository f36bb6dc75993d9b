package dev.convoy.training;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.graph.update.UpdateOp.Slot;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Noise;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.Regularizer;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Trace;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The graphs of training: forward, loss, gradients and update as one graph of ordinary ops, and the evaluation. All name
 * their parameters alike, so that they open on one state.
 */
final class StepGraphs {

    static final String TARGET = "training/target";
    static final String WEIGHTS = "training/sample_weight";
    static final String LEARNING_RATE = "training/learning_rate";
    static final String STEP = "training/step";
    static final String LOSS = "training/loss";
    static final String PREDICTION = "training/prediction";

    /** Where the nodes of the loss say that they come from. */
    static final String LOSS_ORIGIN = "loss";

    private static final String SLOT = "optimizer/";
    private static final String SUM = "gradient_sum/";

    private final Model model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final boolean weighted;
    private final List<ParameterSpec> trained;
    private final Trace training;

    /**
     * @param weighted whether the graphs take a weight for each sample
     */
    StepGraphs(Model model, Loss loss, Optimizer optimizer, boolean weighted) {
        Trainer.require(
                model.inputs().size() == 1 && model.outputs().size() == 1,
                "the model has one input and one output; '" + model.name() + "' has inputs "
                        + model.inputs().keySet() + " and outputs "
                        + model.outputs().keySet() + ". Remedy: a model of the part that is trained");
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.weighted = weighted;
        this.trained =
                model.parameterSpecs().stream().filter(ParameterSpec::trainable).toList();
        Trainer.require(
                !trained.isEmpty(),
                "model '" + model.name() + "' has no parameter that trains. Remedy: "
                        + (model.parameterSpecs().isEmpty()
                                ? "add a layer with weights, such as Dense"
                                : "freeze fewer layers"));
        this.training = model.trace(Map.of(), Mode.TRAINING);
    }

    boolean weighted() {
        return weighted;
    }

    String inputName() {
        return model.inputs().firstEntry().getKey();
    }

    /** How the random inputs of the training graphs are drawn. */
    SequencedMap<String, Noise> noise() {
        return training.noise();
    }

    /** Parameters of the model, slots of the optimizer and sums of gradients, as they are before the first step. */
    Parameters initial() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters().asMap());
        for (ParameterSpec parameter : trained) {
            for (Slot slot : optimizer.update().slots()) {
                tensors.put(slotName(slot, parameter), Tensor.full(slot.spec(parameter.spec()), slot.initial()));
            }
            if (optimizer.accumulationSteps() > 1) {
                tensors.put(SUM + parameter.name(), Tensor.full(parameter.spec(), 0));
            }
        }
        return Parameters.of(tensors);
    }

    /** The model's own part of a state. */
    Parameters modelPart(Parameters state) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        model.parameters().names().forEach(name -> own.put(name, state.get(name)));
        return Parameters.of(own);
    }

    /** Loss and prediction of a batch, without any change. */
    Graph evaluation() {
        return withLoss(model.trace(Map.of(), Mode.INFERENCE).graph()).build();
    }

    /** The forward part of a training step. */
    Graph forward() {
        return withLoss(training.graph()).build();
    }

    /** One optimizer step; with accumulation, the step at the end of a group of batches. */
    Graph step() {
        GraphBuilder g = withLoss(training.graph());
        List<Value> gradients = gradients(g, true);
        for (GradientTransform transform : optimizer.transforms()) {
            gradients = transform.apply(g, gradients);
        }
        Value rate = g.input(LEARNING_RATE, TensorSpec.float32());
        Value step = g.input(STEP, new TensorSpec(DataType.INT64, Shape.SCALAR));
        for (int i = 0; i < trained.size(); i++) {
            update(g, trained.get(i), gradients.get(i), rate, step);
        }
        return g.build();
    }

    /** With accumulation: adds the gradients of a batch to the sums. */
    Graph accumulation() {
        GraphBuilder g = withLoss(training.graph());
        List<Value> sums = gradients(g, false);
        for (int i = 0; i < trained.size(); i++) {
            g.update(SUM + trained.get(i).name(), sums.get(i));
        }
        return g.build();
    }

    /** The gradients, or with accumulation the sums with them; {@code mean}: over the group of batches, and sums to 0. */
    private List<Value> gradients(GraphBuilder g, boolean mean) {
        Value total = Objects.requireNonNull(g.build().outputs().get(LOSS));
        List<Value> wrt = trained.stream().map(this::parameter).toList();
        List<Value> gradients = Gradients.of(g, total, wrt);
        if (optimizer.accumulationSteps() == 1) {
            return gradients;
        }
        List<Value> sums = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            String name = SUM + trained.get(i).name();
            Value sum = g.add(g.parameter(name, trained.get(i).spec()), gradients.get(i));
            sums.add(mean ? g.mul(sum, 1.0 / optimizer.accumulationSteps()) : sum);
            if (mean) {
                g.update(name, g.constant(Tensor.full(trained.get(i).spec(), 0)));
            }
        }
        return sums;
    }

    private void update(GraphBuilder g, ParameterSpec spec, Value gradient, Value rate, Value step) {
        List<Slot> slots = optimizer.update().slots();
        List<Value> before = slots.stream()
                .map(slot -> g.parameter(slotName(slot, spec), slot.spec(spec.spec())))
                .toList();
        Constraint constraint = spec.weight().constraint();
        List<Value> results = g.in(layer(spec), () -> {
            List<Value> after = new ArrayList<>(optimizer.write(g, parameter(spec), gradient, rate, step, before));
            if (constraint != null) {
                after.set(0, constraint.apply(g, after.getFirst()));
            }
            return after;
        });
        g.update(spec.name(), results.getFirst());
        for (int i = 0; i < slots.size(); i++) {
            g.update(slotName(slots.get(i), spec), results.get(i + 1));
        }
    }

    private static String layer(ParameterSpec parameter) {
        int end = parameter.name().lastIndexOf('/');
        return end < 0 ? "" : parameter.name().substring(0, end);
    }

    private Value parameter(ParameterSpec spec) {
        return Objects.requireNonNull(training.graph().parameters().get(spec.name()));
    }

    private static String slotName(Slot slot, ParameterSpec parameter) {
        return SLOT + slot.name() + "/" + parameter.name();
    }

    /** The mean loss of the batch and the penalties of the regularizers (Keras' reduction sum_over_batch_size). */
    private GraphBuilder withLoss(Graph forward) {
        GraphBuilder g = GraphBuilder.of(forward);
        Value prediction = forward.outputs().firstEntry().getValue();
        Value target = g.input(TARGET, loss.target(prediction.spec()));
        g.output(LOSS, g.in(LOSS_ORIGIN, () -> {
            Value total = mean(
                    g,
                    weighted(
                            g,
                            loss.apply(g, target, prediction),
                            prediction.shape().dim(0)));
            for (ParameterSpec spec : trained) {
                Regularizer regularizer = spec.weight().regularizer();
                if (regularizer != null) {
                    Value parameter =
                            Objects.requireNonNull(forward.parameters().get(spec.name()));
                    total = g.add(total, regularizer.penalty(g, parameter));
                }
            }
            return total;
        }));
        g.output(PREDICTION, prediction);
        return g;
    }

    private Value weighted(GraphBuilder g, Value losses, Dim batch) {
        if (!weighted) {
            return losses;
        }
        Shape one = Shape.ofDims(List.of(batch));
        Value weights = g.input(WEIGHTS, new TensorSpec(DataType.FLOAT32, one));
        Shape aligned = one.concat(Shape.of(Collections.nCopies(losses.shape().rank() - 1, 1)));
        return g.mul(losses, g.reshape(weights, aligned));
    }

    private static Value mean(GraphBuilder g, Value losses) {
        List<Integer> axes = IntStream.range(0, losses.shape().rank()).boxed().toList();
        return g.reduce(ReduceFn.MEAN, losses, axes, false);
    }
}
