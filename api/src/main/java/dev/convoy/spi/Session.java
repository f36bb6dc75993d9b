package dev.convoy.spi;

import dev.convoy.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/** Runs an executable with buffers of its own; belongs to one thread at a time. */
public interface Session extends AutoCloseable {

    /**
     * Runs the graph once and applies its updates to the state.
     *
     * @param inputs a tensor for each input, of the signature's spec
     * @param fetch the outputs that are wanted
     * @return the outputs named in {@code fetch}, in tensors of their own
     * @throws IllegalArgumentException if an input is missing, unknown or of another spec, or an output is unknown
     * @throws IllegalStateException if this is closed
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch);

    @Override
    void close();
}
