package dev.convoy.importers.onnx.internal.file;

/**
 * Something in a file that cannot be read.
 *
 * @param reason what is wrong, without a full stop
 * @param remedy what the user can do, or empty
 */
public record Unreadable(String reason, String remedy) {}
