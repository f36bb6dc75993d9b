package dev.convoy.data;

import java.io.Serializable;

/**
 * A file of a data set that cannot be used.
 *
 * @param name in the folder or archive, parts separated by slashes
 * @param reason what is wrong and what to do about it
 */
public record UnreadableFile(String name, String reason) implements Serializable {

    /** The name and the reason. */
    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
