package dev.convoy.data.download;

/** Is told how far a download is. */
@FunctionalInterface
public interface DownloadProgress {

    /**
     * Called at the start of each attempt with 0, after each piece of the file, and so at its end with
     * {@code file.size()}. An attempt at another mirror starts at 0 again.
     *
     * @param done bytes so far, of {@code file.size()}
     */
    void downloaded(RemoteFile file, long done);
}
