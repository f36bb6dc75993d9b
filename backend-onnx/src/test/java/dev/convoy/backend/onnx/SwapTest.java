package dev.convoy.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import com.google.protobuf.MessageLite;
import dev.convoy.backend.cpu.CpuBackendProvider;
import dev.convoy.models.Model;
import dev.convoy.onnx.lowering.OnnxLowering;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program {@code swap/Swap.java}, compiled once against the API alone and run by class paths that differ in their
 * backends, each in a JVM of its own.
 */
class SwapTest {

    private static final String API = jar(Model.class);
    private static final String CPU = jar(CpuBackendProvider.class);
    private static final String ONNX = Stream.of(OrtBackendProvider.class, OnnxLowering.class, MessageLite.class)
            .map(SwapTest::jar)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    private static final String RUNTIME = jar(OrtEnvironment.class);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path classes;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What a child did. */
    private record Outcome(int status, List<String> out, String err) {

        double[] numbers() {
            assertEquals(0, status, out + err);
            return out.stream()
                    .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                    .toArray();
        }

        void refused(String... parts) {
            String text = String.join("\n", out);
            assertEquals(2, status, text + err);
            for (String part : parts) {
                assertTrue(text.contains(part), "'" + part + "' is missing in: " + text);
            }
        }
    }

    private static String jar(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void compileOnce() throws Exception {
        String source =
                Path.of(System.getProperty("convoy.root"), "swap", "Swap.java").toString();
        Outcome compiled = execute("javac", "-cp", API, "-d", classes.toString(), source);
        assertEquals(0, compiled.status(), compiled.err());
    }

    private static Outcome execute(String tool, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(Arrays.asList(args));
        Path err = Files.createTempFile("swap", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("CONVOY_BACKEND", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Outcome outcome = new Outcome(process.waitFor(), out.lines().toList(), Files.readString(err));
        Files.delete(err);
        return outcome;
    }

    private static Outcome run(List<String> classPath, String... options) throws IOException, InterruptedException {
        List<String> args =
                new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        args.addAll(List.of(options));
        args.add("-cp");
        args.add(classes + File.pathSeparator + API + File.pathSeparator + String.join(File.pathSeparator, classPath));
        args.add("Swap");
        return execute("java", args.toArray(String[]::new));
    }

    @Test
    void sameClassFilesPredictAndTrainOnEither() throws Exception {
        Outcome cpu = run(List.of(CPU));
        Outcome onnx = run(List.of(ONNX, RUNTIME));
        assertTrue(cpu.err().contains("Backend cpu"), cpu.err());
        assertTrue(onnx.err().contains("Backend onnx"), onnx.err());
        double[] expected = cpu.numbers();
        assertEquals(48, expected.length);
        assertEquals(
                cpu.out().stream().map(line -> line.split(" ")[0]).toList(),
                onnx.out().stream().map(line -> line.split(" ")[0]).toList());
        double[] actual = onnx.numbers();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-4, "line " + i);
        }
        assertTrue(
                Math.abs(expected[0] - expected[24]) > 1e-3, "training changed nothing: " + Arrays.toString(expected));
    }

    @Test
    void withBothTheOneIsTakenThatIsNamed() throws Exception {
        Outcome named = run(List.of(CPU, ONNX, RUNTIME), "-Dconvoy.backend=cpu");
        assertEquals(run(List.of(CPU)).out(), named.out());
        assertTrue(named.err().contains("Backend cpu"), named.err());
        assertTrue(named.err().contains("others: onnx (available: ONNX Runtime"), named.err());
        Outcome free = run(List.of(CPU, ONNX, RUNTIME));
        assertEquals(48, free.numbers().length);
        assertTrue(free.err().contains("by priority"), free.err());
    }

    @Test
    void withNeitherTheErrorSaysWhatToAdd() throws Exception {
        run(List.of())
                .refused("No usable backend on the class path", "Providers found: none", "add convoy-backend-cpu");
        run(List.of(), "-Dconvoy.backend=onnx")
                .refused("There is no backend 'onnx' on the class path", "add the jar convoy-backend-onnx");
    }

    @Test
    void withoutTheRuntimeJarTheOtherBackendGoesOn() throws Exception {
        Outcome outcome = run(List.of(ONNX, CPU));
        assertEquals(48, outcome.numbers().length);
        assertTrue(outcome.err().contains("the jar of ONNX Runtime is not on the class path"), outcome.err());
        run(List.of(ONNX))
                .refused("onnx (unavailable: the jar of ONNX Runtime is not on the class path. Remedy: add"
                        + " com.microsoft.onnxruntime:onnxruntime:");
        run(List.of(ONNX, CPU), "-Dconvoy.backend=onnx")
                .refused("Backend 'onnx' is not usable", "com.microsoft.onnxruntime:onnxruntime");
    }

    @Test
    void cudaWithoutItsJarSaysWhatToDo() throws Exception {
        run(List.of(ONNX, RUNTIME), "-Dconvoy.onnx.provider=cuda", "-Dconvoy.backend=onnx")
                .refused("CUDA is asked for", "onnxruntime_gpu", "CUDA 12");
    }

    @Test
    void damagedLibrariesAreRefusedBeforeTheyKillTheJvm() throws Exception {
        String platform = linux();
        byte[] whole = library(platform);
        damaged(platform, "no library at all".getBytes(StandardCharsets.UTF_8), "is damaged: it is no 64-bit ELF file");
        damaged(platform, Arrays.copyOf(whole, whole.length / 2), "is damaged: it ends at byte " + whole.length / 2);
        String other = platform.equals("linux-x64") ? "linux-aarch64" : "linux-x64";
        damaged(platform, library(other), "is for another processor");
        damaged(platform, new byte[0], "is damaged");
    }

    private static String linux() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        Assumptions.assumeTrue(
                os.contains("linux") && List.of("amd64", "aarch64").contains(architecture),
                "ONNX Runtime has ELF libraries for 64-bit x86 and ARM");
        return architecture.equals("amd64") ? "linux-x64" : "linux-aarch64";
    }

    private static byte[] library(String platform) throws IOException {
        String name = "/ai/onnxruntime/native/" + platform + "/libonnxruntime4j_jni.so";
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    /** A folder before the jar hides the library in it. */
    private void damaged(String platform, byte[] content, String reason) throws Exception {
        Path file = folder.resolve("ai/onnxruntime/native/" + platform + "/libonnxruntime4j_jni.so");
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        run(List.of(folder.toString(), ONNX, RUNTIME))
                .refused("onnx (unavailable: the native library", reason, "Remedy: ");
        Outcome outcome = run(List.of(folder.toString(), ONNX, RUNTIME, CPU));
        assertEquals(48, outcome.numbers().length);
    }
}
