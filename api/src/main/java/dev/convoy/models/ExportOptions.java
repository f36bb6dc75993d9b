package dev.convoy.models;

import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * How a model is written.
 *
 * @param externalBytes from how many bytes of weights on they are written to a file beside the model, in formats that can;
 *     by default 1.5 GB
 * @param shapes shapes that replace the declared ones, by input name; needed where a model leaves height or width free
 */
public record ExportOptions(long externalBytes, Map<String, Shape> shapes) {

    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public ExportOptions {
        if (externalBytes < 0) {
            throw new IllegalArgumentException("externalBytes is at least 0, got " + externalBytes);
        }
        shapes = Map.copyOf(shapes);
    }

    public static ExportOptions defaults() {
        return new ExportOptions(1_500_000_000, Map.of());
    }

    public ExportOptions withExternalBytes(long bytes) {
        return new ExportOptions(bytes, shapes);
    }

    /** The same with the shape of an input given; its batch may stay named. */
    public ExportOptions withShape(String input, Shape shape) {
        Map<String, Shape> all = new HashMap<>(shapes);
        all.put(input, shape);
        return new ExportOptions(externalBytes, all);
    }
}
