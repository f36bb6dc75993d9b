package dev.convoy.benchmarks.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of results, a JSON file for each row and number of threads.
 *
 * @param folder made when the first result is written
 */
public record Results(Path folder) {

    private static final String KERNELS = "kernels.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Path file(String id, int threads) {
        return folder.resolve(id + "-t" + threads + ".json");
    }

    boolean has(Row row, int threads) {
        return Files.exists(file(row.id(), threads));
    }

    void write(Result result) throws IOException {
        write(file(result.id(), result.threads()), JSON.writeValueAsString(result) + "\n");
    }

    /** Kernels have a file of their own. */
    public void writeKernels(List<KernelResult> kernels) throws IOException {
        write(folder.resolve(KERNELS), JSON.writeValueAsString(kernels) + "\n");
    }

    List<KernelResult> readKernels() throws IOException {
        Path file = folder.resolve(KERNELS);
        return Files.exists(file) ? List.of(JSON.readValue(Files.readString(file), KernelResult[].class)) : List.of();
    }

    /** Writes or replaces a file; it is there whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is there of these rows, in their order. */
    List<Result> read(List<Row> rows, int threads) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Row row : rows) {
            read(row.id(), threads).ifPresent(results::add);
        }
        return results;
    }

    private Optional<Result> read(String id, int threads) throws IOException {
        Path file = file(id, threads);
        return Files.exists(file)
                ? Optional.of(JSON.readValue(Files.readString(file), Result.class))
                : Optional.empty();
    }
}
