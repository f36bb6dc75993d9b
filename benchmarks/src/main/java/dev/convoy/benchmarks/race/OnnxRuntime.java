package dev.convoy.benchmarks.race;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.convoy.models.Model;
import dev.convoy.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * ONNX Runtime's own Java API on the same network, in the form that suits it: channels first without transposes, sizes
 * known, the input in native memory from the beginning.
 */
public final class OnnxRuntime implements Contestant {

    private final OnnxForm form;
    private final SessionOptions options = new SessionOptions();
    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;

    /**
     * @param model with one input and one output, channels last
     * @param data its input
     */
    public OnnxRuntime(Model model, Tensor data, int threads) {
        form = OnnxForm.of(model, data);
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(form.bytes(), options);
            float[] values = form.input().floats();
            FloatBuffer memory = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .put(0, values);
            long[] shape =
                    Arrays.stream(form.input().shape().sizes()).asLongStream().toArray();
            input = OnnxTensor.createTensor(environment, memory, shape);
            inputs = Map.of(session.getInputNames().iterator().next(), input);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public String name() {
        return "ONNX Runtime";
    }

    @Override
    public void run(long nanos, Timings timings) {
        Contestant.repeat(this::predict, nanos, timings);
    }

    private float[] predict() {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public float[] outputs() {
        return form.channelsLast(predict());
    }

    @Override
    public void close() {
        try {
            input.close();
            session.close();
            options.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
}
