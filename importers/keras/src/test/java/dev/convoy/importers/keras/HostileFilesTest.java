package dev.convoy.importers.keras;

import static dev.convoy.importers.keras.KerasFiles.layer;
import static dev.convoy.importers.keras.Loading.file;
import static dev.convoy.importers.keras.Loading.inspect;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ModelSource;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of spoilt files: each loads, or is refused with an {@link ImportException}. Surefire gives this module's tests
 * 256 MB, so that a size that is believed shows.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {

    private static final int MUTANTS = 2500;

    private static final String NETWORK = KerasFiles.sequential(
            layer("InputLayer", "i", "'batch_shape': [null, 6, 6, 2]"),
            layer("Conv2D", "conv", "'filters': 3, 'kernel_size': [3, 3], 'padding': 'same', 'activation': 'relu'"),
            "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"inner\", \"layers\": ["
                    + layer("BatchNormalization", "bn", "'axis': [3], 'epsilon': 0.001") + "]}}",
            layer("MaxPooling2D", "pool", "'pool_size': [2, 2]"),
            layer("Flatten", "flat", ""),
            layer("Dense", "dense", "'units': 4, 'activation': {'class_name': 'LeakyReLU', 'config': {'alpha': 0.1}}"));

    @TempDir
    private Path dir;

    private long slowest;
    private int loaded;

    private static byte[] model() {
        KerasFiles file = KerasFiles.model("2.4.0", NETWORK)
                .array("conv", "kernel:0", new int[] {3, 3, 2, 3}, new float[54])
                .array("conv", "bias:0", new int[] {3}, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            file.array("inner", "w" + i, new int[] {3}, 1, 2, 3);
        }
        IntStream.range(0, 40).forEach(i -> file.layer("without_weights_" + i));
        return file.array("dense", "kernel:0", new int[] {27, 4}, new float[108])
                .array("dense", "bias:0", new int[] {4}, new float[4])
                .bytes();
    }

    private static ClassicHdf5 counted() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().at("layers/conv2d/vars").floats("0", new int[] {3, 3, 2, 3}, new float[54]);
        file.root().at("layers/conv2d/vars").floats("1", new int[] {3}, new float[3]);
        ClassicHdf5.Group normal = file.root().at("layers/sequential/layers/batch_normalization/vars");
        for (int i = 0; i < 4; i++) {
            normal.floats(Integer.toString(i), new int[] {3}, 1, 2, 3);
        }
        file.root().at("layers/dense/vars").floats("0", new int[] {27, 4}, new float[108]);
        file.root().at("layers/dense/vars").floats("1", new int[] {4}, new float[4]);
        return file;
    }

    private void attempt(String what, ModelSource source) {
        long start = System.nanoTime();
        try {
            new KerasImporter().load(source, ImportOptions.defaults());
            loaded++;
        } catch (ImportException e) {
            assertFalse(e.report().problems().isEmpty(), what);
            assertFalse(e.report().problems().getFirst().reason().isBlank(), what);
        } catch (Throwable e) {
            fail(what + " is not refused but breaks the importer", e);
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
    }

    private void report(String format) {
        System.out.printf(
                "%d spoilt files (%s): %d load all the same, the slowest took %d ms%n",
                MUTANTS, format, loaded, slowest / 1_000_000);
        assertTrue(loaded < MUTANTS, "the mutations must spoil something");
    }

    @Test
    void survivesSpoiltHdf5() {
        byte[] original = model();
        attempt("the original", ModelSource.of(file(dir, "m.h5", original)));
        assertTrue(loaded == 1, "the original loads");
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = Mutations.ofBytes(original, new SplittableRandom(i));
            attempt("mutant " + i, ModelSource.of(file(dir, "m.h5", mutant)));
        }
        report("HDF5 as h5py writes it");
    }

    @Test
    void survivesSpoiltHdf5OfTheNewerKind() throws Exception {
        Path path = dir.resolve("new.h5");
        try (WritableHdfFile file = HdfFile.write(path)) {
            file.putAttribute("model_config", NETWORK.replace("6, 6, 2", "6, 6, 2"));
            file.putAttribute("keras_version", "2.9.0");
            WritableGroup weights = file.putGroup("model_weights");
            weights.putAttribute("layer_names", new String[] {"conv", "inner", "dense"});
            put(weights, "conv", new float[3][3][2][3], new float[3]);
            put(weights, "inner", new float[3], new float[3], new float[3], new float[3]);
            put(weights, "dense", new float[27][4], new float[4]);
        }
        byte[] original = Files.readAllBytes(path);
        attempt("the original", ModelSource.of(path));
        assertTrue(loaded == 1, "the original loads");
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = Mutations.ofBytes(original, new SplittableRandom(i));
            attempt("mutant " + i, ModelSource.of(file(dir, "m.h5", mutant)));
        }
        report("HDF5 with version 2 headers");
    }

    private static void put(WritableGroup weights, String layer, Object... arrays) {
        WritableGroup group = weights.putGroup(layer);
        String[] names = new String[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            names[i] = "w" + i;
            group.putDataset(names[i], arrays[i]);
        }
        group.putAttribute("weight_names", names);
    }

    @Test
    void survivesSpoiltArchives() {
        byte[] weights = counted().bytes();
        byte[] original = KerasFiles.archive("3.8.0", NETWORK, counted());
        attempt("the original", ModelSource.of(file(dir, "m.keras", original)));
        assertTrue(loaded == 1, "the original loads");
        for (int i = 0; i < MUTANTS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            byte[] mutant = switch (i % 3) {
                case 0 -> Mutations.ofBytes(original, random);
                case 1 -> zip(NETWORK, Mutations.ofBytes(weights, random), random);
                default -> zip(Mutations.ofJson(NETWORK, random), weights, random);
            };
            attempt("mutant " + i, ModelSource.of(file(dir, "m.keras", mutant)));
        }
        report(".keras");
    }

    private static byte[] zip(String config, byte[] weights, SplittableRandom random) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("metadata.json", "{\"keras_version\": \"3.8.0\"}".getBytes(StandardCharsets.UTF_8));
        entries.put("config.json", config.getBytes(StandardCharsets.UTF_8));
        entries.put("model.weights.h5", weights);
        return KerasFiles.zip(entries, random.nextBoolean() ? ZipEntry.STORED : ZipEntry.DEFLATED);
    }

    @Test
    void survivesSpoiltJson() {
        Path weights = file(dir, "w.h5", model());
        attempt("the original", new ModelSource(file(dir, "a.json", NETWORK), weights));
        assertTrue(loaded == 1, "the original loads");
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = Mutations.ofJson(NETWORK, new SplittableRandom(i));
            attempt("mutant " + i, new ModelSource(file(dir, "a.json", mutant), weights));
        }
        report("architecture JSON");
    }

    @Test
    void refusesDeepJson() {
        for (int depth : new int[] {300, 100_000, 1_000_000}) {
            Path path = file(dir, "deep.json", Mutations.deep(depth));
            String text = new KerasImporter()
                    .inspect(new ModelSource(path, file(dir, "w.h5", model())), ImportOptions.defaults())
                    .toString();
            assertTrue(text.contains("nest") || text.contains("depth"), text);
        }
    }

    @Test
    void refusesKeysThatComeTwice() {
        String twice = NETWORK.replaceFirst("\"config\"", "\"class_name\": \"Functional\", \"config\"");
        String text = inspect(file(dir, "m.keras", KerasFiles.archive("3.8.0", twice, counted())))
                .toString();
        assertTrue(text.contains("class_name"), text);
    }

    @Test
    void refusesZipBombs() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("config.json", NETWORK.getBytes(StandardCharsets.UTF_8));
        entries.put("model.weights.h5", Mutations.zeros(110));
        byte[] bomb = KerasFiles.zip(entries, ZipEntry.DEFLATED);
        entries.clear();
        String text = inspect(file(dir, "bomb.keras", bomb)).toString();
        assertTrue(text.contains("limit") || text.contains("no HDF5 file"), text);
    }

    @Test
    void refusesLayersThatAreTooLargeForTheFile() {
        String wide = KerasFiles.sequential(
                layer("InputLayer", "i", "'batch_shape': [null, 2000000000]"),
                layer("BatchNormalization", "bn", "'scale': false, 'axis': 1"));
        String text = inspect(
                        file(dir, "wide.h5", KerasFiles.model("2.4.0", wide).bytes()))
                .toString();
        assertTrue(text.contains("the file is too small for so many"), text);
    }

    @Test
    void readsManyLayersAndRefusesManyLevels() {
        String many = IntStream.range(0, 3000)
                .mapToObj(i -> layer("ReLU", "r" + i, ""))
                .collect(Collectors.joining(", "));
        String input = layer("InputLayer", "i", "'batch_shape': [null, 2]");
        attempt(
                "3000 layers",
                ModelSource.of(file(
                        dir,
                        "many.h5",
                        KerasFiles.model("2.4.0", KerasFiles.sequential(input, many))
                                .bytes())));
        assertTrue(loaded == 1, "a model of 3000 layers loads");
        StringBuilder nested = new StringBuilder(layer("ReLU", "r", ""));
        for (int i = 0; i < 60; i++) {
            nested.insert(0, "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s" + i + "\", \"layers\": [")
                    .append("]}}");
        }
        attempt(
                "60 levels",
                ModelSource.of(file(
                        dir,
                        "levels.h5",
                        KerasFiles.model("2.4.0", KerasFiles.sequential(input, nested.toString()))
                                .bytes())));
    }
}
