package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.Identity;
import dev.convoy.layers.Layer;
import java.util.List;

/** Random changes of pictures, which Keras makes in training only. */
final class AugmentationLayers {

    private static final String FAMILY = "Augmentation";

    private static final List<String> CLASSES = List.of(
            "RandomFlip",
            "RandomRotation",
            "RandomTranslation",
            "RandomZoom",
            "RandomShear",
            "RandomPerspective",
            "RandomElasticTransform",
            "RandomContrast",
            "RandomBrightness",
            "RandomSaturation",
            "RandomSharpness",
            "RandomHue",
            "RandomColorJitter",
            "RandomColorDegeneration",
            "RandomGrayscale",
            "RandomGaussianBlur",
            "RandomInvert",
            "RandomPosterization",
            "RandomErasing",
            "RandomHeight",
            "RandomWidth");

    private AugmentationLayers() {}

    static List<Mapping> all() {
        return CLASSES.stream()
                .map(name -> since2(FAMILY, name, AugmentationLayers::nothing)
                        .limits("does nothing, also in training"))
                .toList();
    }

    private static Layer nothing(LayerConfig c) {
        c.ignoreAll();
        c.note(c.className() + " does nothing at inference; it is left out in training too");
        return Identity.of();
    }
}
