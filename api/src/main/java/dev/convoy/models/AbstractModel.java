package dev.convoy.models;

import dev.convoy.data.Preprocessing;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.Input;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Sequential and Functional models share: everything but how they are put together. */
abstract sealed class AbstractModel implements Model permits Sequential, Functional {

    private final String name;
    private final Network network;
    private final @Nullable Preprocessing preprocessing;
    private final Set<String> frozen;
    private final List<String> labels;
    private final long seed;
    private volatile @Nullable Parameters parameters;

    /** A model's parts other than its network, so that copies differ in one of them. */
    record Parts(
            String name,
            @Nullable Parameters parameters,
            long seed,
            @Nullable Preprocessing preprocessing,
            Set<String> frozen,
            List<String> labels) {
        static Parts of(String name, Network network) {
            return new Parts(name, null, 0, null, network.frozen(), List.of());
        }
    }

    AbstractModel(Parts parts, Network network) {
        this.name = parts.name();
        this.network = network;
        this.parameters = parts.parameters();
        this.seed = parts.seed();
        this.frozen = parts.frozen();
        this.preprocessing = parts.preprocessing();
        this.labels = parts.labels();
    }

    /** A model of the same class. */
    abstract Model copy(Parts parts, Network itsNetwork);

    @Override
    public String name() {
        return name;
    }

    Network network() {
        return network;
    }

    @Override
    public List<LayerNode> layers() {
        return network.nodes();
    }

    @Override
    public List<LayerCall> calls() {
        return network.calls();
    }

    @Override
    public List<LayerCall.Source> results() {
        return network.results();
    }

    @Override
    public SequencedMap<String, TensorSpec> inputs() {
        return specs(network.inputs());
    }

    @Override
    public SequencedMap<String, TensorSpec> outputs() {
        return specs(network.outputs());
    }

    private static SequencedMap<String, TensorSpec> specs(SequencedMap<String, Symbol> symbols) {
        SequencedMap<String, TensorSpec> specs = new LinkedHashMap<>();
        symbols.forEach((key, symbol) -> specs.put(key, symbol.spec()));
        return specs;
    }

    @Override
    public List<ParameterSpec> parameterSpecs() {
        return network.parameters().stream()
                .map(p -> isFrozen(p.name()) ? p.frozen() : p)
                .toList();
    }

    @Override
    public Model frozen(Set<String> paths) {
        for (String path : paths) {
            if (network.parameters().stream().noneMatch(p -> p.name().startsWith(path + "/"))) {
                throw new IllegalArgumentException("Model '" + name + "' has no layer '" + path
                        + "' with parameters; its parameters are "
                        + network.parameters().stream().map(ParameterSpec::name).toList());
            }
        }
        return copy(new Parts(name, parameters, seed, preprocessing, Set.copyOf(paths), labels), network);
    }

    @Override
    public Set<String> frozen() {
        return frozen;
    }

    @Override
    public Model upTo(String path) {
        Network part = network.upTo(name, path);
        Map<String, Tensor> kept = new LinkedHashMap<>();
        Set<String> stillFrozen = new HashSet<>();
        for (ParameterSpec spec : part.parameters()) {
            kept.put(spec.name(), parameters().get(spec.name()));
            frozen.stream().filter(f -> spec.name().startsWith(f + "/")).forEach(stillFrozen::add);
        }
        return copy(
                new Parts(name, Parameters.of(kept), seed, preprocessing, Set.copyOf(stillFrozen), List.of()), part);
    }

    private boolean isFrozen(String path) {
        return frozen.stream().anyMatch(f -> path.equals(f) || path.startsWith(f + "/"));
    }

    /** Drawn on first use, so that a model that is given parameters never draws any. */
    @Override
    public Parameters parameters() {
        Parameters known = parameters;
        if (known == null) {
            known = draw();
            parameters = known;
        }
        return known;
    }

    private Parameters draw() {
        SplitMix64 random = SplitMix64.of(seed);
        Map<String, Tensor> drawn = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            drawn.put(spec.name(), spec.weight().initializer().create(spec.spec(), random.stream(spec.name())));
        }
        return Parameters.of(drawn);
    }

    @Override
    public Model withParameters(Parameters given) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            Tensor tensor = given.get(spec.name());
            if (!tensor.spec().equals(spec.spec())) {
                throw new IllegalArgumentException(
                        "Parameter '" + spec.name() + "' is " + spec.spec() + ", got " + tensor.spec());
            }
            ordered.put(spec.name(), tensor);
        }
        if (ordered.size() != given.names().size()) {
            List<String> unknown =
                    given.names().stream().filter(n -> !ordered.containsKey(n)).toList();
            throw new IllegalArgumentException("Model '" + name + "' has no parameters " + unknown);
        }
        return copy(new Parts(name, Parameters.of(ordered), seed, preprocessing, frozen, labels), network);
    }

    @Override
    public Model initialized(long newSeed) {
        return copy(new Parts(name, null, newSeed, preprocessing, frozen, labels), network);
    }

    @Override
    public Optional<Preprocessing> preprocessing() {
        return Optional.ofNullable(preprocessing);
    }

    @Override
    public Model withPreprocessing(Preprocessing given) {
        return copy(new Parts(name, parameters, seed, given, frozen, labels), network);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public Model withLabels(List<String> given) {
        return copy(new Parts(name, parameters, seed, preprocessing, frozen, List.copyOf(given)), network);
    }

    @Override
    public Trace trace(Map<String, InputSpec> specs, Mode mode) {
        for (String key : specs.keySet()) {
            if (!network.inputs().containsKey(key)) {
                throw new IllegalArgumentException("Model '" + name + "' has no input '" + key + "'; its inputs are "
                        + network.inputs().keySet());
            }
        }
        GraphBuilder g = new GraphBuilder();
        List<Value> arguments = new ArrayList<>();
        network.inputs().forEach((key, symbol) -> {
            InputSpec given = specs.getOrDefault(key, InputSpec.of(symbol.spec()));
            requireSizes(key, given.spec());
            Tensor pinned = given.pinned();
            arguments.add(pinned == null ? g.input(key, given.spec()) : g.constant(pinned));
        });
        Map<String, Value> values = new LinkedHashMap<>();
        network.parameters().forEach(p -> values.put(p.name(), g.parameter(p.name(), p.spec())));
        TraceScope scope = new TraceScope(g, mode, values, this::isFrozen);
        List<Value> results = network.apply(scope, arguments);
        int index = 0;
        for (String key : network.outputs().keySet()) {
            g.output(key, results.get(index++));
        }
        scope.finish();
        return new Trace(g.build(), scope.noise());
    }

    private void requireSizes(String key, TensorSpec spec) {
        boolean free = spec.shape().dims().stream().anyMatch(d -> !d.isKnown() && !Input.BATCH.equals(d.name()));
        if (free) {
            throw new IllegalArgumentException("Input '" + key + "' of model '" + name + "' has free axes, " + spec
                    + "; trace it with an InputSpec that gives their sizes");
        }
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputSpecs) {
        Check.of(className())
                .that(
                        inputSpecs.size() == network.inputs().size(),
                        "M1",
                        "model '" + name + "' is called with all its inputs",
                        network.inputs().size(),
                        inputSpecs.size());
        return parameterSpecs().stream()
                .map(p -> p.withInitializer((spec, random) -> parameters().get(p.name())))
                .toList();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputValues) {
        return network.apply(scope, inputValues);
    }

    @Override
    public Summary summary() {
        return Summary.of(this, network);
    }

    @Override
    public String toString() {
        return className() + " '" + name + "' " + inputs() + " -> " + outputs();
    }
}
