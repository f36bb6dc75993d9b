package dev.convoy.spi;

import dev.convoy.tensor.Parameters;

/**
 * Parameters that live on a device between runs. Sessions open on one state take turns: runs on it must not overlap.
 */
public interface State extends AutoCloseable {

    /**
     * A copy of the parameters as they are now.
     *
     * @throws IllegalStateException if this is closed
     */
    Parameters read();

    @Override
    void close();
}
