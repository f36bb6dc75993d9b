package dev.convoy.training;

import dev.convoy.data.AtomicFiles;
import dev.convoy.data.Npy;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Everything that a training needs to go on as if it had never stopped. One file: a zip of NumPy arrays, which
 * {@code numpy.load} reads too, and three texts; every entry has a checksum.
 *
 * @param state parameters, optimizer slots and sums of gradients
 * @param position where the training stands
 * @param history the epochs that are done
 * @param callbacks what callbacks remember, by callback
 */
public record Checkpoint(Parameters state, Position position, History history, Map<String, CallbackState> callbacks) {

    /** The version of the format that is written; no other is read. */
    public static final int VERSION = 2;

    private static final String POSITION = "position.properties";
    private static final String HISTORY = "history.tsv";
    private static final String CALLBACKS = "callbacks.properties";
    private static final List<String> TEXTS = List.of(POSITION, HISTORY, CALLBACKS);
    private static final String ARRAY = ".npy";
    private static final String CALLBACK = "callback:";

    public Checkpoint {
        callbacks = Map.copyOf(callbacks);
    }

    /**
     * Where a training stands.
     *
     * @param epoch the epoch that is running, counted from 0
     * @param batch batches of it that are done
     * @param step optimizer steps that are done in all
     * @param learningRateScale what callbacks multiplied the schedule's rates with
     * @param seconds of work on the epoch so far
     * @param sums what the epoch's loss and metrics are made of, each a list
     * @param settings what must be the same to go on, by name
     */
    public record Position(
            int epoch,
            int batch,
            long step,
            double learningRateScale,
            double seconds,
            List<List<Double>> sums,
            Map<String, String> settings) {

        public Position {
            sums = sums.stream().map(List::copyOf).toList();
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Writes the file under a temporary name and moves it into place.
     *
     * @throws TrainingException if it cannot be written
     */
    public void write(Path file) {
        try {
            AtomicFiles.write(file, this::writeTo);
        } catch (IOException e) {
            throw new TrainingException("The checkpoint " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        store(zip, POSITION, CheckpointText.bytes(CheckpointText.of(position)));
        store(zip, HISTORY, CheckpointText.of(history).getBytes(StandardCharsets.UTF_8));
        store(zip, CALLBACKS, CheckpointText.bytes(CheckpointText.of(callbacks)));
        for (Map.Entry<String, Tensor> entry : state.asMap().entrySet()) {
            store(zip, entry.getKey() + ARRAY, Npy.encode(entry.getValue()));
        }
        for (Map.Entry<String, CallbackState> callback : callbacks.entrySet()) {
            for (Map.Entry<String, Tensor> entry :
                    callback.getValue().parameters().asMap().entrySet()) {
                String name = CALLBACK + callback.getKey() + "/" + entry.getKey();
                store(zip, name + ARRAY, Npy.encode(entry.getValue()));
            }
        }
        zip.finish();
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum(bytes));
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * @throws TrainingException if the file is missing, damaged, of another version or none of these
     */
    public static Checkpoint read(Path file) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
        Map<String, byte[]> texts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                byte[] bytes = content(zip, entry);
                if (TEXTS.contains(name)) {
                    texts.put(name, bytes);
                    continue;
                }
                if (!name.endsWith(ARRAY)) {
                    throw new IOException("'" + name + "' is not part of a checkpoint");
                }
                Tensor tensor = Npy.read(new ByteArrayInputStream(bytes), bytes.length, file + "!" + name);
                String path = name.substring(0, name.length() - ARRAY.length());
                int slash = path.indexOf('/');
                if (path.startsWith(CALLBACK) && slash > 0) {
                    tensors.computeIfAbsent(path.substring(CALLBACK.length(), slash), key -> new LinkedHashMap<>())
                            .put(path.substring(slash + 1), tensor);
                } else {
                    state.put(path, tensor);
                }
            }
            Position position = CheckpointText.position(properties(texts, POSITION));
            return new Checkpoint(
                    Parameters.of(state),
                    position,
                    CheckpointText.history(new String(text(texts, HISTORY), StandardCharsets.UTF_8)),
                    CheckpointText.callbacks(properties(texts, CALLBACKS), tensors));
        } catch (IOException | IllegalArgumentException e) {
            throw new TrainingException(
                    "The checkpoint " + file + " cannot be read: " + e.getMessage()
                            + ". Remedy: take another one, or remove the file to start anew",
                    e);
        }
    }

    private static byte[] text(Map<String, byte[]> texts, String name) throws IOException {
        byte[] bytes = texts.get(name);
        if (bytes == null) {
            throw new IOException("'" + name + "' is missing; there are " + texts.keySet());
        }
        return bytes;
    }

    private static Properties properties(Map<String, byte[]> texts, String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(text(texts, name)));
        return properties;
    }

    /** Entries are stored as they are, so that none is longer than the file. */
    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new IOException("'" + entry.getName() + "' is compressed, checkpoints are not");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        if (checksum(bytes) != entry.getCrc()) {
            throw new IOException("'" + entry.getName() + "' is damaged");
        }
        return bytes;
    }

    private static long checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
