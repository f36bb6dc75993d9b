package dev.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Image;
import dev.convoy.examples.pictures.Clothes;
import dev.convoy.examples.pictures.Digits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs as they stand, on a few pictures. */
class ProgramsTest {

    @TempDir
    Path folder;

    @FunctionalInterface
    private interface Program {
        void main(String... args) throws IOException;
    }

    private static String run(Program program, String... args) throws IOException {
        PrintStream before = System.out;
        var captured = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            program.main(args);
        } finally {
            System.setOut(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }

    /** The numbers printed behind a name, {@code accuracy=0.9}, from the first to the last. */
    private static List<Double> values(String text, String name) {
        return Pattern.compile("[{ ]" + name + "=([^,}]+)")
                .matcher(text)
                .results()
                .map((MatchResult found) -> Double.parseDouble(found.group(1)))
                .toList();
    }

    private static List<Image> digits() {
        return IntStream.range(0, 10).mapToObj(Digits.SIGN::picture).toList();
    }

    @Test
    void fashionMnistLearnsAndNamesTheFirstPicture() throws IOException {
        SmallData.writeMnist(folder, List.copyOf(Clothes.all().values()), 16);
        String printed = run(FashionMnistProgram::main, folder.toString());
        assertTrue(printed.contains("Total params: 402,986"), printed);
        assertEquals(6, values(printed, "accuracy").size(), printed);
        assertEquals(1, values(printed, "accuracy").getLast(), printed);
        assertTrue(printed.contains("T-shirt/top 0.9"), printed);
    }

    @Test
    void lenetLearnsDigits() throws IOException {
        SmallData.writeMnist(folder, digits(), 64);
        String printed = run(LeNet5Program::main, folder.toString());
        assertEquals(10, values(printed, "val_loss").size(), printed);
        assertTrue(values(printed, "val_accuracy").getLast() >= 0.9, printed);
    }

    @Test
    void theLargeMnistNetworkLearnsDigits() throws IOException {
        SmallData.writeMnist(folder, digits(), 14);
        String printed = run(MnistProgram::main, folder.toString());
        List<Double> losses = values(printed, "val_loss");
        assertEquals(2, losses.size(), printed);
        assertTrue(losses.getLast() < losses.getFirst(), printed);
    }

    @Test
    void cifar10Learns() throws IOException {
        SmallData.writeCifar10(folder, 3);
        List<Double> losses = values(run(Cifar10Program::main, folder.toString()), "val_loss");
        assertEquals(5, losses.size());
        assertTrue(losses.getLast() < losses.getFirst(), losses::toString);
    }

    @Test
    void teachableMachinesNetworkLearnsOtherClasses() throws IOException {
        Path trained = TestData.folder("keras").resolve("tm-cats-dogs").resolve("keras_model.h5");
        Path pictures = folder.resolve("pictures");
        SmallData.writeColours(pictures, Map.of("red", new int[] {220, 40, 40}, "blue", new int[] {40, 40, 220}), 2);
        Path file = folder.resolve("colours.keras");
        String printed = run(TransferLearning::main, trained.toString(), pictures.toString(), file.toString());
        assertEquals(1, values(printed, "accuracy").getLast(), printed);
        assertTrue(Files.size(file) > 1_000_000);
    }

    /** The script in the JShell of the JDK that runs the tests. */
    @Test
    void theScriptRunsInJShell() throws Exception {
        Path script = Path.of(System.getProperty("convoy.root", ".."), "examples", "jshell", "first-network.jsh");
        Process jshell = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jshell")
                                .toString(),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "-R--add-modules=jdk.incubator.vector",
                        "-J-Djava.util.prefs.userRoot=" + folder,
                        script.toString())
                .redirectErrorStream(true)
                .start();
        jshell.getOutputStream().close();
        String printed = new String(jshell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jshell.waitFor(), printed);
        assertTrue(printed.contains("Total params: 31,530"), printed);
        assertTrue(printed.contains("best: Scored[index="), printed);
        assertFalse(printed.contains("Error"), printed);
        assertFalse(printed.contains("Exception"), printed);
    }
}
