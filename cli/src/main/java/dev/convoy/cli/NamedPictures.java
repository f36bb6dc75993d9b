package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.download.DownloadOptions;
import dev.convoy.data.download.NamedDataset;
import dev.convoy.data.download.NamedDatasets;
import dev.convoy.data.download.RemoteFile;
import dev.convoy.layers.Input;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data set that has a name, with what is usual for it.
 *
 * @param dataset the data set
 * @param network the name of the network that is trained on it unless told otherwise
 * @param epochs usual for it
 * @param batchSize usual for it
 */
record NamedPictures(NamedDataset dataset, String network, int epochs, int batchSize) {

    private static final int EPOCHS = 10;
    private static final int BATCH_SIZE = 32;
    private static final int STEP = 5;

    static List<String> names() {
        return NamedDatasets.all().stream().map(NamedDataset::name).toList();
    }

    static Optional<NamedPictures> of(String name) {
        return NamedDatasets.all().stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .map(NamedPictures::of);
    }

    private static NamedPictures of(NamedDataset dataset) {
        return switch (dataset.name()) {
            case "fashion-mnist" -> new NamedPictures(dataset, "fashion-mnist", 5, BATCH_SIZE);
            case "mnist" -> new NamedPictures(dataset, "lenet5", EPOCHS, 128);
            default -> new NamedPictures(dataset, "cifar10", EPOCHS, BATCH_SIZE);
        };
    }

    /**
     * Reads it.
     *
     * @param data the folder with its files, or null for the cache, which is filled unless offline
     */
    Pictures read(@Nullable Path data, boolean offline, Terminal terminal) throws IOException {
        Path folder = folder(data, offline, terminal);
        Dataset train = part(folder, dataset::train);
        Dataset test = part(folder, dataset::test);
        TensorSpec input = train.input();
        Preprocessing preprocessing = Preprocessing.named("unit")
                .forInput(input.withShape(input.shape().prepend(Dim.named(Input.BATCH))));
        return new Pictures(train, Optional.empty(), test, preprocessing, folder.toString());
    }

    /** Reads the test pictures alone. */
    Dataset test(@Nullable Path data, boolean offline, Terminal terminal) throws IOException {
        return part(folder(data, offline, terminal), dataset::test);
    }

    /**
     * The test pictures in a folder that has the files of a data set. Its classes have no names, for several data sets have
     * files of the same names; empty if it has no such files.
     */
    static Optional<Dataset> inFolder(Path folder) throws IOException {
        for (NamedDataset dataset : NamedDatasets.all()) {
            if (dataset.files().stream().anyMatch(file -> isIn(folder, file))) {
                NamedPictures pictures = of(dataset);
                return Optional.of(pictures.part(folder, dataset::test).withClassNames(List.of()));
            }
        }
        return Optional.empty();
    }

    private static boolean isIn(Path folder, RemoteFile file) {
        return Files.exists(folder.resolve(file.name()))
                || Files.exists(folder.resolve(file.name().replaceFirst("\\.gz$", "")));
    }

    private Path folder(@Nullable Path data, boolean offline, Terminal terminal) throws IOException {
        if (data == null) {
            DownloadOptions options = DownloadOptions.defaults();
            return dataset.locate(
                    options.offline(offline || options.offline()).progress(new DownloadLine(terminal)::downloaded));
        }
        if (!Files.isDirectory(data)) {
            throw new UserError("'" + data + "' is no folder. Remedy: name the folder with the files of "
                    + dataset.title() + " with --data");
        }
        return data;
    }

    /** Reads one part of a data set. */
    @FunctionalInterface
    private interface Part {
        Dataset read(Path folder) throws IOException;
    }

    /** A part; if a file is missing, all that are missing are named. */
    private Dataset part(Path folder, Part part) throws IOException {
        try {
            return part.read(folder);
        } catch (NoSuchFileException e) {
            List<String> missing = dataset.files().stream()
                    .filter(file -> !isIn(folder, file))
                    .map(RemoteFile::name)
                    .toList();
            if (missing.isEmpty()) {
                throw e;
            }
            throw new UserError(dataset.title() + " is not complete in '" + folder + "'; missing: "
                    + String.join(", ", missing)
                    + ". Remedy: put these files there, name another folder with --data, or"
                    + " leave --data out, then they are downloaded");
        }
    }

    /** How far a download is: a line that is written over in a terminal, elsewhere a line for each file. */
    private static final class DownloadLine {

        private final Terminal terminal;
        private long shown = -1;

        DownloadLine(Terminal terminal) {
            this.terminal = terminal;
        }

        void downloaded(RemoteFile file, long done) {
            String text = String.format(Locale.ROOT, "Downloading %s, %.1f MB", file.name(), file.size() / 1e6);
            if (done == 0) {
                shown = -1;
            }
            if (!terminal.interactive()) {
                if (shown < 0) {
                    terminal.err().println(text);
                    shown = 0;
                }
                return;
            }
            long percent = done * 100 / Math.max(1, file.size());
            if (percent / STEP > shown) {
                shown = percent / STEP;
                terminal.err().print("\r" + text + ": " + percent + " %");
                terminal.err().print(percent == 100 ? System.lineSeparator() : "");
                terminal.err().flush();
            }
        }
    }
}
