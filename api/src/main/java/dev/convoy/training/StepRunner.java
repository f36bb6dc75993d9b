package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.layers.Input;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the graphs of training, and finds where a value that is not finite comes from. */
final class StepRunner {

    private final StepGraphs graphs;
    private final int groupSize;
    private final StateRunner runner;
    private final SplitMix64 random;
    private final Set<String> fetch;
    private final Graph step;
    private final @Nullable Graph accumulation;

    /**
     * @param groupSize over how many batches gradients are averaged before a step
     * @param predictions whether results have predictions
     */
    StepRunner(StepGraphs graphs, int groupSize, StateRunner runner, SplitMix64 random, boolean predictions) {
        this.graphs = graphs;
        this.groupSize = groupSize;
        this.runner = runner;
        this.random = random.stream("noise");
        this.fetch = LossGraph.Result.fetch(predictions);
        this.step = graphs.step();
        this.accumulation = graphs.accumulation();
    }

    /**
     * Trains on a batch: makes an optimizer step if the batch is the last of its group, else adds to the gradients' sums.
     *
     * @param weights one for each sample, or null if the graphs take none
     * @param number of the batch, counted from 0 over the whole training
     */
    LossGraph.Result train(Batch batch, @Nullable Tensor weights, long number, float learningRate) {
        Map<String, Tensor> inputs = inputs(batch, weights, number);
        if (accumulation != null && (number + 1) % groupSize != 0) {
            return LossGraph.Result.of(runner.run(accumulation, batch.size(), inputs, fetch));
        }
        inputs.put(StepGraphs.LEARNING_RATE, Tensor.scalar(learningRate));
        inputs.put(StepGraphs.STEP, Tensor.scalar((number + 1) / groupSize));
        return LossGraph.Result.of(runner.run(step, batch.size(), inputs, fetch));
    }

    private Map<String, Tensor> inputs(Batch batch, @Nullable Tensor weights, long number) {
        Map<String, Tensor> inputs = graphs.loss().inputs(batch.inputs(), batch.targets(), weights);
        SplitMix64 numbers = random.stream(number);
        for (Map.Entry<String, Noise> noise : graphs.noise().entrySet()) {
            Shape named =
                    Objects.requireNonNull(step.inputs().get(noise.getKey())).shape();
            Shape shape = Shape.ofDims(named.dims().stream()
                    .map(dim -> dim.isKnown() ? dim : Dim.of(batch.size()))
                    .toList());
            inputs.put(noise.getKey(), NoiseTensors.draw(noise.getValue(), shape, numbers.stream(noise.getKey())));
        }
        return inputs;
    }

    /**
     * Where the first value that is not finite comes from when the network trains on a batch, in the order in which its
     * layers run.
     *
     * @return the rest of a sentence
     */
    String firstNonFinite(Batch batch, @Nullable Tensor weights, long number) {
        for (Map.Entry<String, Tensor> entry : runner.read().asMap().entrySet()) {
            if (!isFinite(entry.getValue())) {
                return "is in parameter '" + entry.getKey() + "', where the step before this batch left it";
            }
        }
        if (!isFinite(batch.inputs())) {
            return "is in the batch's inputs";
        }
        if (!isFinite(batch.targets()) || weights != null && !isFinite(weights)) {
            return "is in the batch's targets or weights";
        }
        GraphBuilder g = GraphBuilder.of(graphs.forward().bind(Map.of(Input.BATCH, batch.size())));
        Map<String, String> layers = new LinkedHashMap<>();
        for (Node node : g.build().nodes()) {
            for (Value value : node.outputs()) {
                if (value.spec().type().isReal() && !node.inputs().isEmpty()) {
                    String name = "training/value/" + value.id();
                    layers.put(name, node.origin());
                    g.output(name, value);
                }
            }
        }
        Map<String, Tensor> values = runner.runOnce(g.build(), inputs(batch, weights, number));
        return layers.entrySet().stream()
                .filter(e -> !isFinite(Objects.requireNonNull(values.get(e.getKey()))))
                .findFirst()
                .map(e -> e.getValue().equals(LossGraph.ORIGIN)
                        ? "comes out of the loss"
                        : "comes out of layer '" + e.getValue() + "'")
                .orElse("did not show when the batch was run again");
    }

    private static boolean isFinite(Tensor tensor) {
        if (!tensor.type().isReal()) {
            return true;
        }
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.get(i))) {
                return false;
            }
        }
        return true;
    }
}
