package dev.convoy.cli;

import dev.convoy.data.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The folder that a training or an evaluation writes to. What is in it is never replaced unasked. */
record RunFolder(Path path) {

    /** What may be in it. */
    enum Item {
        MODEL("model.keras"),
        ONNX_MODEL("model.onnx"),
        LABELS("labels.txt"),
        METRICS("metrics.json"),
        HISTORY("history.csv"),
        CURVES("history.svg"),
        CONFUSION("confusion.svg"),
        MISTAKES("mistakes.html"),
        CHECKPOINT("checkpoint.zip");

        private final String fileName;

        Item(String fileName) {
            this.fileName = fileName;
        }
    }

    Path file(Item item) {
        return path.resolve(item.fileName);
    }

    /**
     * Holds a run to what is in the folder, before anything is done.
     *
     * @param resume whether the run that is in it goes on
     * @param force whether what is in it may go
     * @throws UserError if something would be lost, or there is nothing to go on from
     */
    void check(boolean resume, boolean force) {
        if (resume && !Files.exists(file(Item.CHECKPOINT))) {
            throw new UserError("There is no " + Item.CHECKPOINT.fileName + " in '" + path
                    + "' to go on from. Remedy: name the folder of the run with --out, or leave --resume out");
        }
        if (!resume) {
            requireNothing(
                    force,
                    "name another folder with --out, go on with the run with --resume, or replace it with"
                            + " --force");
        }
    }

    /**
     * Holds an evaluation to what is in the folder.
     *
     * @param force whether what is in it may go
     * @throws UserError if something would be lost
     */
    void check(boolean force) {
        requireNothing(force, "name another folder with --out, or replace what is in it with --force");
    }

    private void requireFolder() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserError("'" + path + "' is there already and is no folder. Remedy: name another with --out");
        }
    }

    private void requireNothing(boolean force, String remedy) {
        requireFolder();
        List<Path> there = there();
        if (!force && !there.isEmpty()) {
            throw new UserError("'" + path + "' holds " + what() + " (" + names(there) + "). Remedy: " + remedy);
        }
    }

    /** Makes the folder; what another run left in it goes, unless that run goes on. */
    void open(boolean resume) throws IOException {
        Files.createDirectories(path);
        if (!resume) {
            for (Path file : there()) {
                Files.delete(file);
            }
        }
    }

    private List<Path> there() {
        return Arrays.stream(Item.values())
                .map(this::file)
                .filter(Files::exists)
                .toList();
    }

    private String what() {
        if (Files.exists(file(Item.METRICS))) {
            return "a finished run";
        }
        return Files.exists(file(Item.CHECKPOINT)) ? "a run that was interrupted" : "files of a run";
    }

    private static String names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
    }

    void write(Item item, String text) throws IOException {
        AtomicFiles.write(file(item), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    void writeJson(Item item, Object value) throws IOException {
        write(item, json(value) + "\n");
    }

    static String json(Object value) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(value);
    }
}
