package dev.convoy.importers.onnx.internal.node;

import dev.convoy.importers.onnx.internal.file.Attribute;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A node's attributes by type. Keeps in mind which ones were asked for, so that none is overlooked. */
final class Attributes {

    /** Told of memory in ONNX before 1.2, and says nothing about the result. */
    private static final String LEGACY = "consumed_inputs";

    private final Map<String, Attribute> attributes;
    private final Set<String> read = new HashSet<>(Set.of(LEGACY));

    Attributes(Map<String, Attribute> attributes) {
        this.attributes = attributes;
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    void ignore(String name) {
        read.add(name);
    }

    Optional<Long> integer(String name) {
        return get(name, Attribute.Integral.class).map(Attribute.Integral::value);
    }

    Optional<Double> real(String name) {
        return get(name, Attribute.Real.class).map(Attribute.Real::value);
    }

    Optional<String> text(String name) {
        return get(name, Attribute.Text.class).map(Attribute.Text::value);
    }

    Optional<List<Long>> integers(String name) {
        return get(name, Attribute.Integrals.class).map(Attribute.Integrals::values);
    }

    Optional<List<Double>> reals(String name) {
        if (attributes.get(name) instanceof Attribute.Integrals(List<Long> none) && none.isEmpty()) {
            read.add(name);
            return Optional.of(List.of());
        }
        return get(name, Attribute.Reals.class).map(Attribute.Reals::values);
    }

    Optional<List<String>> texts(String name) {
        return get(name, Attribute.Texts.class).map(Attribute.Texts::values);
    }

    Optional<Tensor> tensor(String name) {
        return get(name, Attribute.Array.class).map(Attribute.Array::value);
    }

    Optional<GraphDescription> body(String name) {
        return get(name, Attribute.Body.class).map(Attribute.Body::graph);
    }

    private <T extends Attribute> Optional<T> get(String name, Class<T> kind) {
        read.add(name);
        Attribute attribute = attributes.get(name);
        if (attribute == null) {
            return Optional.empty();
        }
        if (attribute instanceof Attribute.Unreadable(String reason)) {
            throw new NodeProblem("the attribute " + name + " cannot be read: " + reason, "");
        }
        if (!kind.isInstance(attribute)) {
            throw new NodeProblem("the attribute " + name + " is of another kind than ONNX declares: " + attribute, "");
        }
        return Optional.of(kind.cast(attribute));
    }

    /** The attributes that nobody asked for. */
    Set<String> unread() {
        Set<String> unread = new TreeSet<>(attributes.keySet());
        unread.removeAll(read);
        return unread;
    }
}
