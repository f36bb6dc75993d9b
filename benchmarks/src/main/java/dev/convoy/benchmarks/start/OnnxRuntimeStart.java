package dev.convoy.benchmarks.start;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** One prediction with ONNX Runtime. Arguments: an ONNX file for {@code [n, 28, 28, 1]}, the number of threads. */
public final class OnnxRuntimeStart {

    private OnnxRuntimeStart() {}

    /**
     * @throws OrtException if ONNX Runtime cannot load or run the file
     */
    public static void main(String[] arguments) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(Integer.parseInt(arguments[1]));
        FloatBuffer pixels = FloatBuffer.wrap(new float[28 * 28]);
        try (OrtSession session = environment.createSession(arguments[0], options);
                OnnxTensor picture = OnnxTensor.createTensor(environment, pixels, new long[] {1, 28, 28, 1});
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), picture))) {
            System.out.println(((OnnxTensor) result.get(0)).getFloatBuffer().get(0));
        }
    }
}
