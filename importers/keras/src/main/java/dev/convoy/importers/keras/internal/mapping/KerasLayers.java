package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.GraphException;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.layers.Layer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All Keras classes that are read and written. */
final class KerasLayers {

    private KerasLayers() {}

    static List<Mapping<?>> all() {
        return Stream.of(
                        ConvolutionLayers.all(),
                        PoolingLayers.all(),
                        CoreLayers.all(),
                        ShapeLayers.all(),
                        ActivationLayers.all(),
                        NormalizationLayers.all(),
                        MergeLayers.all(),
                        RegularizationLayers.all(),
                        ImageLayers.all())
                .<Mapping<?>>flatMap(List::stream)
                .toList();
    }

    static Optional<Mapping<?>> find(String className) {
        for (Mapping<?> mapping : family(className)) {
            if (mapping.className().equals(className)) {
                return Optional.of(mapping);
            }
        }
        return Optional.empty();
    }

    /** The classes among which one is found; a family is loaded when a file has one of its classes. */
    private static List<Mapping<?>> family(String className) {
        return switch (className) {
            case "Conv1D",
                    "Conv2D",
                    "Conv3D",
                    "DepthwiseConv1D",
                    "DepthwiseConv2D",
                    "SeparableConv1D",
                    "SeparableConv2D",
                    "Conv1DTranspose",
                    "Conv2DTranspose",
                    "Conv3DTranspose" -> ConvolutionLayers.all();
            case "MaxPooling1D",
                    "MaxPooling2D",
                    "MaxPooling3D",
                    "AveragePooling1D",
                    "AveragePooling2D",
                    "AveragePooling3D",
                    "GlobalMaxPooling1D",
                    "GlobalMaxPooling2D",
                    "GlobalMaxPooling3D",
                    "GlobalAveragePooling1D",
                    "GlobalAveragePooling2D",
                    "GlobalAveragePooling3D" -> PoolingLayers.all();
            case "Dense", "Activation", "Identity", "Embedding", "Masking", "TimeDistributed" -> CoreLayers.all();
            case "Flatten",
                    "Reshape",
                    "Permute",
                    "RepeatVector",
                    "ZeroPadding1D",
                    "ZeroPadding2D",
                    "ZeroPadding3D",
                    "Cropping1D",
                    "Cropping2D",
                    "Cropping3D",
                    "UpSampling1D",
                    "UpSampling2D",
                    "UpSampling3D" -> ShapeLayers.all();
            case "ReLU", "LeakyReLU", "ELU", "PReLU", "ThresholdedReLU", "Softmax" -> ActivationLayers.all();
            case "BatchNormalization",
                    "LayerNormalization",
                    "GroupNormalization",
                    "RMSNormalization",
                    "UnitNormalization",
                    "Normalization" -> NormalizationLayers.all();
            case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "Merge" ->
                MergeLayers.all();
            case "Dropout",
                    "SpatialDropout1D",
                    "SpatialDropout2D",
                    "SpatialDropout3D",
                    "AlphaDropout",
                    "GaussianDropout",
                    "GaussianNoise",
                    "ActivityRegularization" -> RegularizationLayers.all();
            case "Rescaling",
                    "Resizing",
                    "CenterCrop",
                    "RandomCrop",
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
                    "RandomZoom" -> ImageLayers.all();
            default -> List.of();
        };
    }

    /** The class that a layer is written as; none for layers of users. */
    static Optional<Mapping<?>> of(Layer layer) {
        return find(layer.className()).filter(m -> m.type() == layer.getClass());
    }

    /**
     * Makes a layer and insists that every setting was understood.
     *
     * @throws FormatException if not, or if the class is not read
     */
    static Layer map(LayerConfig config) {
        Mapping<?> mapping =
                find(config.className()).orElseThrow(() -> new FormatException("the class is not supported", ""));
        Layer layer;
        try {
            layer = mapping.reader().read(config);
        } catch (GraphException e) {
            throw new FormatException(String.valueOf(e.getMessage()), "", e);
        }
        if (config.has("activity_regularizer")) {
            config.note("its activity_regularizer is left out; it matters in training only");
        }
        List<String> unread = config.unread();
        if (!unread.isEmpty()) {
            throw new FormatException(
                    "these settings are not understood: " + String.join(", ", unread),
                    "rebuild the layer in Python without them, or map the class yourself with ImportOptions.layer(\""
                            + config.className() + "\", …)");
        }
        return layer;
    }
}
