package dev.convoy.models;

import dev.convoy.layers.Layer;
import dev.convoy.layers.Named;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a member of a model. Calling one node several times shares its parameters; calling a {@link Layer} makes a
 * node of its own each time. Compared by identity.
 */
public final class LayerNode {

    private final @Nullable String name;
    private final Layer layer;

    private LayerNode(@Nullable String name, Layer layer) {
        this.name = name;
        this.layer = layer;
    }

    /** A node named by {@link Layer#named}, by the model that it is, or else by its class once it is in a model. */
    public static LayerNode of(Layer layer) {
        return switch (layer) {
            case Named(String name, Layer inner) -> new LayerNode(name, inner);
            case Model model -> new LayerNode(model.name(), model);
            default -> new LayerNode(null, layer);
        };
    }

    /** The layer under a name. */
    public static LayerNode named(String name, Layer layer) {
        return of(new Named(name, layer instanceof Named named ? named.layer() : layer));
    }

    /**
     * The name of this node; inside a model every node has one.
     *
     * @throws IllegalStateException if it has none yet
     */
    public String name() {
        if (name == null) {
            throw new IllegalStateException("A " + layer.className() + " has no name before it is in a model");
        }
        return name;
    }

    boolean isNamed() {
        return name != null;
    }

    public Layer layer() {
        return layer;
    }

    @Override
    public String toString() {
        return (name == null ? "" : name + " ") + "(" + layer.className() + ")";
    }
}
