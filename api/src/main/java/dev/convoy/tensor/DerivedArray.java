package dev.convoy.tensor;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/** An array that can be computed again, held weakly. Two threads that find it gone may each compute one; both are right. */
final class DerivedArray {

    private final Supplier<Tensor> source;
    private volatile WeakReference<Object> made;

    DerivedArray(Object first, Supplier<Tensor> source) {
        this.source = source;
        made = new WeakReference<>(first);
    }

    Object get() {
        Object present = made.get();
        if (present != null) {
            return present;
        }
        Object again = source.get().array();
        made = new WeakReference<>(again);
        return again;
    }
}
