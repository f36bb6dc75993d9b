package dev.convoy.data.archive;

import java.util.HashSet;
import java.util.Set;

/** The names of an archive's entries: each once, none of them leading out. */
final class EntryNames {

    private static final int LONGEST = 4096;
    private static final String REMEDY = "do not trust this archive; pack the files again";

    private final String archive;
    private final Set<String> seen = new HashSet<>();

    EntryNames(String archive) {
        this.archive = archive;
    }

    /**
     * A file's name as others see it, without {@code ./}.
     *
     * @param position of the entry in the archive
     */
    String add(String name, long position) throws ArchiveException {
        String clean = name;
        while (clean.startsWith("./")) {
            clean = clean.substring(2);
        }
        boolean leaves = clean.startsWith("/")
                || clean.contains("\\")
                || clean.contains("\0")
                || clean.length() > 1 && clean.charAt(1) == ':'
                || ("/" + clean + "/").contains("/../");
        if (clean.isEmpty() || clean.length() > LONGEST) {
            throw new ArchiveException(
                    archive,
                    position,
                    "a name has " + clean.length() + " characters; 1 to " + LONGEST + " are read",
                    REMEDY);
        }
        if (leaves) {
            throw new ArchiveException(
                    archive, position, "an entry is named '" + name + "', which leads out of the archive", REMEDY);
        }
        if (seen.size() == FileSource.MOST_FILES) {
            throw new ArchiveException(
                    archive, position, "there are more than " + FileSource.MOST_FILES + " files", "split it");
        }
        if (!seen.add(clean)) {
            throw new ArchiveException(archive, position, "two entries are named '" + clean + "'", REMEDY);
        }
        return clean;
    }
}
