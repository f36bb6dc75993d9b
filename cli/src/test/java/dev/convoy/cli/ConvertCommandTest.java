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
    }
}
