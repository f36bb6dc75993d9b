package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class InspectCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void printsInputsOutputsAndLayers() throws IOException {
        Cli.Result result = Cli.run("inspect", Cli.model(folder, "brightness"));
        assertEquals(0, result.status());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith("brightness.tiny (Tiny 1): no problems\n"), result.out());
        assertTrue(result.out().contains("float32[batch, 2, 2, 1]"), result.out());
        assertTrue(result.out().contains("dense (Dense)                (None, 2)                 4"), result.out());
        assertTrue(result.out().contains("Total params: 4\n"), result.out());
    }

    @Test
    void listsEveryProblem() throws IOException {
        assertEquals(new Cli.Result(1, """
            broken.tiny (Tiny 1) cannot be loaded, 2 problems:
              layer 'encode' (Lambda): Lambda holds code. Remedy: replace it by a layer
              layer 'fold' (Fold): the class is not known. Remedy: name it in ImportOptions
            """, ""), Cli.run("inspect", Cli.model(folder, "broken")));
    }

    @Test
    void writesJson() throws IOException {
        Cli.Result result = Cli.run("inspect", Cli.model(folder, "two"), "--json");
        assertEquals(0, result.status());
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertTrue(document.path("loadable").asBoolean());
        assertEquals("a", document.path("inputs").path(0).path("name").asString());
        assertEquals("float32", document.path("inputs").path(1).path("type").asString());
        assertEquals(
                "[\"batch\",\"3\"]",
                document.path("inputs").path(1).path("shape").toString());
        assertEquals(2, document.path("outputs").size());
        assertEquals("Add", document.path("layers").path(2).path("class").asString());
        assertEquals(0, document.path("trainableParameters").asInt());
    }

    @Test
    void writesProblemsAsJson() throws IOException {
        Cli.Result result = Cli.run("inspect", Cli.model(folder, "broken"), "--json");
        assertEquals(1, result.status());
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertEquals(false, document.path("loadable").asBoolean());
        assertEquals("encode", document.path("problems").path(0).path("layer").asString());
        assertEquals(2, document.path("problems").size());
    }

    @Test
    void missingFilesAreNamed() {
        Cli.Result result = Cli.run("inspect", "no-such.keras");
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("convoy: no-such.keras (missing) cannot be loaded"), result.err());
        assertTrue(result.err().contains("there is no such file. Remedy: check the path"), result.err());
    }

    @Test
    void unknownFormatsAreNamedWithWhatIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "hello");
        Cli.Result result = Cli.run("inspect", file);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("no importer on the class path reads it; there are: "), result.err());
        assertTrue(result.err().contains("Tiny (.tiny)"), result.err());
    }
}
