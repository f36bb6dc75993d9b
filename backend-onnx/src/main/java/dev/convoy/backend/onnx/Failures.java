package dev.convoy.backend.onnx;

import ai.onnxruntime.OrtException;
import dev.convoy.spi.BackendException;

/** What ONNX Runtime refuses, in this project's exception. */
final class Failures {

    private Failures() {}

    /**
     * @param task what could not be done, as the message says it: {@code run the graph}
     */
    static BackendException of(String task, OrtException e) {
        return new BackendException(
                "Backend '" + OrtBackend.NAME + "' cannot " + task + ": ONNX Runtime says " + e.getMessage(), e);
    }
}
