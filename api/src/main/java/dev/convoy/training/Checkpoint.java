package dev.convoy.training;

import dev.convoy.data.AtomicFiles;
import dev.convoy.data.Npy;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Everything that a training needs to go on as if it had never stopped. One file: a zip of NumPy arrays, which
 * {@code numpy.load} reads too, and {@code position.properties}; every entry has a checksum.
 *
 * @param state parameters, optimizer slots and sums of gradients
 * @param position where the training stands
 */
public record Checkpoint(Parameters state, Position position) {

    private static final String POSITION = "position.properties";
    private static final String ARRAY = ".npy";

    /**
     * Where a training stands.
     *
     * @param seed of shuffling and noise
     * @param epoch the epoch that is running, counted from 0
     * @param batch batches of it that are done
     * @param step optimizer steps that are done in all
     * @param settings what must be the same to go on: data, batch size, optimizer, loss
     */
    public record Position(long seed, int epoch, int batch, long step, String settings) {}

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
        Properties properties = new Properties();
        properties.setProperty("seed", Long.toString(position.seed()));
        properties.setProperty("epoch", Integer.toString(position.epoch()));
        properties.setProperty("batch", Integer.toString(position.batch()));
        properties.setProperty("step", Long.toString(position.step()));
        properties.setProperty("settings", position.settings());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, null);
        store(zip, POSITION, text.toByteArray());
        for (Map.Entry<String, Tensor> entry : state.asMap().entrySet()) {
            store(zip, entry.getKey() + ARRAY, Npy.encode(entry.getValue()));
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
     * @throws TrainingException if the file is missing, damaged or none of these
     */
    public static Checkpoint read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Properties properties = new Properties();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                byte[] bytes = content(zip, entry);
                if (name.equals(POSITION)) {
                    properties.load(new ByteArrayInputStream(bytes));
                } else if (name.endsWith(ARRAY)) {
                    Tensor tensor = Npy.read(new ByteArrayInputStream(bytes), bytes.length, file + "!" + name);
                    tensors.put(name.substring(0, name.length() - ARRAY.length()), tensor);
                } else {
                    throw new IOException("'" + name + "' is not part of a checkpoint");
                }
            }
            Position position = new Position(
                    Long.parseLong(property(properties, "seed")),
                    Integer.parseInt(property(properties, "epoch")),
                    Integer.parseInt(property(properties, "batch")),
                    Long.parseLong(property(properties, "step")),
                    property(properties, "settings"));
            return new Checkpoint(Parameters.of(tensors), position);
        } catch (IOException | IllegalArgumentException e) {
            throw new TrainingException(
                    "The checkpoint " + file + " cannot be read: " + e.getMessage()
                            + ". Remedy: take another one, or remove the file to start anew",
                    e);
        }
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

    private static String property(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing in " + POSITION);
        }
        return value;
    }
}
