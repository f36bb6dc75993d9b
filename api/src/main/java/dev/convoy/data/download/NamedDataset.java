package dev.convoy.data.download;

import dev.convoy.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A data set that has a name: where its files are, and how they are read. {@link #train} and {@link #test} take any folder
 * with these files and need no network; {@link #locate} finds one.
 *
 * @param name what it is called on a command line
 * @param title what it is called in a sentence
 * @param files that belong to it
 * @param classNames of its classes, in order
 * @param licence of the data, in a line
 * @param reader of its files
 */
public record NamedDataset(
        String name, String title, List<RemoteFile> files, List<String> classNames, String licence, Reader reader) {

    /** Reads the files of a data set. */
    public interface Reader {

        /**
         * The samples to train on.
         *
         * @throws IOException if a file is missing, cannot be read or is broken
         */
        Dataset train(Path folder) throws IOException;

        /**
         * The samples to test with.
         *
         * @throws IOException if a file is missing, cannot be read or is broken
         */
        Dataset test(Path folder) throws IOException;
    }

    public NamedDataset {
        files = List.copyOf(files);
        classNames = List.copyOf(classNames);
    }

    /**
     * The samples to train on, from a folder.
     *
     * @throws IOException if a file is missing, cannot be read or is broken
     */
    public Dataset train(Path folder) throws IOException {
        return reader.train(folder).withClassNames(classNames);
    }

    /**
     * The samples to test with, from a folder.
     *
     * @throws IOException if a file is missing, cannot be read or is broken
     */
    public Dataset test(Path folder) throws IOException {
        return reader.test(folder).withClassNames(classNames);
    }

    /**
     * A folder with its files: the one in the cache, after downloading what is not there. Threads and processes may do so
     * at the same time.
     *
     * @throws DownloadException if a file is missing and cannot be had; says what was tried, and where to put which files
     */
    public Path locate(DownloadOptions options) throws DownloadException {
        return new CacheFolder(this, options).filled();
    }

    /** What to do when the files cannot be had. */
    String remedy(Path folder) {
        return "put these files into '" + folder + "', or into any folder that you name with --data DIR: "
                + files.stream()
                        .map(file -> file.name() + " (" + file.size() + " bytes, from "
                                + file.mirrors().getFirst() + ")")
                        .collect(Collectors.joining(", "));
    }
}
