package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.examples.networks.MobileNet;
import dev.convoy.examples.networks.MobileNetV2;
import dev.convoy.examples.networks.ResNet;
import dev.convoy.examples.networks.Vgg16;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.RandomInputs;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model whose speed is measured, on random data.
 *
 * @param name as the user named it
 */
record BenchedModel(String name, Model model) {

    private static final long SEED = 1;
    private static final int MOST_STEPS = 64;
    private static final long MOST_ELEMENTS = 1 << 24;

    private static final Map<String, Supplier<Model>> LARGE = new LinkedHashMap<>();

    static {
        LARGE.put("resnet18-cifar10", ResNet::resNet18ForCifar10);
        LARGE.put("resnet50", ResNet::resNet50);
        LARGE.put("mobilenet", () -> MobileNet.model(1));
        LARGE.put("mobilenet-0.35", () -> MobileNet.model(0.35));
        LARGE.put("mobilenetv2", MobileNetV2::model);
        LARGE.put("vgg16", Vgg16::model);
    }

    /** The networks that have a name. */
    static List<String> names() {
        List<String> names = new ArrayList<>(Networks.names());
        names.addAll(LARGE.keySet());
        return names;
    }

    /**
     * @param wish a network's name or a file
     * @throws UserError if it is neither
     * @throws dev.convoy.models.ImportException if the file cannot be loaded
     */
    static BenchedModel of(String wish) {
        if (Networks.names().contains(wish)) {
            return new BenchedModel(wish, Networks.named(wish).orElseThrow());
        }
        Supplier<Model> large = LARGE.get(wish);
        if (large != null) {
            return new BenchedModel(wish, large.get());
        }
        Path file = Path.of(wish);
        if (!Files.exists(file)) {
            throw new UserError("There is no network and no file '" + wish + "'. Remedy: take one of the networks "
                    + String.join(", ", names()) + ", or a model file");
        }
        return new BenchedModel(wish, Models.load(file));
    }

    /**
     * The size of a batch: the one that is asked for, if the model takes it.
     *
     * @param asked null for the model's own, or {@code usual} if it takes any
     * @throws UserError if the model's batches have another size
     */
    int batch(@Nullable Integer asked, int usual) {
        for (TensorSpec spec : model.inputs().values()) {
            Dim first = spec.shape().rank() == 0 ? Dim.of(1) : spec.shape().dim(0);
            if (first.isKnown()) {
                if (asked != null && asked != first.size()) {
                    throw new UserError("Model '" + model.name() + "' takes " + spec + ", no batches of " + asked
                            + ". Remedy: --batch " + first.size());
                }
                return first.size();
            }
        }
        return asked == null ? usual : asked;
    }

    /** Inputs for one call of predict. */
    SequencedMap<String, Tensor> inputs(int batch) {
        return RandomInputs.of(model, batch, SEED);
    }

    /**
     * Pictures and classes for some steps of a training.
     *
     * @throws UserError if the model is no classifier
     */
    Dataset dataset(int batch) {
        int classes = Networks.classes(model);
        long elements = inputs(1).firstEntry().getValue().shape().elements();
        long steps = Math.clamp(MOST_ELEMENTS / (elements * batch), 1, MOST_STEPS);
        int samples = Math.toIntExact(batch * steps);
        SplitMix64 random = SplitMix64.of(SEED).stream("classes");
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = (int) (random.uniform(i) * classes);
        }
        return Dataset.of(
                inputs(samples).firstEntry().getValue(),
                Tensor.wrap(new TensorSpec(DataType.INT32, Shape.of(samples)), labels));
    }
}
