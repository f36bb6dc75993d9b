package dev.convoy.models;

import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is written.
 *
 * @param externalBytes from how many bytes of weights on they are written to a file beside the model, in formats that can;
 *     by default 1.5 GB
 * @param shapes shapes that replace the declared ones, by input name; needed where a model leaves height or width free
 * @param compile how the model was trained, for formats that keep it; null leaves it out
 */
public record ExportOptions(
        long externalBytes,
        Map<String, Shape> shapes,
        @Nullable CompileConfig compile) {

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
        return new ExportOptions(1_500_000_000, Map.of(), null);
    }

    public ExportOptions withExternalBytes(long bytes) {
        return new ExportOptions(bytes, shapes, compile);
    }

    /** The same with the shape of an input given; its batch may stay named. */
    public ExportOptions withShape(String input, Shape shape) {
        Map<String, Shape> all = new HashMap<>(shapes);
        all.put(input, shape);
        return new ExportOptions(externalBytes, all, compile);
    }

    /** The same with how the model was trained. */
    public ExportOptions withCompile(CompileConfig config) {
        return new ExportOptions(externalBytes, shapes, config);
    }
}
