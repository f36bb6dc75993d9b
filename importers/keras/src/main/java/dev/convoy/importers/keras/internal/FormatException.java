package dev.convoy.importers.keras.internal;

import org.jspecify.annotations.Nullable;

/** A file, or a part of it, is not what it should be; becomes a problem in the importer's report. */
public final class FormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param reason what is wrong and where, without a full stop
     * @param remedy what the user can do, or empty
     */
    public FormatException(String reason, String remedy) {
        this(reason, remedy, null);
    }

    public FormatException(String reason, String remedy, @Nullable Throwable cause) {
        super(reason, cause);
        this.remedy = remedy;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
