package dev.convoy.conformance.onnx;

/** A test is about values that are no tensors of numbers, which Convoy does not have. */
final class NotATensorException extends Exception {

    private static final long serialVersionUID = 1L;

    NotATensorException(String what) {
        super(what);
    }
}
