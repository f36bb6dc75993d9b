package dev.convoy.onnx.lowering;

/** A graph cannot be written in ONNX; {@link OnnxLowering#refusal} says so for a single node. */
public final class LoweringException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoweringException(String message) {
        super(message);
    }
}
