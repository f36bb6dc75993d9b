package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.layers.Input;
import dev.convoy.layers.Noise;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.State;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the graphs of a training on one state; compiles each once per batch size. */
final class StepRunner implements AutoCloseable {

    private enum Kind {
        STEP,
        ACCUMULATION,
        EVALUATION
    }

    private record Key(Kind kind, int batch) {}

    /**
     * What a batch gives.
     *
     * @param prediction null unless it was asked for
     */
    record Result(double loss, @Nullable Tensor prediction) {}

    private final StepGraphs graphs;
    private final Optimizer optimizer;
    private final Backend backend;
    private final SplitMix64 random;
    private final Set<String> wanted;
    private final Map<Kind, Graph> traced = new HashMap<>();
    private final Map<Key, Executable> executables = new HashMap<>();
    private final Map<Key, Session> sessions = new HashMap<>();
    private State state;

    /**
     * @param predictions whether results have predictions
     */
    StepRunner(
            StepGraphs graphs,
            Optimizer optimizer,
            Backend backend,
            Parameters initial,
            SplitMix64 random,
            boolean predictions) {
        this.graphs = graphs;
        this.optimizer = optimizer;
        this.backend = backend;
        this.random = random.stream("noise");
        this.wanted = predictions ? Set.of(StepGraphs.LOSS, StepGraphs.PREDICTION) : Set.of(StepGraphs.LOSS);
        this.state = backend.state(initial);
    }

    /** What the state holds now. */
    Parameters read() {
        return state.read();
    }

    /** Starts again from other parameters. */
    void restart(Parameters parameters) {
        sessions.values().forEach(Session::close);
        sessions.clear();
        state.close();
        state = backend.state(parameters);
    }

    /**
     * Trains on a batch: makes an optimizer step if the batch is the last of its group, else adds to the gradients' sums.
     *
     * @param weights one for each sample, or null if the graphs take none
     * @param number of the batch, counted from 0 over the whole training
     */
    Result train(Batch batch, @Nullable Tensor weights, long number) {
        boolean step = (number + 1) % optimizer.accumulationSteps() == 0;
        Map<String, Tensor> inputs = trainingInputs(batch, weights, number);
        if (step) {
            inputs.put(StepGraphs.LEARNING_RATE, Tensor.scalar((float)
                    optimizer.learningRate().at(number)));
            inputs.put(StepGraphs.STEP, Tensor.scalar((number + 1) / optimizer.accumulationSteps()));
        }
        return run(step ? Kind.STEP : Kind.ACCUMULATION, batch, inputs);
    }

    /** Measures a batch. */
    Result evaluate(Batch batch, @Nullable Tensor weights) {
        return run(Kind.EVALUATION, batch, inputs(batch, weights));
    }

    private Result run(Kind kind, Batch batch, Map<String, Tensor> inputs) {
        Map<String, Tensor> results = session(new Key(kind, batch.size())).run(inputs, wanted);
        Tensor loss = Objects.requireNonNull(results.get(StepGraphs.LOSS));
        return new Result(loss.get(0), results.get(StepGraphs.PREDICTION));
    }

    private Map<String, Tensor> inputs(Batch batch, @Nullable Tensor weights) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(graphs.inputName(), batch.inputs());
        inputs.put(StepGraphs.TARGET, batch.targets());
        if (weights != null) {
            inputs.put(StepGraphs.WEIGHTS, weights);
        }
        return inputs;
    }

    private Map<String, Tensor> trainingInputs(Batch batch, @Nullable Tensor weights, long number) {
        Map<String, Tensor> inputs = inputs(batch, weights);
        SplitMix64 numbers = random.stream(number);
        Map<String, Value> declared = graph(Kind.STEP).inputs();
        for (Map.Entry<String, Noise> noise : graphs.noise().entrySet()) {
            Shape named = Objects.requireNonNull(declared.get(noise.getKey())).shape();
            Shape shape = Shape.ofDims(named.dims().stream()
                    .map(dim -> dim.isKnown() ? dim : Dim.of(batch.size()))
                    .toList());
            inputs.put(noise.getKey(), NoiseTensors.draw(noise.getValue(), shape, numbers.stream(noise.getKey())));
        }
        return inputs;
    }

    private Graph graph(Kind kind) {
        return traced.computeIfAbsent(kind, k -> switch (k) {
            case STEP -> graphs.step();
            case ACCUMULATION -> graphs.accumulation();
            case EVALUATION -> graphs.evaluation();
        });
    }

    private Session session(Key key) {
        return sessions.computeIfAbsent(
                key, k -> executables.computeIfAbsent(k, this::compile).open(state));
    }

    private Executable compile(Key key) {
        return Compilation.compile(backend, graph(key.kind()).bind(Map.of(Input.BATCH, key.batch())));
    }

    /**
     * Where the first value that is not finite comes from when the network trains on a batch, in the order in which its
     * layers run.
     *
     * @return the rest of a sentence
     */
    String firstNonFinite(Batch batch, @Nullable Tensor weights, long number) {
        for (Map.Entry<String, Tensor> entry : read().asMap().entrySet()) {
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
        try (Executable executable = Compilation.compile(backend, g.build());
                Session session = executable.open(state)) {
            Map<String, Tensor> values = session.run(trainingInputs(batch, weights, number), layers.keySet());
            return layers.entrySet().stream()
                    .filter(e -> !isFinite(Objects.requireNonNull(values.get(e.getKey()))))
                    .findFirst()
                    .map(e -> e.getValue().equals(StepGraphs.LOSS_ORIGIN)
                            ? "comes out of the loss"
                            : "comes out of layer '" + e.getValue() + "'")
                    .orElse("did not show when the batch was run again");
        }
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

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        executables.values().forEach(Executable::close);
        state.close();
    }
}
