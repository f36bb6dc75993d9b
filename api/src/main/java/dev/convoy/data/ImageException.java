package dev.convoy.data;

import java.io.IOException;

/** An image file that cannot be used: unknown, broken or too large. The message names the file and the remedy. */
public final class ImageException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the file
     * @param problem what is wrong, without a full stop
     * @param remedy what the user can do about it, without a full stop
     */
    public ImageException(String name, String problem, String remedy) {
        super(name + ": " + problem + ". Remedy: " + remedy);
    }

    /** As {@link #ImageException(String, String, String)}, with the decoder's own exception. */
    public ImageException(String name, String problem, String remedy, Throwable cause) {
        super(name + ": " + problem + ". Remedy: " + remedy, cause);
    }
}
