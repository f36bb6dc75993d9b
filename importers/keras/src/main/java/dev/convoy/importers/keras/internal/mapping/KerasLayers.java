package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.GraphException;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.layers.Layer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All Keras classes that are read and written. */
final class KerasLayers {

    private static final Map<String, Mapping<?>> MAPPINGS = index();

    private KerasLayers() {}

    private static Map<String, Mapping<?>> index() {
        Map<String, Mapping<?>> mappings = new LinkedHashMap<>();
        Stream.of(
                        ConvolutionLayers.all(),
                        PoolingLayers.all(),
                        CoreLayers.all(),
                        ShapeLayers.all(),
                        ActivationLayers.all(),
                        NormalizationLayers.all(),
                        MergeLayers.all(),
                        RegularizationLayers.all(),
                        ImageLayers.all())
                .flatMap(List::stream)
                .forEach(m -> {
                    if (mappings.put(m.className(), m) != null) {
                        throw new IllegalStateException("Two mappings of " + m.className());
                    }
                });
        return Collections.unmodifiableMap(mappings);
    }

    static Collection<Mapping<?>> all() {
        return MAPPINGS.values();
    }

    static Optional<Mapping<?>> find(String className) {
        return Optional.ofNullable(MAPPINGS.get(className));
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
