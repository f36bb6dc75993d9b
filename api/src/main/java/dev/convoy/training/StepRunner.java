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
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the graphs of a training on one state; compiles each once per batch size. */
final class StepRunner implements AutoCloseable {

    private enum Kind {
        STEP,
        ACCUMULATION,
        EVALUATION
    }

    /** What a batch gives. */
    record Result(double loss, Tensor prediction) {
        static Result of(Map<String, Tensor> outputs) {
            Tensor loss = Objects.requireNonNull(outputs.get(StepGraphs.LOSS));
            return new Result(loss.get(0), Objects.requireNonNull(outputs.get(StepGraphs.PREDICTION)));
        }
    }

    private static final Set<String> RESULTS = Set.of(StepGraphs.LOSS, StepGraphs.PREDICTION);

    private record Key(Kind kind, int batch) {}

    private final StepGraphs graphs;
    private final Backend backend;
    private final SplitMix64 random;
    private final SequencedMap<String, Noise> noise;
    private final String inputName;
    private final Map<Kind, Graph> traced = new HashMap<>();
    private final Map<Key, Executable> executables = new HashMap<>();
    private final Map<Key, Session> sessions = new HashMap<>();
    private State state;
    private int steps;

    StepRunner(StepGraphs graphs, Backend backend, Parameters initial, SplitMix64 random) {
        this.graphs = graphs;
        this.backend = backend;
        this.random = random.stream("noise");
        this.noise = graphs.noise();
        this.inputName = graphs.inputName();
        this.state = backend.state(initial);
    }

    State state() {
        return state;
    }

    /** Optimizer steps that the last training batch made: 1, or 0 if it only added to the sums of gradients. */
    int steps() {
        return steps;
    }

    /** Starts again from other parameters. */
    State restart(Parameters parameters) {
        sessions.values().forEach(Session::close);
        sessions.clear();
        state.close();
        state = backend.state(parameters);
        return state;
    }

    /**
     * Trains on a batch.
     *
     * @param done optimizer steps done before
     */
    Result train(
            Batch batch, @Nullable Tensor weights, int epoch, int number, int batches, Optimizer optimizer, long done) {
        boolean closesGroup = (number + 1) % optimizer.accumulationSteps() == 0 || number + 1 == batches;
        Kind kind = closesGroup ? Kind.STEP : Kind.ACCUMULATION;
        Map<String, Tensor> inputs = inputs(batch, weights);
        draw(inputs, batch.size(), random.stream((long) epoch << 32 | number));
        if (closesGroup) {
            inputs.put(StepGraphs.LEARNING_RATE, Tensor.scalar((float)
                    optimizer.learningRate().at(done)));
            inputs.put(StepGraphs.STEP, Tensor.scalar(done + 1));
        }
        steps = closesGroup ? 1 : 0;
        return Result.of(session(new Key(kind, batch.size())).run(inputs, RESULTS));
    }

    Result evaluate(Batch batch, @Nullable Tensor weights) {
        return Result.of(session(new Key(Kind.EVALUATION, batch.size())).run(inputs(batch, weights), RESULTS));
    }

    private Map<String, Tensor> inputs(Batch batch, @Nullable Tensor weights) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(inputName, batch.inputs());
        inputs.put(StepGraphs.TARGET, batch.targets());
        if (weights != null) {
            inputs.put(StepGraphs.WEIGHTS, weights);
        }
        return inputs;
    }

    private void draw(Map<String, Tensor> inputs, int batch, SplitMix64 numbers) {
        if (noise.isEmpty()) {
            return;
        }
        Graph graph = graph(Kind.STEP).bind(Map.of(Input.BATCH, batch));
        noise.forEach((name, kind) -> {
            Value input = graph.inputs().get(name);
            if (input != null) {
                inputs.put(name, NoiseTensors.draw(kind, input.shape(), numbers.stream(name)));
            }
        });
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
                key,
                k -> executables
                        .computeIfAbsent(
                                k,
                                e -> Compilation.compile(
                                        backend, graph(e.kind()).bind(Map.of(Input.BATCH, e.batch()))))
                        .open(state));
    }

    /** The first layer, in the order in which they run, that gives a value which is not finite for this batch. */
    String firstNonFinite(Batch batch, @Nullable Tensor weights, Parameters parameters, long done) {
        for (Map.Entry<String, Tensor> entry : parameters.asMap().entrySet()) {
            if (!finite(entry.getValue())) {
                return "is in parameter '" + entry.getKey() + "' before this batch";
            }
        }
        if (!finite(batch.inputs()) || !finite(batch.targets())) {
            return "is in the batch itself, its inputs or targets";
        }
        GraphBuilder g = GraphBuilder.of(graph(Kind.EVALUATION).bind(Map.of(Input.BATCH, batch.size())));
        Map<String, String> layers = new LinkedHashMap<>();
        for (Node node : g.build().nodes()) {
            for (Value value : node.outputs()) {
                if (value.spec().type().isReal() && !node.inputs().isEmpty()) {
                    String name = "value/" + value.id();
                    layers.put(name, node.origin());
                    g.output(name, value);
                }
            }
        }
        try (Executable executable = Compilation.compile(backend, g.build());
                Session session = executable.open(state)) {
            Map<String, Tensor> values = session.run(inputs(batch, weights), Set.copyOf(layers.keySet()));
            for (Map.Entry<String, String> layer : layers.entrySet()) {
                if (!finite(Objects.requireNonNull(values.get(layer.getKey())))) {
                    return "comes out of layer '" + layer.getValue() + "'";
                }
            }
        }
        return "is in the training-only part of the network, at step " + (done + 1);
    }

    private static boolean finite(Tensor tensor) {
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
