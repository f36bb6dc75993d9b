package dev.convoy.importers.onnx.internal.file;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a file declares of a value.
 *
 * @param type null if the file does not say, or it is no tensor
 * @param shape null if the file does not say; axes without a size are named
 * @param kind what it is in words, {@code sequence} for example
 */
public record ValueDescription(
        String name, @Nullable DataType type, @Nullable Shape shape, String kind) {}
