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

    /** What a message takes in memory at most, its strings left out. */
    private static final int MESSAGE_BYTES = 500;

    /**
     * 2 GB, 64 levels, ten million messages or as many as the JVM's memory has room for (its largest heap over 500 bytes), and
     * tensors of 2 GB.
     */
    public static Limits defaults() {
        long room = Runtime.getRuntime().maxMemory() / MESSAGE_BYTES;
        return new Limits(Integer.MAX_VALUE, 64, Math.min(10_000_000, room), Integer.MAX_VALUE);
    }
}
