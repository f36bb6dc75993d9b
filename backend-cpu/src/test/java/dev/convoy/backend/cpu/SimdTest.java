package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spi.Availability;
import dev.convoy.spi.Availability.Available;
import dev.convoy.spi.Availability.Unavailable;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The choice between the Vector API and plain loops, in this JVM and in JVMs started without the module. */
class SimdTest {

    /** What a JVM of its own prints: the availability, then the failure to create a backend if there is one. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] args) {
            System.out.println(new CpuBackendProvider().availability());
            try {
                new CpuBackendProvider().create(BackendOptions.defaults()).close();
            } catch (BackendException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(Simd.PROPERTY);
    }

    @Test
    void theProviderIsFound() {
        try (var backend = Backends.open("cpu", Purpose.PREDICT, BackendOptions.defaults())) {
            assertEquals("cpu", backend.name());
        }
    }

    @Test
    void scalarCanBeForced() {
        System.setProperty(Simd.PROPERTY, "scalar");
        Availability availability = new CpuBackendProvider().availability();
        String device = assertInstanceOf(Available.class, availability).device();
        assertTrue(device.matches("\\d+ threads?, scalar"), device);
    }

    @Test
    void anUnknownWishIsRefused() {
        System.setProperty(Simd.PROPERTY, "fast");
        Unavailable refusal = assertInstanceOf(Unavailable.class, new CpuBackendProvider().availability());
        assertTrue(refusal.reason().contains("auto, vector or scalar, got 'fast'"), refusal.reason());
        assertThrows(BackendException.class, () -> new CpuBackendProvider().create(BackendOptions.defaults()));
    }

    @Test
    void withoutTheModuleItSaysWhichFlagHelps() throws Exception {
        String printed = probe();
        assertTrue(printed.contains("scalar (add --add-modules jdk.incubator.vector for SIMD)"), printed);
    }

    @Test
    void withoutTheModuleForcingFailsLoudly() throws Exception {
        String printed = probe("-D" + Simd.PROPERTY + "=vector");
        assertTrue(printed.contains("Unavailable[reason=-Dconvoy.cpu.simd=vector, but"), printed);
        assertTrue(printed.contains("Remedy: add --add-modules jdk.incubator.vector for SIMD"), printed);
    }

    @Test
    void withoutC2TheVectorApiIsNotUsed() throws Exception {
        String printed = probe("--add-modules", "jdk.incubator.vector", "-Xint");
        assertTrue(printed.contains("scalar (run on a HotSpot JVM with its C2 compiler for SIMD)"), printed);
    }

    @Test
    void aBackendIsMadeWithoutTheVectorApi() throws Exception {
        String printed = probe("--add-modules", "jdk.incubator.vector", "-Xlog:class+load");
        assertTrue(printed.contains(CpuBackendProvider.class.getName()), printed);
        assertTrue(printed.contains("] jdk.incubator.vector.VectorShape "), printed);
        assertFalse(printed.contains("] jdk.incubator.vector.FloatVector "), "to load the Vector API takes long");
        assertFalse(printed.contains("HotSpotDiagnosticMXBean"), "to ask the JVM for its flags takes long");
    }

    @Test
    void withoutFusedMultiplyAddTheVectorApiIsNotUsed() throws Exception {
        String printed = probe("--add-modules", "jdk.incubator.vector", "-XX:-UseFMA");
        assertTrue(printed.contains("scalar (run where -XX:+UseFMA works for SIMD)"), printed);
    }

    @Test
    void theWidthIsThatWhichTheJvmIsAllowed() throws Exception {
        String printed = probe("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16");
        assertTrue(printed.contains("Vector API 128 bit"), printed);
    }

    private static String probe(String... options) throws IOException, InterruptedException {
        return run(Probe.class, options);
    }

    /** What a program in a JVM of its own prints. */
    static String run(Class<?> program, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }
}
