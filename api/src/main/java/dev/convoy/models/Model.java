package dev.convoy.models;

import dev.convoy.data.Preprocessing;
import dev.convoy.layers.Layer;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Layers put together, with their parameters; plain immutable data that nobody closes. A model is itself a
 * {@link Layer}, so models nest; as a layer it brings its parameters along.
 */
public interface Model extends Layer {

    String name();

    /** The layers in the order in which they run; nested models are one layer. */
    List<LayerNode> layers();

    /** The calls of the layers in the order in which they run; a shared layer is called several times. */
    List<LayerCall> calls();

    /** Where the outputs come from, in the order of {@link #outputs}. */
    List<LayerCall.Source> results();

    /** Inputs by name, in order; the batch axis is named unless the model fixes it. */
    SequencedMap<String, TensorSpec> inputs();

    /** Outputs by name, in order. */
    SequencedMap<String, TensorSpec> outputs();

    /** Every parameter of every layer, under paths such as {@code block1/conv/kernel}. */
    List<ParameterSpec> parameterSpecs();

    /** The tensors of {@link #parameterSpecs}. */
    Parameters parameters();

    /**
     * This model with other parameters.
     *
     * @throws IllegalArgumentException if a parameter is missing, unknown or of another spec
     */
    Model withParameters(Parameters parameters);

    /** This model with parameters drawn anew by their initializers; the same seed gives the same parameters. */
    Model initialized(long seed);

    /** How a picture becomes the input, if the model's file says or its kind is known. */
    Optional<Preprocessing> preprocessing();

    /** This model with a way to turn pictures into its input. */
    Model withPreprocessing(Preprocessing preprocessing);

    /** The names of a classifier's classes in the order of its outputs, or nothing if they are not known. */
    List<String> labels();

    /** This model with names for its classes. */
    Model withLabels(List<String> labels);

    /**
     * This model with layers that training leaves as they are (Keras {@code layer.trainable = False}): their parameters
     * keep their bits, and batch normalisation takes its moving statistics. What is frozen in a model stays frozen when the
     * model becomes a layer of another.
     *
     * @param paths of layers, nested ones with the model they are in, {@code sequential_1/conv2d}; replaces what was frozen
     *     before, in nested models too, so the empty set frees everything
     * @throws IllegalArgumentException if a path is that of no layer with parameters
     */
    Model frozen(Set<String> paths);

    /** The paths of the layers that training leaves as they are; a path stands for everything below it. */
    Set<String> frozen();

    /**
     * The part of this model that ends with a layer: its head is cut off, everything else is kept, parameters, frozen layers
     * and preprocessing included (Keras {@code Model(model.inputs, model.get_layer(name).output)}). Inputs that only the
     * head needed go with it, and so do labels.
     *
     * @param path of a layer, nested ones with the model they are in, {@code sequential_1/global_average_pooling2d}
     * @throws IllegalArgumentException if there is no such layer, with the names of those there are, or if it is called
     *     several times and has several outputs therefore
     */
    Model upTo(String path);

    /**
     * This model as a graph.
     *
     * @param inputs specs that replace the declared ones, by input name
     * @throws dev.convoy.graph.GraphException if a layer cannot take such inputs
     * @throws IllegalArgumentException if a name is not that of an input
     */
    Trace trace(Map<String, InputSpec> inputs, Mode mode);

    /** The table of layers, shapes and parameter counts. */
    Summary summary();

    /**
     * Writes or replaces a file in the format that its ending names, {@code model.onnx} for example.
     *
     * @throws ExportException if no exporter on the class path writes such files, or writing fails
     */
    default void save(Path path) {
        Models.save(this, path);
    }

    /** Runs the model on the best backend on the class path, with its own {@link #labels}; {@link Predictor#on} names another. */
    default Predictor predictor() {
        return Predictor.of(this);
    }

    /** Runs the model on the best backend on the class path and names what it sees. */
    default Predictor predictor(List<String> labels) {
        return predictor().withLabels(labels);
    }
}
