package dev.convoy.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.convoy.graph.Graph;
import dev.convoy.graph.pass.Passes;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** ONNX Runtime's own Java API on the model exported as ONNX. */
record OnnxRuntimeContestant(OrtSession session, String input, Tensor data) implements Contestant {

    static OnnxRuntimeContestant of(Model model, Tensor data, int threads) throws OrtException {
        Graph frozen = model.trace(Map.of(), Mode.INFERENCE).graph().freeze(model.parameters()::get);
        Graph prepared = Passes.prepare(frozen, OnnxLowering.LAYOUT, OnnxLowering::claims);
        byte[] bytes = OnnxLowering.lower(prepared).model().toByteArray();
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(threads);
        OrtSession session = OrtEnvironment.getEnvironment().createSession(bytes, options);
        return new OnnxRuntimeContestant(
                session, session.getInputNames().iterator().next(), data);
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public float[] predict() {
        long[] shape = Arrays.stream(data.shape().sizes()).asLongStream().toArray();
        try (OnnxTensor tensor = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(data.floats()), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to close: " + e.getMessage(), e);
        }
    }
}
