package dev.convoy.cli;

import dev.convoy.data.PictureInput;
import dev.convoy.examples.Cifar10Network;
import dev.convoy.examples.FashionMnistNetwork;
import dev.convoy.examples.LeNet5;
import dev.convoy.examples.MnistNetwork;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Permute;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The networks that can be trained by name, and what is put around a network to make a classifier of pictures. */
final class Networks {

    private static final Map<String, Supplier<Model>> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put("fashion-mnist", FashionMnistNetwork::model);
        NAMED.put("lenet5", LeNet5::model);
        NAMED.put("mnist", MnistNetwork::model);
        NAMED.put("cifar10", Cifar10Network::model);
    }

    /** Of an axis that a model leaves open, where any size does. */
    private static final int SOME_SIZE = 224;

    private static final int WIDEST_MARGIN = 4;

    private Networks() {}

    static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    static Optional<Model> named(String name) {
        return Optional.ofNullable(NAMED.get(name)).map(Supplier::get);
    }

    /**
     * A network for pictures of a folder: convolutions and poolings until no side is longer than 8 pixels, each with twice
     * the filters of the one before, from 32 to 256; the mean of each channel; a probability for each class.
     *
     * @param input {@code [h, w, c]}
     */
    static Model small(TensorSpec input, int classes) {
        int height = input.shape().size(0);
        int width = input.shape().size(1);
        List<Layer> layers = new ArrayList<>();
        int filters = 32;
        do {
            layers.add(Conv2D.of(filters, 3).padding(Padding.SAME).activation(Activations.RELU));
            layers.add(MaxPooling2D.of(2).padding(Padding.SAME));
            height = Math.ceilDiv(height, 2);
            width = Math.ceilDiv(width, 2);
            filters = Math.min(256, 2 * filters);
        } while (Math.max(height, width) > 8);
        layers.add(Conv2D.of(filters, 3).padding(Padding.SAME).activation(Activations.RELU));
        layers.add(GlobalAveragePooling2D.of());
        layers.add(Dropout.of(0.2));
        layers.add(Dense.of(classes).activation(Activations.SOFTMAX));
        return Sequential.of("sequential", new Input(null, input.withShape(batch(input.shape()))), layers);
    }

    private static Shape batch(Shape sample) {
        return sample.prepend(Dim.named(Input.BATCH));
    }

    /**
     * The model for pictures of a size: as it is if it takes them; behind a transpose if it takes them channels first; behind
     * a margin of zeros if it takes them a little larger, as LeNet-5 takes MNIST's 28x28 as 32x32; else empty.
     *
     * @param input {@code [h, w, c]}
     */
    static Optional<Model> fitted(Model model, TensorSpec input) {
        TensorSpec declared = model.inputs().firstEntry().getValue();
        PictureInput pictures = new PictureInput(declared);
        Shape wanted = declared.shape();
        Shape sample = input.shape();
        if (wanted.rank() != 4 || declared.type() != input.type()) {
            return Optional.empty();
        }
        if (pictures.channelsFirst()) {
            return fits(pictures.pictures().shape().slice(1, 4), sample)
                    ? Optional.of(surrounded(model, batches(input, wanted), List.of(Permute.of(3, 1, 2)), List.of()))
                    : Optional.empty();
        }
        if (fits(wanted.slice(1, 4), sample)) {
            return Optional.of(model);
        }
        for (int margin = 1; margin <= WIDEST_MARGIN; margin++) {
            Shape larger =
                    sample.with(0, Dim.of(sample.size(0) + 2 * margin)).with(1, Dim.of(sample.size(1) + 2 * margin));
            if (fits(wanted.slice(1, 4), larger)) {
                return Optional.of(
                        surrounded(model, batches(input, wanted), List.of(ZeroPadding2D.of(margin)), List.of()));
            }
        }
        return Optional.empty();
    }

    /** An input for samples in such batches as a model takes. */
    private static Input batches(TensorSpec sample, Shape wanted) {
        return new Input(null, sample.withShape(sample.shape().prepend(wanted.dim(0))));
    }

    /**
     * A model with the parameters that it has in what {@link #fitted} and a training have made of it.
     *
     * @param whole the trained model, in which the model is or which it is itself
     */
    static Model trained(Model model, Model whole) {
        boolean nested = !(model instanceof Sequential)
                && whole.layers().stream()
                        .anyMatch(node ->
                                node.layer() instanceof Model && node.name().equals(model.name()));
        String path = nested ? model.name() + "/" : "";
        Map<String, Tensor> own = new LinkedHashMap<>();
        model.parameterSpecs()
                .forEach(spec -> own.put(spec.name(), whole.parameters().get(path + spec.name())));
        return model.withParameters(Parameters.of(own));
    }

    private static boolean fits(Shape wanted, Shape sample) {
        return IntStream.range(0, wanted.rank())
                .allMatch(
                        axis -> !wanted.dim(axis).isKnown() || wanted.dim(axis).equals(sample.dim(axis)));
    }

    /**
     * The model with probabilities {@code [n, classes]} as its output, whether it gives these or logits, and whatever axes
     * of size 1 stand behind the classes.
     */
    static Model withProbabilities(Model model) {
        TensorSpec output = model.outputs().firstEntry().getValue();
        boolean plain = output.shape().rank() == 2 && output.type() == DataType.FLOAT32;
        boolean logits = givesLogits(model);
        if (plain && !logits) {
            return model;
        }
        Map.Entry<String, TensorSpec> input = model.inputs().firstEntry();
        return surrounded(
                model,
                new Input(input.getKey(), input.getValue()),
                List.of(),
                List.of(plain ? Softmax.of() : new Probabilities(logits)));
    }

    /** Float32 probabilities of the classes on the second axis; those behind it are of size 1. */
    private record Probabilities(boolean logits) implements Layer {
        @Override
        public List<Value> apply(LayerScope scope, List<Value> inputs) {
            GraphBuilder g = scope.graph();
            Value scores = g.cast(inputs.getFirst(), DataType.FLOAT32);
            Value flat = g.reshape(scores, scores.shape().slice(0, 2));
            return List.of(logits ? Softmax.of().apply(g, flat) : flat);
        }
    }

    private static Model surrounded(Model model, Input input, List<Layer> before, List<Layer> after) {
        List<Layer> layers = new ArrayList<>(before);
        if (model instanceof Sequential) {
            model.layers().forEach(node -> layers.add(node.layer().named(node.name())));
        } else {
            layers.add(model);
        }
        layers.addAll(after);
        Model whole = Sequential.of(model.name(), input, layers).withLabels(model.labels());
        Model drawn = model instanceof Sequential ? whole.withParameters(model.parameters()) : whole;
        return model.preprocessing().map(drawn::withPreprocessing).orElse(drawn);
    }

    /** Whether what a classifier gives are logits: it ends neither in a softmax nor in a sigmoid. */
    static boolean givesLogits(Model model) {
        Map<String, InputSpec> sizes = new LinkedHashMap<>();
        model.inputs().forEach((name, spec) -> sizes.put(name, InputSpec.of(spec.withShape(sized(spec.shape())))));
        Value output = model.trace(sizes, Mode.INFERENCE)
                .graph()
                .outputs()
                .firstEntry()
                .getValue();
        Optional<Node> last = output.producer();
        while (last.isPresent() && keepsNumbers(last.get().op())) {
            last = last.get().inputs().getFirst().producer();
        }
        return last.map(Node::op)
                .filter(op -> op instanceof dev.convoy.graph.composite.Softmax
                        || op instanceof Unary(UnaryFn fn) && fn == UnaryFn.SIGMOID)
                .isEmpty();
    }

    private static boolean keepsNumbers(Op op) {
        return op instanceof MovementOp.Reshape || op instanceof ElementwiseOp.Cast;
    }

    private static Shape sized(Shape shape) {
        Shape known = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!shape.dim(axis).isKnown()
                    && !Input.BATCH.equals(shape.dim(axis).name())) {
                known = known.with(axis, Dim.of(SOME_SIZE));
            }
        }
        return known;
    }

    /**
     * The number of classes that a model tells apart.
     *
     * @throws UserError if it is no classifier with one input
     */
    static int classes(Model model) {
        return classesIfAny(model)
                .orElseThrow(() -> new UserError("Model '" + model.name() + "' takes " + model.inputs() + " and gives "
                        + model.outputs() + "; a classifier takes pictures and gives float32[batch, classes]. Remedy:"
                        + " take another model"));
    }

    /** The number of classes that a model tells apart; empty if it is no classifier with one input. */
    static OptionalInt classesIfAny(Model model) {
        Shape output = model.outputs().firstEntry().getValue().shape();
        boolean classifier = model.inputs().size() == 1
                && model.outputs().size() == 1
                && output.rank() >= 2
                && output.dim(1).isKnown()
                && output.size(1) > 1
                && IntStream.range(2, output.rank())
                        .allMatch(axis -> output.dim(axis).equals(Dim.of(1)));
        return classifier ? OptionalInt.of(output.size(1)) : OptionalInt.empty();
    }

    /** The size of batch that a model's file fixes. */
    static OptionalInt fixedBatch(Model model) {
        Dim batch = model.inputs().firstEntry().getValue().shape().dim(0);
        return batch.isKnown() ? OptionalInt.of(batch.size()) : OptionalInt.empty();
    }
}
