package dev.convoy.spi.interpret;

import dev.convoy.graph.Value;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.tensor.DataType.Storage;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Parameters in heap arrays. A run holds its lock, so that runs of several sessions follow one another. */
final class HostState implements State, Lifecycle.Closing {

    private final InterpretingBackend backend;
    private final Lifecycle lifecycle = new Lifecycle("this state");
    private final ReentrantLock turn = new ReentrantLock();
    private final SequencedMap<String, TensorSpec> specs = new LinkedHashMap<>();
    private final Map<String, Object> arrays = new HashMap<>();

    HostState(InterpretingBackend backend, Parameters parameters) {
        this.backend = backend;
        parameters.asMap().forEach((name, tensor) -> {
            specs.put(name, tensor.spec());
            arrays.put(name, Frame.copy(tensor.array(), tensor.type().storage(), tensor.size()));
        });
    }

    /** Holds this state to what an executable needs of it. */
    void verify(InterpretingBackend asking, Signature wanted) {
        lifecycle.check();
        if (backend != asking) {
            throw new IllegalArgumentException(
                    "The state belongs to another backend; make it with the backend that compiled the graph");
        }
        wanted.requireParameters(specs);
    }

    /**
     * Runs a program on these parameters, and then applies its updates: all, or none if the run fails.
     *
     * @param collect takes the outputs, before the updates
     */
    void run(Program program, Frame frame, Runnable collect) {
        turn.lock();
        try {
            lifecycle.check();
            program.parameters().forEach((name, slot) -> frame.set(slot, array(name)));
            frame.run();
            collect.run();
            apply(program, frame);
        } finally {
            turn.unlock();
        }
    }

    /** A buffer of the session changes places with the parameter's array; anything else is copied. */
    private void apply(Program program, Frame frame) {
        Map<String, Object> changed = new HashMap<>();
        Set<Integer> exchanged = new HashSet<>();
        SequencedMap<String, Value> updates = program.graph().updates();
        updates.forEach((name, value) -> {
            int slot = program.slot(value);
            if (program.isBuffer(slot) && exchanged.add(slot)) {
                changed.put(name, frame.get(slot));
            } else {
                TensorSpec spec = value.spec();
                changed.put(name, Frame.copy(frame.get(slot), spec.type().storage(), elements(spec)));
            }
        });
        updates.forEach((name, value) -> {
            int slot = program.slot(value);
            if (exchanged.remove(slot)) {
                frame.set(slot, array(name));
            }
        });
        arrays.putAll(changed);
    }

    private Object array(String name) {
        Object array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("The state has no parameter '" + name + "'");
        }
        return array;
    }

    @Override
    public Parameters read() {
        turn.lock();
        try {
            lifecycle.check();
            SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
            specs.forEach((name, spec) -> {
                Storage storage = spec.type().storage();
                copies.put(name, Tensor.wrap(spec, Frame.copy(array(name), storage, elements(spec))));
            });
            return Parameters.of(copies);
        } finally {
            turn.unlock();
        }
    }

    private static int elements(TensorSpec spec) {
        return Math.toIntExact(spec.shape().elements());
    }

    @Override
    public void close() {
        if (lifecycle.close()) {
            backend.forget(this);
        }
    }
}
