package dev.convoy.tensor;

import org.jspecify.annotations.Nullable;

/**
 * One dimension of a {@link Shape}: a size, or a name that stands for a size not yet known (the batch).
 *
 * @param size the number of elements, or -1 for a named dimension
 * @param name the name of a dimension that is bound later, or null for a known size
 */
public record Dim(int size, @Nullable String name) {

    /**
     * @throws IllegalArgumentException if the size is negative without a name, or if both are given
     */
    public Dim {
        if (name == null ? size < 0 : size != -1 || name.isBlank()) {
            throw new IllegalArgumentException(
                    "A dimension is a size >= 0 or a name; got size " + size + ", name " + name);
        }
    }

    public static Dim of(int size) {
        return new Dim(size, null);
    }

    public static Dim named(String name) {
        return new Dim(-1, name);
    }

    public boolean isKnown() {
        return name == null;
    }

    /** The size, or the name. */
    @Override
    public String toString() {
        return name == null ? Integer.toString(size) : name;
    }
}
