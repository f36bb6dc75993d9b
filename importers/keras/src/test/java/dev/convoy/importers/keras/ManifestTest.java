package dev.convoy.importers.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Real model files of Keras 1 to 3: imported and run, or refused with the reason that the manifest states. */
class ManifestTest {

    private static final Set<String> READ =
            Set.of("h5-model", "keras-v3-zip", "json+h5-weights", "json+keras3-weights");

    private record Line(String id, String kind, String scope, boolean expected, boolean agrees, String result) {
        @Override
        public String toString() {
            return "%-34s %-20s %-6s %s".formatted(id, kind, scope, result);
        }
    }

    private static List<JsonNode> entries(Path folder, String expect) {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry :
                new ObjectMapper().readTree(folder.resolve("manifest.json").toFile())) {
            if (entry.get("expect").asString().equals(expect)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static ModelSource source(Path folder, JsonNode entry) {
        Path own = folder.resolve(entry.get("id").asString());
        JsonNode files = entry.get("files");
        return files.has("model")
                ? ModelSource.of(own.resolve(files.get("model").asString()))
                : new ModelSource(
                        own.resolve(files.get("architecture").asString()),
                        own.resolve(files.get("weights").asString()));
    }

    @Test
    void computesWhatKerasComputes() throws Exception {
        Path folder = TestData.folder("keras");
        List<Line> lines = new ArrayList<>();
        for (JsonNode entry : entries(folder, "import")) {
            lines.add(compare(folder, entry));
        }
        lines.forEach(System.out::println);
        assertEquals(
                List.of(),
                lines.stream().filter(l -> l.expected() && !l.agrees()).toList());
        assertFalse(lines.stream().noneMatch(Line::agrees));
    }

    private static Line compare(Path folder, JsonNode entry) throws Exception {
        String kind = entry.get("kind").asString();
        String scope = entry.get("scope").asString();
        boolean expected = READ.contains(kind) && !scope.equals("rnn");
        String id = entry.get("id").asString();
        Model model;
        try {
            model = new KerasImporter().load(source(folder, entry), ImportOptions.defaults());
        } catch (ImportException e) {
            List<String> reasons = e.report().problems().stream()
                    .map(p -> (p.className() + " " + p.reason()).strip())
                    .distinct()
                    .toList();
            return new Line(id, kind, scope, expected, false, "refused: " + String.join("; ", reasons));
        }
        double atol = entry.get("tolerance").get("atol").asDouble();
        double rtol = entry.get("tolerance").get("rtol").asDouble();
        Path own = folder.resolve(id);
        double worst = 0;
        boolean agrees = true;
        try (Predictor predictor = model.predictor()) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            for (String name : model.inputs().keySet()) {
                JsonNode input = entry.get("inputs").get(inputs.size());
                inputs.put(name, Npy.read(own.resolve(input.get("file").asString())));
            }
            int index = 0;
            for (Tensor output : predictor.predict(inputs).values()) {
                JsonNode stated = entry.get("outputs").get(index++);
                Tensor reference = Npy.read(own.resolve(stated.get("file").asString()));
                assertEquals(reference.spec(), output.spec(), id);
                for (int i = 0; i < reference.size(); i++) {
                    double difference = Math.abs(output.get(i) - reference.get(i));
                    worst = Math.max(worst, difference);
                    agrees &= difference <= atol + rtol * Math.abs(reference.get(i));
                }
            }
            assertEquals(entry.get("outputs").size(), index, id);
        }
        return new Line(
                id, kind, scope, expected, agrees, "%s, max difference %.1e".formatted(agrees ? "ok" : "WRONG", worst));
    }

    @Test
    void writesWhatItReads(@TempDir Path dir) {
        Path folder = TestData.folder("keras");
        Path file = dir.resolve("model.keras");
        int written = 0;
        for (JsonNode entry : entries(folder, "import")) {
            Optional<Model> model = loaded(source(folder, entry));
            if (model.isPresent()) {
                model.get().save(file);
                RoundTrip.assertSame(model.get(), Loading.load(file));
                written++;
            }
        }
        System.out.println(written + " real models are the same when they are written and read again");
        assertTrue(written > 0);
    }

    private static Optional<Model> loaded(ModelSource source) {
        try {
            return Optional.of(new KerasImporter().load(source, ImportOptions.defaults()));
        } catch (ImportException e) {
            return Optional.empty();
        }
    }

    @Test
    void refusesWithTheReason() {
        Path folder = TestData.folder("keras");
        List<JsonNode> entries = entries(folder, "refuse");
        for (JsonNode entry : entries) {
            ImportReport report = new KerasImporter().inspect(source(folder, entry), ImportOptions.defaults());
            System.out.printf(
                    "%-34s %s%n", entry.get("id").asString(), report.problems().getFirst());
            assertFalse(report.isLoadable(), entry.get("id").asString());
            String why = entry.get("why").asString();
            assertTrue(
                    keywords(why).stream().anyMatch(word -> report.toString().contains(word)),
                    () -> why + " is not said by: " + report);
            assertTrue(report.problems().stream().allMatch(p -> !p.reason().isBlank()));
        }
        assertFalse(entries.isEmpty());
    }

    /** The words of a stated reason that a refusal must repeat: class names, or what the file is. */
    private static List<String> keywords(String why) {
        return List.of(why.split("[ ,()]+")).stream()
                .filter(word -> word.length() > 2 && Character.isUpperCase(word.charAt(0)) || word.equals("weights"))
                .toList();
    }
}
