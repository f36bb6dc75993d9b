package dev.convoy.cli;

import dev.convoy.data.PictureInput;
import dev.convoy.data.Preprocessing;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model that a training starts from.
 *
 * @param name as the user knows it
 * @param given a network by name or a model of a file; empty for one that follows the pictures
 * @param fromFile whether it brings parameters that are kept
 */
record TrainedModel(String name, Optional<Model> given, boolean fromFile) {

    private static final String ONNX = ".onnx";

    /**
     * @param wish what the user named, or null
     * @param usual the network that is usual for the data, or null for a network that follows the pictures
     */
    static TrainedModel of(@Nullable String wish, @Nullable String usual) {
        String name = wish == null ? usual : wish;
        if (name == null) {
            return new TrainedModel("small", Optional.empty(), false);
        }
        Optional<Model> network = Networks.named(name);
        if (network.isPresent()) {
            return new TrainedModel(name, network, false);
        }
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new UserError("There is no network and no file '" + name + "'. Remedy: take one of the networks "
                    + String.join(", ", Networks.names()) + ", or a model file");
        }
        return new TrainedModel(name, Optional.of(Models.load(file)), true);
    }

    /** How a folder's pictures have to be made for it; null if it follows the pictures. */
    @Nullable
    Preprocessing wanted() {
        if (given.isEmpty()) {
            return null;
        }
        Model model = given.get();
        Networks.classes(model);
        String unit = fromFile ? null : "unit";
        return ImageInput.of(model, unit).preprocessing();
    }

    /** What is written of a training: a file that Keras can read, or ONNX where the model comes from ONNX. */
    RunFolder.Item item() {
        return fromFile && name.toLowerCase(Locale.ROOT).endsWith(ONNX)
                ? RunFolder.Item.ONNX_MODEL
                : RunFolder.Item.MODEL;
    }

    /**
     * The trained model as it is written. One from ONNX keeps its inputs and outputs; one for Keras gives probabilities, and
     * says what it knows of pictures and classes.
     *
     * @param trained what the training has made of {@link #forPictures}
     */
    Model written(Model trained, Pictures pictures) {
        Model own = given.filter(
                        model -> new PictureInput(model.inputs().firstEntry().getValue()).channelsFirst())
                .map(model -> Networks.trained(model, trained))
                .orElse(trained);
        return item() == RunFolder.Item.ONNX_MODEL
                ? own
                : Networks.withProbabilities(own)
                        .withPreprocessing(pictures.preprocessing())
                        .withLabels(pictures.train().classNames());
    }

    /** The model for these pictures, its parameters drawn by the seed unless it brings its own. */
    Model forPictures(Pictures pictures, long seed) {
        if (given.isEmpty()) {
            return Networks.small(pictures.input(), pictures.classes()).initialized(seed);
        }
        Model model = given.get();
        requireClasses(model, pictures);
        Model fitting = fitting(model, pictures);
        return fromFile ? fitting : fitting.initialized(seed);
    }

    private static void requireClasses(Model model, Pictures pictures) {
        int classes = Networks.classes(model);
        if (classes != pictures.classes()) {
            throw new UserError("Model '" + model.name() + "' tells " + classes + " classes apart, the pictures are of "
                    + pictures.classes() + " ("
                    + String.join(", ", pictures.train().classNames())
                    + "). Remedy: give it a new head, see docs/transfer-learning.md, or leave --model out");
        }
    }

    /** The model, behind a margin where it takes pictures that are a little larger. */
    private static Model fitting(Model model, Pictures pictures) {
        return Networks.fitted(model, pictures.input())
                .orElseThrow(() -> new UserError("Model '" + model.name() + "' takes "
                        + model.inputs().firstEntry().getValue() + ", the pictures are " + pictures.input()
                        + ". Remedy: take another network with --model"));
    }
}
