package dev.convoy.models;

import dev.convoy.data.Image;
import dev.convoy.data.PictureInput;
import dev.convoy.data.Preprocessing;
import dev.convoy.layers.Input;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model. Any number of threads may call {@code predict} at once. The backend is made at the first call; each new
 * combination of input shapes is compiled once and kept among the {@value #CACHE} used last.
 *
 * <p>{@code on}, {@code withLabels} and the like return another predictor; close the one you use.
 */
public final class Predictor implements AutoCloseable {

    /** How many compiled combinations of input shapes are kept. */
    static final int CACHE = 8;

    private final Model model;
    private final Supplier<Backend> source;
    private final boolean owned;
    private final List<String> labels;
    private @Nullable Backend backend;
    private volatile @Nullable ExecutableCache cache;
    private boolean closed;

    private Predictor(Model model, Supplier<Backend> source, boolean owned, List<String> labels) {
        this.model = model;
        this.source = source;
        this.owned = owned;
        this.labels = List.copyOf(labels);
    }

    /** Runs on the best backend on the class path, see {@link Backends}. */
    public static Predictor of(Model model) {
        return of(model, null, BackendOptions.defaults());
    }

    /**
     * Runs on a backend of its own, which it closes.
     *
     * @param backend the backend's name, or null for the best on the class path
     */
    public static Predictor of(Model model, @Nullable String backend, BackendOptions options) {
        return new Predictor(model, () -> Backends.open(backend, Purpose.PREDICT, options), true, model.labels());
    }

    /** Runs on a backend that others use too, and leaves it open. */
    public static Predictor of(Model model, Backend backend) {
        return new Predictor(model, () -> backend, false, model.labels());
    }

    /** The same on the backend of this name. */
    public Predictor on(String backendName) {
        return of(model, backendName, BackendOptions.defaults()).withLabels(labels);
    }

    /** The same with these names for the classes in place of the model's. */
    public Predictor withLabels(List<String> newLabels) {
        return new Predictor(model, source, owned, newLabels);
    }

    public Model model() {
        return model;
    }

    public List<String> labels() {
        return labels;
    }

    /**
     * Runs a model with one input and one output.
     *
     * @param input of the model's input spec, the batch included
     * @throws IllegalArgumentException if the model has several inputs or outputs, or the input does not fit
     * @throws dev.convoy.spi.BackendException if no backend can run the model
     * @throws IllegalStateException if this is closed
     */
    public Tensor predict(Tensor input) {
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            throw new IllegalArgumentException("Model '" + model.name() + "' has inputs " + model.inputs()
                    + " and outputs " + model.outputs() + ". Remedy: give them by name, predict(Map)");
        }
        return predict(Map.of(model.inputs().firstEntry().getKey(), input))
                .values()
                .iterator()
                .next();
    }

    /**
     * Runs the model.
     *
     * @param inputs a tensor for each of the model's inputs, by name
     * @return a tensor for each of the model's outputs, by name, in the model's order
     * @throws IllegalArgumentException if an input is missing, unknown, or does not fit
     * @throws dev.convoy.spi.BackendException if no backend can run the model
     * @throws IllegalStateException if this is closed
     */
    public SequencedMap<String, Tensor> predict(Map<String, Tensor> inputs) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        SequencedMap<String, InputSpec> specs = checked(inputs, sizes);
        ExecutableCache executables = open();
        Map<String, Tensor> results = executables.run(specs, sizes, inputs);
        SequencedMap<String, Tensor> ordered = new LinkedHashMap<>();
        model.outputs().keySet().forEach(name -> ordered.put(name, results.get(name)));
        return ordered;
    }

    /**
     * What {@link #predict(Map)} runs for inputs of these shapes: steps, kernels and memory.
     *
     * @param inputs a tensor for each of the model's inputs, by name; only types and shapes are looked at
     * @throws IllegalArgumentException if an input is missing, unknown, or does not fit
     * @throws dev.convoy.spi.BackendException if no backend can run the model
     * @throws IllegalStateException if this is closed
     */
    public Plan plan(Map<String, Tensor> inputs) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        SequencedMap<String, InputSpec> specs = checked(inputs, sizes);
        return open().plan(specs, sizes);
    }

    /**
     * Runs a classifier.
     *
     * @param input {@code [n, …]}
     * @return a prediction for each of the n samples
     * @throws IllegalArgumentException as {@link #predict(Tensor)}, or if the output is not {@code [n, classes]}, see
     *     {@link Prediction#of}
     */
    public List<Prediction> classify(Tensor input) {
        Tensor output = predict(input);
        List<Prediction> predictions = new ArrayList<>();
        for (int row = 0; row < output.shape().size(0); row++) {
            predictions.add(Prediction.of(output, row, labels));
        }
        return predictions;
    }

    /**
     * Prepares a picture as the model wants it, and classifies it.
     *
     * @throws IllegalArgumentException if the model does not say how pictures are prepared, or is no classifier
     */
    public Prediction predict(Image image) {
        return predict(
                image,
                model.preprocessing()
                        .orElseThrow(() -> new IllegalArgumentException("Model '" + model.name()
                                + "' does not say how a picture becomes its input " + model.inputs()
                                + ". Remedy: give a Preprocessing, one of "
                                + Preprocessing.names())));
    }

    /**
     * Prepares a picture and classifies it. What the preprocessing makes is turned to the order of axes and the type of the
     * model's input, see {@link PictureInput}.
     *
     * @throws IllegalArgumentException if the prepared picture does not fit the model's input, or the model is no classifier
     */
    public Prediction predict(Image image, Preprocessing preprocessing) {
        Tensor prepared = preprocessing.apply(image);
        boolean one = model.inputs().size() == 1;
        return classify(one ? new PictureInput(model.inputs().firstEntry().getValue()).arrange(prepared) : prepared)
                .getFirst();
    }

    private SequencedMap<String, InputSpec> checked(Map<String, Tensor> inputs, Map<String, Integer> sizes) {
        SequencedMap<String, TensorSpec> declared = model.inputs();
        for (String name : inputs.keySet()) {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException(
                        "Model '" + model.name() + "' has no input '" + name + "'; its inputs are " + declared);
            }
        }
        SequencedMap<String, InputSpec> specs = new LinkedHashMap<>();
        declared.forEach((name, spec) -> {
            Tensor input = inputs.get(name);
            if (input == null) {
                throw new IllegalArgumentException(
                        "Input '" + name + "' of model '" + model.name() + "' is missing; expected " + spec);
            }
            if (!spec.accepts(input.spec()) || !binds(spec, input.spec(), sizes)) {
                throw new IllegalArgumentException("Input '" + name + "' of model '" + model.name()
                        + "' does not fit; expected " + spec + ", got " + input.spec());
            }
            specs.put(name, InputSpec.of(sized(spec, input.spec())));
        });
        return specs;
    }

    /** The declared spec with the sizes of its free axes; the batch stays named. */
    private static TensorSpec sized(TensorSpec declared, TensorSpec actual) {
        Shape shape = declared.shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!Input.BATCH.equals(shape.dim(axis).name())) {
                shape = shape.with(axis, actual.shape().dim(axis));
            }
        }
        return declared.withShape(shape);
    }

    /** Notes the sizes of named dimensions; false if one name has two sizes. */
    private static boolean binds(TensorSpec spec, TensorSpec actual, Map<String, Integer> sizes) {
        for (int axis = 0; axis < spec.shape().rank(); axis++) {
            Dim dim = spec.shape().dim(axis);
            String name = dim.name();
            if (name != null) {
                int size = actual.shape().size(axis);
                Integer before = sizes.put(name, size);
                if (before != null && before != size) {
                    return false;
                }
            }
        }
        return true;
    }

    private ExecutableCache open() {
        ExecutableCache opened = cache;
        return opened != null ? opened : openFirst();
    }

    private synchronized ExecutableCache openFirst() {
        if (closed) {
            throw new IllegalStateException("This predictor of model '" + model.name() + "' is closed");
        }
        ExecutableCache opened = cache;
        if (opened == null) {
            backend = source.get();
            opened = new ExecutableCache(model, backend, CACHE);
            cache = opened;
        }
        return opened;
    }

    /** Waits for no one: calls that are running finish, later ones fail. */
    @Override
    public synchronized void close() {
        closed = true;
        ExecutableCache opened = cache;
        if (opened != null) {
            opened.close();
            cache = null;
        }
        if (backend != null && owned) {
            backend.close();
            backend = null;
        }
    }
}
