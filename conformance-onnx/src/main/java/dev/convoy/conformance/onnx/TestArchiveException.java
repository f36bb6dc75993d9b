package dev.convoy.conformance.onnx;

import java.io.IOException;

/** A zip file or folder of tests is refused: damaged, hostile or larger than the limits. The message says where. */
public final class TestArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    public TestArchiveException(String message) {
        super(message);
    }

    public TestArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
