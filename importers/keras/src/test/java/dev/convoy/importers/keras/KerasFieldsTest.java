package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.importers.keras.internal.hdf5.Hdf5File;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Group;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Limits;
import dev.convoy.models.CompileConfig;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.training.CompileConfigs;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Real files of Keras 3.3 to 3.14, read and written again: compared field by field and group by group. */
class KerasFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keys of newer versions, left out at their default so that older ones read the file too. */
    private static final Set<String> NEWER =
            Set.of("ragged", "optional", "renorm", "renorm_clipping", "renorm_momentum", "quantization_config");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keras3.3-colour-activation-object/autoencoder.keras",
                "keras3.5-digits-bn/cnn_model.keras",
                "keras3.8-denoise-bn/autoencoder.keras",
                "keras3.8-vae-decoder/decoder_model.keras",
                "keras3.14-cifar-augment/cifar10_cnn.keras",
                "k3-weights-and-config-mnist"
            })
    void writesWhatKerasWrites(String name) throws Exception {
        Path file = TestData.folder("keras").resolve(name);
        Model model = Loading.load(file);
        Path written = dir.resolve("written.keras");

        model.save(written);

        List<String> differences = new ArrayList<>();
        compare(
                "",
                "",
                JSON.readTree(entry(file, "config.json")),
                JSON.readTree(entry(written, "config.json")),
                differences);
        assertEquals(List.of(), differences);
        assertEquals(groups(entry(file, "model.weights.h5")), groups(entry(written, "model.weights.h5")));
        assertEquals(
                List.of("keras_version", "date_saved"),
                List.copyOf(JSON.readTree(entry(written, "metadata.json")).propertyNames()));
    }

    @Test
    void writesHowAModelWasTrainedAsKerasDoes() throws Exception {
        Path file = TestData.folder("keras").resolve("keras3.5-digits-bn/cnn_model.keras");
        Optimizer optimizer = Optimizer.adam().learningRate(0.0006474873516708612);
        CompileConfig config = CompileConfigs.of(optimizer, Losses.SPARSE_CATEGORICAL_CROSSENTROPY, Metrics.ACCURACY);
        Path written = dir.resolve("written.keras");

        Models.save(Loading.load(file), written, ExportOptions.defaults().withCompile(config));

        JsonNode real = JSON.readTree(entry(file, "config.json")).path("compile_config");
        JsonNode own = JSON.readTree(entry(written, "config.json")).path("compile_config");
        assertEquals(List.copyOf(real.propertyNames()), List.copyOf(own.propertyNames()));
        List<String> differences = new ArrayList<>();
        JsonNode settings = own.path("optimizer").path("config");
        settings.propertyNames()
                .forEach(key -> compare(
                        key, key, real.path("optimizer").path("config").path(key), settings.path(key), differences));
        real.propertyNames().stream()
                .filter(key -> !key.equals("optimizer"))
                .forEach(key -> compare(key, key, real.path(key), own.path(key), differences));
        assertEquals(List.of(), differences);
        assertEquals("Adam", own.path("optimizer").path("class_name").stringValue());
    }

    private static byte[] entry(Path model, String name) throws IOException {
        if (Files.isDirectory(model)) {
            return Files.readAllBytes(model.resolve(name));
        }
        try (ZipFile zip = new ZipFile(model.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private static void compare(String path, String key, JsonNode real, JsonNode written, List<String> differences) {
        if (real.isObject() && written.isObject()) {
            Set<String> keys = new LinkedHashSet<>(real.propertyNames());
            keys.addAll(written.propertyNames());
            keys.forEach(k -> compare(path + "/" + k, k, real.path(k), written.path(k), differences));
        } else if (real.isArray() && written.isArray() && real.size() == written.size()) {
            for (int i = 0; i < real.size(); i++) {
                compare(path + "/" + i, key, real.get(i), written.get(i), differences);
            }
        } else {
            boolean same = real.isNumber() && written.isNumber()
                    ? real.doubleValue() == written.doubleValue()
                    : real.equals(written);
            if (!same && reason(path, key, real, written).isEmpty()) {
                differences.add(
                        path + ": " + real + " is written as " + (written.isMissingNode() ? "nothing" : written));
            }
        }
    }

    /** Why a difference is allowed, or nothing if it is not. */
    private static String reason(String path, String key, JsonNode real, JsonNode written) {
        if (path.startsWith("/compile_config")) {
            return "how a model was trained is not read";
        }
        if (key.equals("shared_object_id")) {
            return "notes which Python objects were one";
        }
        if (written.isMissingNode() && NEWER.contains(key)) {
            return "a default that older versions of Keras 3 do not know";
        }
        if (written.isMissingNode() && key.equals("seed") && real.isNull()) {
            return "null is the default, and some of the augmentation classes have no such key";
        }
        if (written.isMissingNode() && key.equals("build_config")) {
            return "before 3.8, layers that have nothing to build noted the shape of their input";
        }
        if (key.equals("dtype")
                && real.isString()
                && written.path("config").path("name").equals(real)) {
            return "before 3.5, a policy was written by its name";
        }
        if (Set.of("input_layers", "output_layers").contains(key)
                && real.size() == 1
                && real.get(0).equals(written)) {
            return "before 3.9, one tensor was written in a list";
        }
        if (path.endsWith("/activation/config/name")) {
            return "layers that are activations have no name of their own in Convoy";
        }
        if (path.endsWith("/kwargs/training") && !real.booleanValue()) {
            return "a call outside of training says nothing";
        }
        return "";
    }

    /** The groups and datasets with their shapes, but for the optimizer's. */
    private static Set<String> groups(byte[] weights) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Hdf5File file = Hdf5File.of("weights", weights, Hdf5Limits.defaults())) {
            collect(file.root(), "", found);
        }
        return found;
    }

    private static void collect(Hdf5Group group, String path, Set<String> found) {
        for (String name : group.names()) {
            String inner = path + "/" + name;
            if (inner.startsWith("/optimizer")) {
                continue;
            }
            group.group(name).ifPresent(g -> {
                found.add(inner);
                collect(g, inner, found);
            });
            group.dataset(name).ifPresent(d -> found.add(inner + " " + d.shape()));
        }
    }
}
