package dev.convoy.conformance.onnx;

import dev.convoy.spi.BackendOptions;
import java.time.Duration;

/**
 * How tests are run.
 *
 * @param timeLimit a test that takes longer fails
 * @param modelBytes the largest model
 * @param dataBytes the largest input or output
 * @param backend of the backend
 */
public record OnnxTestOptions(Duration timeLimit, long modelBytes, int dataBytes, BackendOptions backend) {

    private static final Duration USUAL_TIME = Duration.ofSeconds(30);

    /** Half a minute, models of 2 GB, tensors of 256 MB. */
    public static OnnxTestOptions defaults() {
        return new OnnxTestOptions(USUAL_TIME, Integer.MAX_VALUE, 1 << 28, BackendOptions.defaults());
    }

    public OnnxTestOptions withTimeLimit(Duration newLimit) {
        return new OnnxTestOptions(newLimit, modelBytes, dataBytes, backend);
    }
}
