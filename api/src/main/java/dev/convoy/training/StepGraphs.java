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
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The graphs of training: forward, loss, gradients and update as one graph of ordinary ops, and the evaluation. All name
 * their parameters alike, so that they open on one state.
 */
final class StepGraphs {

    static final String TARGET = "target";
    static final String WEIGHTS = "sample_weight";
    static final String LEARNING_RATE = "learning_rate";
    static final String STEP = "step";
    static final String LOSS = "loss";
    static final String PREDICTION = "prediction";

    private static final String SLOT = "optimizer/";
    private static final String SUM = "gradient_sum/";

    private final Model model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final boolean weighted;
    private final List<ParameterSpec> trained;

    /**
     * @param weighted whether the graphs take a weight for each sample
     */
    StepGraphs(Model model, Loss loss, Optimizer optimizer, boolean weighted) {
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            throw new IllegalArgumentException("Training needs a model with one input and one output; '" + model.name()
                    + "' has inputs " + model.inputs().keySet() + " and outputs "
                    + model.outputs().keySet());
        }
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.weighted = weighted;
        this.trained =
                model.parameterSpecs().stream().filter(ParameterSpec::trainable).toList();
        if (trained.isEmpty()) {
            throw new IllegalArgumentException(
                    "Model '" + model.name() + "' has no parameter that trains; unfreeze a layer or add one");
        }
    }

    boolean weighted() {
        return weighted;
    }

    String inputName() {
        return model.inputs().firstEntry().getKey();
    }

    /** How the random inputs of the training graphs are drawn. */
    SequencedMap<String, Noise> noise() {
        return model.trace(Map.of(), Mode.TRAINING).noise();
    }

    /** What targets look like, the batch named. */
    TensorSpec target() {
        return loss.target(model.outputs().firstEntry().getValue());
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
        GraphBuilder g = GraphBuilder.of(model.trace(Map.of(), Mode.INFERENCE).graph());
        lossOf(g);
        return g.build();
    }

    /** One optimizer step; with accumulation, the step at the end of a group of batches. */
    Graph step() {
        GraphBuilder g = training();
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
        GraphBuilder g = training();
        List<Value> sums = gradients(g, false);
        for (int i = 0; i < trained.size(); i++) {
            g.update(SUM + trained.get(i).name(), sums.get(i));
        }
        return g.build();
    }

    private GraphBuilder training() {
        Trace trace = model.trace(Map.of(), Mode.TRAINING);
        GraphBuilder g = GraphBuilder.of(trace.graph());
        lossOf(g);
        return g;
    }

    /** The gradients, or with accumulation the sums with them; {@code mean}: over the group of batches, and sums to 0. */
    private List<Value> gradients(GraphBuilder g, boolean mean) {
        Graph so = g.build();
        Value total = so.outputs().get(LOSS);
        List<Value> wrt =
                trained.stream().map(p -> so.parameters().get(p.name())).toList();
        if (total == null) {
            throw new IllegalStateException("The graph has no loss");
        }
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

    private void update(GraphBuilder g, ParameterSpec parameter, Value gradient, Value rate, Value step) {
        List<Value> operands = new ArrayList<>(List.of(parameter(g, parameter.name()), gradient, rate, step));
        for (Slot slot : optimizer.update().slots()) {
            operands.add(g.parameter(slotName(slot, parameter), slot.spec(parameter.spec())));
        }
        List<Value> results = g.in(layer(parameter), () -> g.add(optimizer.update(), operands));
        Constraint constraint = parameter.weight().constraint();
        Value moved = results.getFirst();
        g.update(parameter.name(), constraint == null ? moved : constraint.apply(g, moved));
        int index = 1;
        for (Slot slot : optimizer.update().slots()) {
            g.update(slotName(slot, parameter), results.get(index++));
        }
    }

    private static String layer(ParameterSpec parameter) {
        int end = parameter.name().lastIndexOf('/');
        return end < 0 ? "" : parameter.name().substring(0, end);
    }

    private static Value parameter(GraphBuilder g, String name) {
        Value value = g.build().parameters().get(name);
        if (value == null) {
            throw new IllegalStateException("The graph has no parameter '" + name + "'");
        }
        return value;
    }

    private static String slotName(Slot slot, ParameterSpec parameter) {
        return SLOT + slot.name() + "/" + parameter.name();
    }

    /** The mean loss of the batch and the penalties of the regularizers (Keras' reduction sum_over_batch_size). */
    private void lossOf(GraphBuilder g) {
        Value prediction = g.build().outputs().firstEntry().getValue();
        Value target = g.input(TARGET, loss.target(prediction.spec()));
        Value losses = g.in(LOSS, () -> loss.apply(g, target, prediction));
        if (weighted) {
            Shape batch = Shape.ofDims(List.of(prediction.shape().dim(0)));
            Value weights = g.input(WEIGHTS, new TensorSpec(DataType.FLOAT32, batch));
            losses = g.mul(
                    losses,
                    g.reshape(
                            weights,
                            batch.concat(
                                    Shape.of(Collections.nCopies(losses.shape().rank() - 1, 1)))));
        }
        List<Integer> axes = IntStream.range(0, losses.shape().rank()).boxed().toList();
        Value total = g.reduce(ReduceFn.MEAN, losses, axes, false);
        for (ParameterSpec parameter : trained) {
            Regularizer regularizer = parameter.weight().regularizer();
            if (regularizer != null) {
                total = g.add(total, regularizer.penalty(g, parameter(g, parameter.name())));
            }
        }
        g.output(LOSS, total);
        g.output(PREDICTION, prediction);
    }
}
