package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A layer of Keras that changes images at random in training and not at all at inference, kept so that a model that holds
 * one can be used. Convoy augments images before they reach the model ({@code Trainer.augment}, with the usual ones under the same
 * names), so tracing one for training is refused.
 *
 * @param className Keras' class, one of {@link #CLASSES}
 * @param settings the arguments of Keras' class, so that the layer can be written again; empty if they are not known
 */
public record RandomAugmentation(String className, SequencedMap<String, Object> settings) implements Layer {

    /** The classes of Keras 2 and 3 that this stands for. {@link RandomCrop} is a layer of its own. */
    public static final Set<String> CLASSES = Set.of(
            "AugMix",
            "CutMix",
            "MixUp",
            "RandAugment",
            "RandomBrightness",
            "RandomColorDegeneration",
            "RandomColorJitter",
            "RandomContrast",
            "RandomElasticTransform",
            "RandomErasing",
            "RandomFlip",
            "RandomGaussianBlur",
            "RandomGrayscale",
            "RandomHeight",
            "RandomHue",
            "RandomInvert",
            "RandomPerspective",
            "RandomPosterization",
            "RandomRotation",
            "RandomSaturation",
            "RandomSharpness",
            "RandomShear",
            "RandomTranslation",
            "RandomWidth",
            "RandomZoom");

    /**
     * @throws dev.convoy.graph.GraphException if it is not one of the classes
     */
    public RandomAugmentation {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        Check.of("RandomAugmentation")
                .that(CLASSES.contains(className), "L1", "the class changes nothing at inference", CLASSES, className);
    }

    /** A layer whose settings are not known. */
    public static RandomAugmentation of(String className) {
        return new RandomAugmentation(className, new LinkedHashMap<>());
    }

    /**
     * @throws dev.convoy.graph.GraphException in training
     */
    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(className, inputs);
        Check.of(className)
                .that(
                        !scope.training(),
                        "L2",
                        "images are augmented before the model; leave the layer out and give Trainer.augment(…) the"
                                + " augmentation",
                        "inference",
                        "training");
        return List.of(x);
    }
}
