package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<String> read(String text) throws IOException {
        return Labels.read(Files.writeString(folder.resolve("labels.txt"), text));
    }

    @Test
    void teachableMachinesNumbersAreDropped() throws IOException {
        assertEquals(List.of("Cat", "Polar bear", "3 Dogs"), read("0 Cat\r\n1 Polar bear\n2 3 Dogs\n\n"));
    }

    @Test
    void plainNamesStay() throws IOException {
        assertEquals(List.of("CATS", "DOGS"), read("\uFEFF CATS \n DOGS\n"));
    }

    @Test
    void numbersThatDoNotCountStay() throws IOException {
        assertEquals(List.of("7 up", "1 cola"), read("7 up\n1 cola\n"));
        assertEquals(List.of("0", "1"), read("0\n1\n"));
    }

    @Test
    void metadataOfTeachableMachine() throws IOException {
        assertEquals(
                List.of("바위", "보", "가위"),
                read("{\"tfjsVersion\":\"1.3.1\",\"labels\":[\"바위\",\"보\",\"가위\"],\"imageSize\":224}"));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("labels.txt");
        assertEquals(
                "'" + file + "' holds no labels. Remedy: put one on each line",
                assertThrows(UserError.class, () -> read(" \n")).getMessage());
        assertEquals(
                "'" + file + "' holds no labels. Remedy: put one on each line",
                assertThrows(UserError.class, () -> read("{\"keras_version\": \"3.14.0\"}"))
                        .getMessage());
        assertThrows(UserError.class, () -> read("{\"labels\": [\"a\""));
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
        assertEquals(
                "'" + file + "' is no UTF-8 text. Remedy: save the labels as UTF-8, one a line",
                assertThrows(UserError.class, () -> Labels.read(file)).getMessage());
        assertThrows(NoSuchFileException.class, () -> Labels.read(folder.resolve("gone.txt")));
    }
}
