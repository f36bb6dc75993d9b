package dev.convoy.models;

import dev.convoy.layers.Layer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How a model is to be imported.
 *
 * @param layers for a class that the importer does not know, a factory that makes the layer from its configuration
 */
public record ImportOptions(Map<String, Function<Map<String, Object>, Layer>> layers) {

    public ImportOptions {
        layers = Map.copyOf(layers);
    }

    public static ImportOptions defaults() {
        return new ImportOptions(Map.of());
    }

    /**
     * These options with a class of the user's own.
     *
     * @param className as the file names it
     * @param factory gets the configuration as the file states it: maps, lists, strings, numbers, booleans and nulls
     */
    public ImportOptions layer(String className, Function<Map<String, Object>, Layer> factory) {
        Map<String, Function<Map<String, Object>, Layer>> more = new HashMap<>(layers);
        more.put(className, factory);
        return new ImportOptions(more);
    }
}
