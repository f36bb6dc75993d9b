package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.tensor.Tensor;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Weights that are packed once for each tensor and form, and shared for as long as the tensor is in use. Tensors are told
 * apart by identity. Thread-safe.
 */
public final class PackedWeights {

    /** A tensor, seen by identity and held weakly. */
    private static final class Key extends WeakReference<Tensor> {

        private final int hash;

        Key(Tensor tensor, ReferenceQueue<Tensor> queue) {
            super(tensor, queue);
            hash = System.identityHashCode(tensor);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key key && get() != null && get() == key.get();
        }
    }

    private final Map<Key, Map<Object, Panels>> packed = new ConcurrentHashMap<>();
    private final ReferenceQueue<Tensor> gone = new ReferenceQueue<>();

    /**
     * The panels of a tensor in a form, made if there are none.
     *
     * @param form what distinguishes one packing of a tensor from another; compared by equals
     */
    public Panels get(Tensor tensor, Object form, Supplier<Panels> pack) {
        for (Reference<? extends Tensor> key = gone.poll(); key != null; key = gone.poll()) {
            packed.remove(key);
        }
        return packed.computeIfAbsent(new Key(tensor, gone), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(form, _ -> pack.get());
    }

    /** The number of tensors that are packed. */
    int size() {
        return packed.size();
    }
}
