package dev.convoy.training;

import dev.convoy.data.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a line of values for each epoch, as Keras' {@code CSVLogger} does: {@code epoch}, counted from 0, then the values
 * sorted by name; without validation the columns of validation are there and say {@code NA}. Lines end with carriage return
 * and line feed (RFC 4180), and are written whole.
 *
 * <p>A file that is appended to loses a last line that was cut short and, when a training is resumed, the lines of epochs
 * that are repeated.
 */
public final class CsvLogger implements Callback {

    private static final String END = "\r\n";

    private final Path file;
    private final char separator;
    private final boolean append;
    private List<String> columns = List.of();
    private boolean header;

    private CsvLogger(Path file, char separator, boolean append) {
        this.file = file;
        this.separator = separator;
        this.append = append;
    }

    /** Fields apart by commas; a file that is there is replaced. */
    public static CsvLogger of(Path file) {
        return new CsvLogger(file, ',', false);
    }

    /** What stands between fields. */
    public CsvLogger separator(char between) {
        return new CsvLogger(file, between, append);
    }

    /** Whether lines go to the end of a file that is there; it gets no second header. */
    public CsvLogger append(boolean toTheEnd) {
        return new CsvLogger(file, separator, toTheEnd);
    }

    @Override
    public void onTrainBegin(TrainingContext context) {
        List<String> names = context.measured().keySet().stream().sorted().toList();
        boolean validated = names.stream().anyMatch(name -> name.startsWith(Measures.VALIDATION));
        columns = validated
                ? names
                : Stream.of("", Measures.VALIDATION)
                        .flatMap(prefix -> names.stream().map(name -> prefix + name))
                        .toList();
        Progress progress = context.progress();
        boolean resumed = progress.epoch() > 1 || progress.batch() > 0;
        try {
            List<String> kept = append && Files.exists(file) ? kept(progress.epoch() - 1, resumed) : List.of();
            String text = kept.stream().map(line -> line + END).collect(Collectors.joining());
            AtomicFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            header = kept.isEmpty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The whole lines of the file, without those of epochs from this one on at its end if the training is resumed. */
    private List<String> kept(int epoch, boolean resumed) throws IOException {
        String text = Files.readString(file);
        List<String> lines = new ArrayList<>(
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
        while (resumed && !lines.isEmpty() && epoch(lines.getLast()) >= epoch) {
            lines.removeLast();
        }
        return lines;
    }

    /** The number of a line's epoch, -1 for the header. */
    private int epoch(String line) {
        int end = line.indexOf(separator);
        String number = end < 0 ? line : line.substring(0, end);
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
    }

    @Override
    public void onEpochEnd(TrainingContext context) {
        Progress progress = context.progress();
        SequencedMap<String, Double> values = progress.values();
        String row = line(
                String.valueOf(progress.epoch() - 1),
                name -> values.containsKey(name) ? String.valueOf(values.get(name)) : "NA");
        String text = header ? line("epoch", name -> name) + row : row;
        try {
            Files.write(
                    file,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(e);
        }
        header = false;
    }

    private String line(String first, Function<String, String> field) {
        return Stream.concat(Stream.of(first), columns.stream().map(field))
                .map(this::quoted)
                .collect(Collectors.joining(String.valueOf(separator), "", END));
    }

    private String quoted(String field) {
        boolean plain = field.indexOf(separator) < 0 && field.indexOf('"') < 0;
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private TrainingException failure(IOException e) {
        return new TrainingException(
                "Training: the log " + file + " cannot be written: " + e.getMessage()
                        + ". Remedy: name a file in a folder that exists",
                e);
    }
}
