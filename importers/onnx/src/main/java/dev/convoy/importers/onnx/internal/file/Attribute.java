package dev.convoy.importers.onnx.internal.file;

import dev.convoy.tensor.Tensor;
import java.util.List;

/** The value of a node's attribute. */
public sealed interface Attribute {

    /** FLOAT. */
    record Real(double value) implements Attribute {}

    /** INT. */
    record Integral(long value) implements Attribute {}

    /** STRING. */
    record Text(String value) implements Attribute {}

    /** FLOATS. */
    record Reals(List<Double> values) implements Attribute {}

    /** INTS. */
    record Integrals(List<Long> values) implements Attribute {}

    /** STRINGS. */
    record Texts(List<String> values) implements Attribute {}

    /** TENSOR. */
    record Array(Tensor value) implements Attribute {}

    /** GRAPH. */
    record Body(GraphDescription graph) implements Attribute {}

    /**
     * A value that cannot be read.
     *
     * @param reason why
     */
    record Unreadable(String reason) implements Attribute {}
}
