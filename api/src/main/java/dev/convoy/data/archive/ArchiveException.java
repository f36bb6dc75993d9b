package dev.convoy.data.archive;

import java.io.IOException;

/** An archive that cannot be used. The message names the file, the position in it and the remedy. */
public final class ArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long position;

    /**
     * @param name the file
     * @param position bytes from the start of the file, or of its content if it is compressed
     * @param problem what is wrong, without a full stop
     * @param remedy what the user can do about it, without a full stop
     */
    public ArchiveException(String name, long position, String problem, String remedy) {
        super(name + ": " + problem + " (at byte " + position + "). Remedy: " + remedy);
        this.position = position;
    }

    /** Where in the file, in bytes from the start of its content. */
    public long position() {
        return position;
    }
}
