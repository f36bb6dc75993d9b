package dev.convoy.onnx.format;

/**
 * What a model file may ask for before it is refused.
 *
 * @param fileBytes size of the file itself, at most the 2 GB of Protocol Buffers
 * @param depth how deep messages may be nested, graphs within graphs among them
 * @param messages how many messages (nodes, attributes, tensors, …) the file may hold
 * @param tensorBytes size of one tensor
 */
public record Limits(long fileBytes, int depth, long messages, long tensorBytes) {

    /** 2 GB, 64 levels, ten million messages, and tensors of 2 GB. */
    public static Limits defaults() {
        return new Limits(Integer.MAX_VALUE, 64, 10_000_000, Integer.MAX_VALUE);
    }
}
