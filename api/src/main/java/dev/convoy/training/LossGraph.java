package dev.convoy.training;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.Regularizer;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model's forward graph with its loss behind it.
 *
 * @param weighted whether it takes a weight for each sample
 */
record LossGraph(Model model, Loss loss, boolean weighted) {

    static final String TARGET = "training/target";
    static final String WEIGHTS = "training/sample_weight";
    static final String LOSS = "training/loss";
    static final String PREDICTION = "training/prediction";

    /** Where the nodes of the loss say that they come from. */
    static final String ORIGIN = "loss";

    /**
     * What a batch gives.
     *
     * @param prediction null unless it was asked for
     */
    record Result(double loss, @Nullable Tensor prediction) {

        static Set<String> fetch(boolean prediction) {
            return prediction ? Set.of(LOSS, PREDICTION) : Set.of(LOSS);
        }

        static Result of(Map<String, Tensor> results) {
            return new Result(Objects.requireNonNull(results.get(LOSS)).get(0), results.get(PREDICTION));
        }
    }

    /**
     * @param task that is named in errors
     * @throws TrainingException if the model has several inputs or outputs, or there is no loss
     */
    static LossGraph of(Task task, Model model, @Nullable Loss loss, boolean weighted) {
        if (loss == null) {
            throw new TrainingException(task.title() + ": no loss is given. Remedy: add .loss(…), for class numbers"
                    + " SPARSE_CATEGORICAL_CROSSENTROPY");
        }
        task.require(
                model.inputs().size() == 1 && model.outputs().size() == 1,
                "only models with one input and one output are supported; '" + model.name() + "' has inputs "
                        + model.inputs().keySet() + " and outputs "
                        + model.outputs().keySet() + ". Remedy: a model of the part with one of each");
        return new LossGraph(model, loss, weighted);
    }

    String inputName() {
        return model.inputs().firstEntry().getKey();
    }

    /** The parameters that train, whose regularizers count. */
    List<ParameterSpec> trained() {
        return model.parameterSpecs().stream().filter(ParameterSpec::trainable).toList();
    }

    /** Loss and prediction of a batch, without any change. */
    Graph evaluation() {
        return behind(model.trace(Map.of(), Mode.INFERENCE).graph()).build();
    }

    /** What the graph wants for a batch. */
    Map<String, Tensor> inputs(Tensor inputs, Tensor targets, @Nullable Tensor weights) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        named.put(inputName(), inputs);
        named.put(TARGET, targets);
        if (weights != null) {
            named.put(WEIGHTS, weights);
        }
        return named;
    }

    /** The mean loss of the batch and the penalties of the regularizers (Keras' reduction sum_over_batch_size). */
    GraphBuilder behind(Graph forward) {
        GraphBuilder g = GraphBuilder.of(forward);
        Value prediction = forward.outputs().firstEntry().getValue();
        Value target = g.input(TARGET, loss.target(prediction.spec()));
        g.output(LOSS, g.in(ORIGIN, () -> {
            Value losses = loss.apply(g, target, prediction);
            Value total = mean(g, weighted(g, losses, prediction.shape().dim(0)));
            for (ParameterSpec spec : trained()) {
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
