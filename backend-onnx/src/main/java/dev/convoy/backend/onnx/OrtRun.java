package dev.convoy.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One set of input and output buffers of an executable; they are kept from run to run while the shapes stay the same. */
final class OrtRun implements Session, Lifecycle.Closing {

    private final OrtExecutable executable;
    private final Program program;
    private final @Nullable OrtState state;
    private final Lease lease = new Lease("this session", this::free);
    private final AtomicBoolean running = new AtomicBoolean();
    private final Map<String, NativeTensor> inputs = new HashMap<>();
    private final Map<String, NativeTensor> outputs = new HashMap<>();
    private final Map<String, OnnxTensor> given = new HashMap<>();
    private final Map<String, OnnxTensor> pinned = new HashMap<>();

    OrtRun(OrtExecutable executable, Program program, @Nullable OrtState state) {
        this.executable = executable;
        this.program = program;
        this.state = state;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> tensors, Set<String> fetch) {
        lease.acquire();
        try {
            Signature signature = program.signature();
            Map<String, Integer> sizes = signature.requireInputs(tensors);
            signature.requireOutputs(fetch);
            if (!running.compareAndSet(false, true)) {
                throw new IllegalStateException("A session belongs to one thread at a time; open one for each thread");
            }
            try {
                return run(tensors, fetch, sizes);
            } finally {
                running.set(false);
            }
        } finally {
            lease.release();
        }
    }

    private Map<String, Tensor> run(Map<String, Tensor> tensors, Set<String> fetch, Map<String, Integer> sizes) {
        Signature signature = program.signature();
        given.clear();
        pinned.clear();
        signature.inputs().keySet().forEach(name -> {
            Tensor tensor = tensors.get(name);
            if (tensor != null) {
                NativeTensor buffer = buffer(inputs, name, tensor.spec());
                buffer.write(tensor);
                given.put(program.input(name), buffer.value());
            }
        });
        Map<String, NativeTensor> fetched = new LinkedHashMap<>();
        signature.outputs().forEach((name, spec) -> {
            if (fetch.contains(name)) {
                NativeTensor buffer = buffer(outputs, name, sizes.isEmpty() ? spec : spec.bind(sizes));
                fetched.put(name, buffer);
                pinned.put(program.output(name), buffer.value());
            }
        });
        if (state == null) {
            run();
        } else {
            run(state);
        }
        Map<String, Tensor> results = new LinkedHashMap<>();
        fetched.forEach((name, buffer) -> results.put(name, buffer.read()));
        return results;
    }

    private void run(OrtState parameters) {
        parameters.run(program.updated(), turn -> {
            program.parameters()
                    .forEach((name, onnx) -> given.put(onnx, turn.current(name).value()));
            program.updates()
                    .forEach((name, onnx) -> pinned.put(onnx, turn.next(name).value()));
            run();
        });
    }

    private void run() {
        if (pinned.isEmpty()) {
            return;
        }
        try {
            executable.session().run(given, Set.of(), pinned).close();
        } catch (OrtException e) {
            throw Failures.of("run this graph", e);
        }
    }

    private static NativeTensor buffer(Map<String, NativeTensor> buffers, String name, TensorSpec spec) {
        NativeTensor buffer = buffers.get(name);
        if (buffer == null || !buffer.spec().equals(spec)) {
            if (buffer != null) {
                buffers.remove(name);
                buffer.close();
            }
            buffer = NativeTensor.allocate(spec);
            buffers.put(name, buffer);
        }
        return buffer;
    }

    private void free() {
        inputs.values().forEach(NativeTensor::close);
        outputs.values().forEach(NativeTensor::close);
        executable.release();
    }

    /** Closes; a run that is under way on another thread ends undisturbed. */
    @Override
    public void close() {
        lease.close();
        executable.forget(this);
    }
}
