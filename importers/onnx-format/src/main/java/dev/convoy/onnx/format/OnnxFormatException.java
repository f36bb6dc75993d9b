package dev.convoy.onnx.format;

import java.io.IOException;

/** A file is no ONNX model that can be read: broken, beyond a limit, or pointing outside its folder. */
public final class OnnxFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    public OnnxFormatException(String message) {
        super(message);
    }

    public OnnxFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
