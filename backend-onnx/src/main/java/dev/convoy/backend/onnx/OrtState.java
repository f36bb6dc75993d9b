package dev.convoy.backend.onnx;

import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in native tensors, two for each that is updated: a run reads the one and writes the other, and then they
 * change places. A run holds the lock, so that runs of several sessions follow one another.
 */
final class OrtState implements State, Lifecycle.Closing {

    private final OrtBackend backend;
    private final ReentrantLock turn = new ReentrantLock();
    private final Lease lease = new Lease("this state", this::free);
    private final SequencedMap<String, Slot> slots = new LinkedHashMap<>();

    private static final class Slot {
        private NativeTensor current;
        private @Nullable NativeTensor next;

        Slot(NativeTensor current) {
            this.current = current;
        }

        NativeTensor next() {
            NativeTensor made = next;
            if (made == null) {
                made = NativeTensor.allocate(current.spec());
                next = made;
            }
            return made;
        }

        void advance() {
            NativeTensor before = current;
            current = next();
            next = before;
        }
    }

    OrtState(OrtBackend backend, Parameters parameters) {
        this.backend = backend;
        parameters.asMap().forEach((name, tensor) -> {
            NativeTensor slot = NativeTensor.allocate(tensor.spec());
            slot.write(tensor);
            slots.put(name, new Slot(slot));
        });
    }

    /** Holds this state to what an executable needs of it. */
    void verify(OrtBackend asking, Signature wanted) {
        lease.acquire();
        try {
            if (backend != asking) {
                throw new IllegalArgumentException(
                        "The state belongs to another backend; make it with the backend that compiled the graph");
            }
            Map<String, TensorSpec> held = new HashMap<>();
            slots.forEach((name, slot) -> held.put(name, slot.current.spec()));
            wanted.requireParameters(held);
        } finally {
            lease.release();
        }
    }

    /** Where a run finds parameters and leaves their updates. */
    interface Turn {
        NativeTensor current(String parameter);

        NativeTensor next(String parameter);
    }

    /**
     * Lets a run have its turn, and then applies its updates: all, or none if it throws.
     *
     * @param updated the parameters that it updates
     */
    void run(List<String> updated, Consumer<Turn> run) {
        lease.acquire();
        turn.lock();
        try {
            run.accept(new Turn() {
                @Override
                public NativeTensor current(String parameter) {
                    return slot(parameter).current;
                }

                @Override
                public NativeTensor next(String parameter) {
                    return slot(parameter).next();
                }
            });
            updated.forEach(name -> slot(name).advance());
        } finally {
            turn.unlock();
            lease.release();
        }
    }

    private Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalStateException("The state has no parameter '" + name + "'");
        }
        return slot;
    }

    @Override
    public Parameters read() {
        lease.acquire();
        turn.lock();
        try {
            SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
            slots.forEach((name, slot) -> copies.put(name, slot.current.read()));
            return Parameters.of(copies);
        } finally {
            turn.unlock();
            lease.release();
        }
    }

    private void free() {
        List<NativeTensor> tensors = new ArrayList<>();
        slots.values().forEach(slot -> {
            tensors.add(slot.current);
            if (slot.next != null) {
                tensors.add(slot.next);
            }
        });
        tensors.forEach(NativeTensor::close);
    }

    @Override
    public void close() {
        lease.close();
        backend.forget(this);
    }
}
