package dev.convoy.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** All the files of a data set that cannot be used, at once. The message shows the first ones. */
public final class UnreadableFilesException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final UnreadableFile[] files;

    /**
     * @param source the folder or archive
     * @param files all of them
     * @param total how many files were looked at
     */
    public UnreadableFilesException(String source, List<UnreadableFile> files, int total) {
        super(source + ": " + files.size() + " of " + total
                + " pictures cannot be used. Remedy: repair or remove them, or"
                + " read with skipBroken. They are:\n"
                + files.stream().limit(SHOWN).map(file -> "  " + file).collect(Collectors.joining("\n"))
                + (files.size() > SHOWN ? "\n  … and " + (files.size() - SHOWN) + " more" : ""));
        this.files = files.toArray(UnreadableFile[]::new);
    }

    /** Every one, in the order of the data set. */
    public List<UnreadableFile> files() {
        return List.of(files);
    }
}
