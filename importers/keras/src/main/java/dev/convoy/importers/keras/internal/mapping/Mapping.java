package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.layers.Layer;
import java.util.List;

/**
 * A Keras class: how it is read, and how the layer that it becomes is written.
 *
 * @param <L> the layer
 * @param family what kind of layer it is, a heading in {@code docs/keras.md}
 * @param className as files name it
 * @param type the layer's class
 * @param versions the major versions of Keras that write it
 * @param limits what of it is not read, in words, or empty
 * @param reader makes the layer
 * @param writer states the layer's settings, as Keras 3 does
 */
record Mapping<L extends Layer>(
        String family,
        String className,
        Class<L> type,
        List<Integer> versions,
        String limits,
        LayerReader<L> reader,
        LayerWriter<L> writer) {

    Mapping {
        versions = List.copyOf(versions);
    }

    /** A class of Keras 1, 2 and 3; layers that are its instances have the same name. */
    static <L extends Layer> Mapping<L> always(
            String family, Class<L> type, LayerReader<L> reader, LayerWriter<L> writer) {
        return new Mapping<>(family, type.getSimpleName(), type, List.of(1, 2, 3), "", reader, writer);
    }

    /** A class of Keras 2 and 3. */
    static <L extends Layer> Mapping<L> since2(
            String family, Class<L> type, LayerReader<L> reader, LayerWriter<L> writer) {
        return always(family, type, reader, writer).versions(2, 3);
    }

    /** A class that Keras 3 has not; what it becomes is written as another. */
    static Mapping<Layer> readOnly(String family, String className, LayerReader<Layer> reader) {
        return new Mapping<>(family, className, Layer.class, List.of(1, 2, 3), "", reader, (layer, config) -> {
            throw new FormatException(className + " is not written", "");
        });
    }

    Mapping<L> named(String otherName) {
        return new Mapping<>(family, otherName, type, versions, limits, reader, writer);
    }

    Mapping<L> limits(String words) {
        return new Mapping<>(family, className, type, versions, words, reader, writer);
    }

    Mapping<L> versions(Integer... major) {
        return new Mapping<>(family, className, type, List.of(major), limits, reader, writer);
    }

    /** Writes a layer that {@link KerasLayers#of} found this for. */
    void write(Layer layer, ConfigWriter config) {
        writer.write(type.cast(layer), config);
    }
}
