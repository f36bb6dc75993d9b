package dev.convoy.importers.keras;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small Keras files for tests, in the layouts of Keras 2 and 3. */
public final class KerasFiles {

    private final ClassicHdf5 file = new ClassicHdf5();
    private final ClassicHdf5.Group weights;
    private final Map<String, List<String>> layers = new LinkedHashMap<>();

    private KerasFiles(boolean whole) {
        this.weights = whole ? file.root().group("model_weights") : file.root();
    }

    /** An HDF5 model with architecture and weights. */
    public static KerasFiles model(String version, String architecture) {
        KerasFiles files = new KerasFiles(true);
        files.file
                .root()
                .text("model_config", architecture)
                .text("keras_version", version)
                .text("backend", "tensorflow");
        return files;
    }

    /** A file of weights alone. */
    public static KerasFiles weights() {
        return new KerasFiles(false);
    }

    /** A layer without weights, which Keras lists too. */
    public KerasFiles layer(String name) {
        layers.computeIfAbsent(name, n -> new ArrayList<>());
        weights.group(name);
        return this;
    }

    /** One more array of a layer. */
    public KerasFiles array(String layer, String name, int[] shape, float... values) {
        layers.computeIfAbsent(layer, n -> new ArrayList<>()).add(layer + "/" + name);
        weights.group(layer).group(layer).floats(name, shape, values);
        return this;
    }

    public KerasFiles attribute(String name, String value) {
        file.root().text(name, value);
        return this;
    }

    public byte[] bytes() {
        weights.texts("layer_names", List.copyOf(layers.keySet()));
        layers.forEach((layer, names) -> {
            if (names.isEmpty()) {
                weights.group(layer).fixedTexts("weight_names", List.of());
            } else {
                weights.group(layer).texts("weight_names", names);
            }
        });
        return file.bytes();
    }

    /** A {@code .keras} file; entries are stored, as Keras does. */
    public static byte[] archive(String version, String architecture, ClassicHdf5 weights) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("metadata.json", utf8("{\"keras_version\": \"" + version + "\"}"));
        entries.put("config.json", utf8(architecture));
        entries.put("model.weights.h5", weights.bytes());
        return zip(entries, ZipEntry.STORED);
    }

    public static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(e.getKey());
                CRC32 crc = new CRC32();
                crc.update(e.getValue());
                entry.setMethod(method);
                entry.setSize(e.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(e.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A Sequential of Keras 2.4 or 3 with a first layer that states the shape of its input. */
    public static String sequential(String... layers) {
        return "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["
                + String.join(", ", layers) + "]}}";
    }

    /** A layer; single quotes stand for double ones. */
    public static String layer(String className, String name, String config) {
        return ("{'class_name': '" + className + "', 'config': {'name': '" + name + "'"
                        + (config.isEmpty() ? "" : ", " + config) + "}}")
                .replace('\'', '"');
    }
}
