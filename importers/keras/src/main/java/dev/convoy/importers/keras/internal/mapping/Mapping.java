package dev.convoy.importers.keras.internal.mapping;

import java.util.List;

/**
 * A Keras class that is read.
 *
 * @param family what kind of layer it is, a heading in {@code docs/keras.md}
 * @param className as files name it
 * @param versions the major versions of Keras that write it
 * @param limits what of it is not read, in words, or empty
 * @param mapper makes the layer
 */
record Mapping(String family, String className, List<Integer> versions, String limits, LayerMapper mapper) {

    Mapping {
        versions = List.copyOf(versions);
    }

    /** A class of Keras 1, 2 and 3. */
    static Mapping always(String family, String className, LayerMapper mapper) {
        return new Mapping(family, className, List.of(1, 2, 3), "", mapper);
    }

    /** A class of Keras 2 and 3. */
    static Mapping since2(String family, String className, LayerMapper mapper) {
        return new Mapping(family, className, List.of(2, 3), "", mapper);
    }

    Mapping limits(String words) {
        return new Mapping(family, className, versions, words, mapper);
    }

    Mapping versions(Integer... major) {
        return new Mapping(family, className, List.of(major), limits, mapper);
    }
}
