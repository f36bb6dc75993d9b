package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Preprocessing;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.layers.Activation;
import dev.convoy.layers.Activations;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dot;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Rescaling;
import dev.convoy.models.ExportException;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.Functional;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.TensorSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a written file is and holds, and what cannot be written. */
class KerasExporterTest {

    @TempDir
    Path dir;

    static Model classifier() {
        return Sequential.of(
                Input.of(8, 8, 3),
                Conv2D.of(4, 3).padding(Padding.SAME).activation(Activations.RELU),
                BatchNormalization.of(),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dropout.of(0.5),
                Dense.of(2).activation(Activations.SOFTMAX));
    }

    private static void assertSame(Model expected, Model actual) {
        RoundTrip.assertSame(expected, actual);
    }

    @Test
    void writesAndReadsAClassifierWithWhatItIsUsedWith() {
        Model model = classifier()
                .initialized(7)
                .withLabels(List.of("Katze", "\u72ac"))
                .withPreprocessing(Preprocessing.named("torch").withSize(8, 8));
        Path file = dir.resolve("model.keras");

        Models.save(model, file);
        Model read = Models.load(file);

        assertSame(model, read);
        assertEquals(List.of("Katze", "\u72ac"), read.labels());
        assertEquals(model.preprocessing(), read.preprocessing());
    }

    @Test
    void archivesHoldStoredEntriesInKerasOrder() throws Exception {
        Path file = dir.resolve("model.keras");
        classifier().withLabels(List.of("a", "b")).save(file);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(
                    List.of("metadata.json", "config.json", "convoy.json", "model.weights.h5"),
                    zip.stream().map(ZipEntry::getName).toList());
            assertTrue(zip.stream().allMatch(e -> e.getMethod() == ZipEntry.STORED));
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() throws Exception {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
        KerasExporter exporter = new KerasExporter(clock);
        Path one = dir.resolve("one.keras");
        Path two = dir.resolve("two.keras");

        exporter.save(classifier().initialized(1), one, ExportOptions.defaults());
        exporter.save(classifier().initialized(1), two, ExportOptions.defaults());

        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
        try (ZipFile zip = new ZipFile(one.toFile())) {
            String metadata = new String(
                    zip.getInputStream(zip.getEntry("metadata.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("{\"keras_version\":\"3.8.0\",\"date_saved\":\"2023-11-14@22:13:20\"}", metadata);
        }
        assertEquals(1_700_000_000, KerasExporter.clock("1700000000").instant().getEpochSecond());
    }

    @Test
    void frozenLayersStayFrozen() {
        Model inner =
                Sequential.of(Input.of(4), Dense.of(3).named("a"), Dense.of(3).named("b"));
        Model model =
                Sequential.of(Input.of(4), inner.named("body"), Dense.of(2).named("head"));
        for (Set<String> frozen : List.of(Set.of("body/a"), Set.of("head"), Set.of("body/a", "body/b", "head"))) {
            Path file = dir.resolve("frozen.keras");
            model.frozen(frozen).save(file);

            Model read = Models.load(file);

            assertEquals(frozen, read.frozen());
        }
        Path file = dir.resolve("whole.keras");
        model.frozen(Set.of("body")).save(file);
        assertEquals(
                List.of("head/kernel", "head/bias"),
                Models.load(file).parameterSpecs().stream()
                        .filter(p -> p.trainable())
                        .map(p -> p.name())
                        .toList());
    }

    @Test
    void sharedAndNestedModelsKeepTheirConnections() {
        Symbol a = Symbol.of(Input.of(6).named("a"));
        Symbol x = Symbol.of(Input.of(6).named("x"));
        Symbol embedded = x.to(Dense.of(5)).to(Dense.of(4));
        LayerNode tower = LayerNode.of(Functional.of("tower", List.of(x), List.of(embedded, x.to(Dense.of(3)))));
        Symbol b = Symbol.of(Input.of(6).named("b"));
        List<Symbol> left = Symbol.call(tower, List.of(a));
        List<Symbol> right = Symbol.call(tower, List.of(b));
        Model model = Functional.of(
                "siamese",
                List.of(b, a),
                List.of(right.get(1), left.get(0).to(new Dot(List.of(1, 1), true), right.get(0))));
        Path file = dir.resolve("siamese.keras");

        model.save(file);

        assertSame(model, Models.load(file));
    }

    @Test
    void outputsKeepTheirOwnNames() {
        Symbol x = Symbol.of(Input.of(4).named("x"));
        SequencedMap<String, Symbol> outputs = new LinkedHashMap<>();
        outputs.put("boxes", x.to(Dense.of(4)));
        outputs.put("classes", x.to(Dense.of(3)));
        Model model = Functional.of("detector", List.of(x), outputs);
        Path file = dir.resolve("named.keras");

        model.save(file);

        assertEquals(
                List.of("boxes", "classes"),
                List.copyOf(Models.load(file).outputs().keySet()));
    }

    @Test
    void refusesEveryLayerThatKerasHasNot() {
        Model model = Sequential.of(
                Input.of(8, 8, 3),
                Conv2D.of(4, 3)
                        .padding(Padding.of(List.of(1, 1), List.of(0, 0)))
                        .named("uneven"),
                Conv2D.of(4, 3)
                        .padding(Padding.SAME)
                        .paddingMode(PadMode.REFLECT)
                        .named("mirror"),
                MaxPooling2D.of(2).ceilMode(true).named("ceil"),
                Activation.of((g, x) -> g.mul(x, 2)).named("twice"),
                Dense.of(2).activation(Activations.HARD_SIGMOID_V2).named("old"));
        Path file = dir.resolve("model.keras");

        String message =
                assertThrows(ExportException.class, () -> model.save(file)).getMessage();

        for (String layer : List.of(
                "'uneven' (Conv2D)",
                "'mirror' (Conv2D)",
                "'ceil' (MaxPooling2D)",
                "'twice' (Activation)",
                "'old' (Dense)")) {
            assertTrue(message.contains("layer " + layer), message);
        }
        assertEquals(5, message.split("Remedy: ", -1).length - 1, message);
        assertFalse(Files.exists(file));
    }

    @Test
    void refusesInputsThatItCannotReadBack() {
        Model model = Sequential.of(new Input("pixels", TensorSpec.of(DataType.UINT8, 1, 4)), Rescaling.of(1 / 255.0));

        String message = assertThrows(ExportException.class, () -> model.save(dir.resolve("x.keras")))
                .getMessage();

        assertTrue(message.contains("layer 'pixels' (InputLayer): inputs of uint8 are not written"), message);
    }

    @Test
    void writesModelsWithoutParametersAndWithNamesOfAnyScript() {
        Symbol x = Symbol.of(Input.of(4).named("\u5165\u529b"));
        Model model = Functional.of(
                "\u30e2\u30c7\u30eb/1",
                List.of(x),
                List.of(x.to(Activation.of(Activations.TANH).named("\u6d3b\u6027"))));
        Path file = dir.resolve("model.keras");

        model.save(file);
        Model read = Models.load(file);

        assertEquals("\u30e2\u30c7\u30eb_1", read.name());
        assertEquals(List.of("\u5165\u529b"), List.copyOf(read.inputs().keySet()));
        assertEquals(List.of("\u6d3b\u6027"), List.copyOf(read.outputs().keySet()));
        assertTrue(read.parameters().names().isEmpty());
    }

    @Test
    void nestsModelsOnlySoDeep() {
        Model model = Sequential.of(Input.of(2), Dense.of(2));
        for (int depth = 0; depth < 20; depth++) {
            model = Sequential.of(Input.of(2), model);
        }
        Path file = dir.resolve("deep.keras");
        model.save(file);
        assertSame(model, Models.load(file));

        Model deeper = model;
        for (int depth = 0; depth < 20; depth++) {
            deeper = Sequential.of(Input.of(2), deeper);
        }
        Model tooDeep = deeper;
        String message = assertThrows(ExportException.class, () -> tooDeep.save(dir.resolve("deeper.keras")))
                .getMessage();
        assertTrue(message.contains("models are nested more than 24 deep"), message);
    }

    @Test
    void leavesNothingBehindWhereItCannotWrite() throws Exception {
        Path missing = dir.resolve("no such folder").resolve("model.keras");
        String message = assertThrows(ExportException.class, () -> classifier().save(missing))
                .getMessage();
        assertTrue(message.contains("no such folder"), message);

        Path folder = Files.createDirectory(dir.resolve("taken.keras"));
        assertThrows(ExportException.class, () -> classifier().save(folder));
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(List.of(folder), left.toList());
        }
    }

    @Test
    void writesModelsOfManyLayers() {
        List<Layer> layers = new ArrayList<>(Collections.nCopies(300, Dense.of(2)));
        Model model = Sequential.of("wide", Input.of(2), layers).initialized(5);
        Path file = dir.resolve("many.keras");

        model.save(file);

        assertSame(model, Models.load(file));
    }
}
