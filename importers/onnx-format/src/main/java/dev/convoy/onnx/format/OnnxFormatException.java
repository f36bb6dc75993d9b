package dev.convoy.onnx.format;

import java.io.IOException;

/** A file is no ONNX model that can be read: broken, beyond a limit, or pointing outside its folder. */
public final class OnnxFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    public OnnxFormatException(String reason) {
        this(reason, "");
    }

    public OnnxFormatException(String reason, Throwable cause) {
        this(reason, "", cause);
    }

    /**
     * @param reason what is wrong, without a full stop
     * @param remedy what the user can do, or empty
     */
    public OnnxFormatException(String reason, String remedy) {
        super(message(reason, remedy));
        this.reason = reason;
        this.remedy = remedy;
    }

    public OnnxFormatException(String reason, String remedy, Throwable cause) {
        super(message(reason, remedy), cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The same, with the place where it was found in front of the reason. */
    OnnxFormatException at(String place) {
        return new OnnxFormatException(place + ": " + reason, remedy, this);
    }

    private static String message(String reason, String remedy) {
        return remedy.isEmpty() ? reason : reason + ". Remedy: " + remedy;
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
