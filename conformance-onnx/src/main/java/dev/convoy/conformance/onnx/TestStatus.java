package dev.convoy.conformance.onnx;

/** How a test ended. */
public enum TestStatus {
    PASSED,
    /** Another result than expected, an error that is no refusal, or too slow. */
    FAILED,
    /** Importer or backend refuse the model, and say why. */
    UNSUPPORTED;

    /** In lower case. */
    public String label() {
        return switch (this) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case UNSUPPORTED -> "unsupported";
        };
    }
}
