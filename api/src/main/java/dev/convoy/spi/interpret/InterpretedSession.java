package dev.convoy.spi.interpret;

import dev.convoy.graph.Value;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One set of buffers of an executable. */
final class InterpretedSession implements Session, Lifecycle.Closing {

    private final InterpretedExecutable executable;
    private final Program program;
    private final @Nullable HostState state;
    private final Lifecycle lifecycle = new Lifecycle("this session");
    private final AtomicBoolean running = new AtomicBoolean();
    private @Nullable Frame frame;

    InterpretedSession(InterpretedExecutable executable, Program program, @Nullable HostState state) {
        this.executable = executable;
        this.program = program;
        this.state = state;
        frame = program.newFrame();
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
        lifecycle.check();
        executable.signature().requireInputs(inputs);
        executable.signature().requireOutputs(fetch);
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException("A session belongs to one thread at a time; open one for each thread");
        }
        try {
            Frame arrays = frame;
            if (arrays == null) {
                throw new IllegalStateException("Cannot use this session: it is closed");
            }
            return run(arrays, inputs, fetch);
        } finally {
            running.set(false);
        }
    }

    private Map<String, Tensor> run(Frame arrays, Map<String, Tensor> inputs, Set<String> fetch) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        try {
            inputs.forEach((name, tensor) -> arrays.set(program.input(name), tensor.array()));
            if (state == null) {
                arrays.run();
                collect(arrays, fetch, results);
            } else {
                state.run(program, arrays, () -> collect(arrays, fetch, results));
            }
        } finally {
            arrays.release();
        }
        return results;
    }

    private void collect(Frame arrays, Set<String> fetch, Map<String, Tensor> results) {
        program.graph().outputs().forEach((name, value) -> {
            if (fetch.contains(name)) {
                results.put(name, copy(arrays, value));
            }
        });
    }

    private static Tensor copy(Frame arrays, Value value) {
        TensorSpec spec = value.spec();
        int elements = Math.toIntExact(spec.shape().elements());
        return Tensor.wrap(spec, Frame.copy(arrays.get(value), spec.type().storage(), elements));
    }

    /** Closes; a run that is under way on another thread ends undisturbed. */
    @Override
    public void close() {
        if (lifecycle.close()) {
            executable.forget(this);
            frame = null;
        }
    }
}
