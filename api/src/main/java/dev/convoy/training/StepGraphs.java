package dev.convoy.training;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.graph.update.UpdateOp.Slot;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Noise;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Trace;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The graphs of training: forward, loss, gradients and update as one graph of ordinary ops. All name their parameters alike,
 * so that they open on one state.
 */
final class StepGraphs {

    static final String LEARNING_RATE = "training/learning_rate";
    static final String STEP = "training/step";
    private static final String SLOT = "optimizer/";
    private static final String SUM = "gradient_sum/";

    private final LossGraph loss;
    private final Optimizer optimizer;
    private final List<ParameterSpec> trained;
    private final Trace training;
    private final Graph step;
    private final @Nullable Graph accumulation;

    /**
     * @throws TrainingException if no parameter of the model trains
     */
    StepGraphs(LossGraph loss, Optimizer optimizer) {
        Model model = loss.model();
        this.loss = loss;
        this.optimizer = optimizer;
        this.trained = loss.trained();
        Trainer.require(
                !trained.isEmpty(),
                "model '" + model.name() + "' has no parameter that trains. Remedy: "
                        + (model.parameterSpecs().isEmpty()
                                ? "add a layer with weights, such as Dense"
                                : "freeze fewer layers"));
        this.training = model.trace(Map.of(), Mode.TRAINING);
        this.step = writeStep();
        this.accumulation = optimizer.accumulationSteps() == 1 ? null : writeAccumulation();
    }

    LossGraph loss() {
        return loss;
    }

    /** How the random inputs of the training graphs are drawn. */
    SequencedMap<String, Noise> noise() {
        return training.noise();
    }

    /** Parameters of the model, slots of the optimizer and sums of gradients, as they are before the first step. */
    Parameters initial() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(loss.model().parameters().asMap());
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
        loss.model().parameters().names().forEach(name -> own.put(name, state.get(name)));
        return Parameters.of(own);
    }

    /** The forward part of a training step. */
    Graph forward() {
        return loss.behind(training.graph()).build();
    }

    /** One optimizer step; with accumulation, the step at the end of a group of batches. */
    Graph step() {
        return step;
    }

    /** Adds the gradients of a batch to the sums; null without accumulation. */
    @Nullable
    Graph accumulation() {
        return accumulation;
    }

    private Graph writeStep() {
        GraphBuilder g = loss.behind(training.graph());
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

    private Graph writeAccumulation() {
        GraphBuilder g = loss.behind(training.graph());
        List<Value> sums = gradients(g, false);
        for (int i = 0; i < trained.size(); i++) {
            g.update(SUM + trained.get(i).name(), sums.get(i));
        }
        return g.build();
    }

    /** The gradients, or with accumulation the sums with them; {@code mean}: over the group of batches, and sums to 0. */
    private List<Value> gradients(GraphBuilder g, boolean mean) {
        Value total = Objects.requireNonNull(g.build().outputs().get(LossGraph.LOSS));
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
}
