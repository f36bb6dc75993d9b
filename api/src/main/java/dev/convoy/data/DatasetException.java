package dev.convoy.data;

import java.io.IOException;
import java.util.OptionalLong;

/** A data set that cannot be used. The message names the file or folder and the remedy. */
public final class DatasetException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final long NOWHERE = -1;

    private final long position;

    /**
     * @param name the file or folder
     * @param problem what is wrong, without a full stop
     * @param remedy what the user can do about it, without a full stop
     */
    public DatasetException(String name, String problem, String remedy) {
        super(name + ": " + problem + ". Remedy: " + remedy);
        this.position = NOWHERE;
    }

    /**
     * As {@link #DatasetException(String, String, String)}, at a place in a file.
     *
     * @param position bytes from the start of the file, or of its content if it is compressed
     */
    public DatasetException(String name, long position, String problem, String remedy) {
        super(name + ": " + problem + " (at byte " + position + "). Remedy: " + remedy);
        this.position = position;
    }

    /** Where in the file, in bytes from the start of its content, if the problem is at one place. */
    public OptionalLong position() {
        return position == NOWHERE ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
