package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxReader;
import dev.convoy.onnx.proto.GraphProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writesOnnxAndReadsItAgain() throws IOException {
        Path target = folder.resolve("model.onnx");
        Cli.Result result = Cli.run("convert", Cli.model(folder, "brightness"), target);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("wrote " + target + " ("), result.out());
        assertTrue(result.out().contains("read again: "), result.out());
        GraphProto graph = OnnxReader.read(target, Limits.defaults()).getGraph();
        assertEquals("softmax", graph.getOutput(0).getName());
    }

    @Test
    void endingsThatNobodyWritesAreRefused() throws IOException {
        Path target = folder.resolve("model.txt");
        Cli.Result result = Cli.run("convert", Cli.model(folder, "brightness"), target);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("No exporter on the class path writes"), result.err());
        assertTrue(result.err().contains(".onnx"), result.err());
        assertFalse(Files.exists(target));
    }

    @Test
    void shapesAreChecked() throws IOException {
        Cli.Result unknown =
                Cli.run("convert", Cli.model(folder, "brightness"), folder.resolve("m.onnx"), "--shape", "nowhere=1,2");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("There is no input 'nowhere'"), unknown.err());
        Cli.Result unfit =
                Cli.run("convert", Cli.model(folder, "brightness"), folder.resolve("m.onnx"), "--shape", "input=4,4,1");
        assertEquals(2, unfit.status());
        assertFalse(Files.exists(folder.resolve("m.onnx")));
    }

    @Test
    void placesThatCannotBeWrittenToAreNamed() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        Path model = Cli.model(folder, "brightness");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Cannot write '" + nowhere.resolve("m.onnx") + "': there is no folder '" + nowhere
                                + "'. Remedy: make it, or name another\n"),
                Cli.run("convert", model, nowhere.resolve("m.onnx")));
        Path taken = Files.createDirectory(folder.resolve("taken.onnx"));
        assertEquals(
                new Cli.Result(
                        2, "", "convoy: Cannot write '" + taken + "': it is a folder. Remedy: name a file in it\n"),
                Cli.run("convert", model, taken));
    }
}
