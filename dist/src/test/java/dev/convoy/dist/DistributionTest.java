package dev.convoy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Looks into the distribution as it was built. */
class DistributionTest {

    private static final Path DIST = Path.of(System.getProperty("convoy.root"), "target", "dist");

    /** What only the command line, the conformance kits and the reading of ONNX need. */
    private static final List<String> NOT_FOR_KERAS = List.of(
            "convoy-cli",
            "convoy-conformance-",
            "convoy-importer-onnx",
            "convoy-onnx-format",
            "protobuf-java",
            "convoy-examples",
            "guice",
            "guava",
            "failureaccess",
            "listenablefuture",
            "aopalliance",
            "jakarta.inject",
            "j2objc",
            "error_prone_annotations",
            "picocli",
            "junit",
            "opentest4j",
            "apiguardian");

    /** First bytes of ELF, PE, and Mach-O files of both byte orders and of several architectures. */
    private static final Set<Integer> NATIVE_MAGIC = Set.of(0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe);

    @Test
    void holdsNothingNative() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path jar : jars("lib", "backends/cpu")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                    if (isNative(zip, entry)) {
                        found.add(jar.getFileName() + "!" + entry.getName());
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static boolean isNative(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getName().matches(".*\\.(so|dll|dylib|jnilib|a|lib|exe)(\\.\\d+)*")) {
            return true;
        }
        if (entry.getSize() < Integer.BYTES) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            int magic = in.readInt();
            return NATIVE_MAGIC.contains(magic) || magic >>> 16 == 0x4d5a;
        }
    }

    @Test
    void bringsApiCpuBackendAndKerasImporterInEightMegabytes() throws IOException {
        long bytes = 0;
        List<String> names = new ArrayList<>();
        for (Path jar : jars("lib", "backends/cpu")) {
            String name = jar.getFileName().toString();
            if (NOT_FOR_KERAS.stream().noneMatch(name::startsWith)) {
                bytes += Files.size(jar);
                names.add(name);
            }
        }
        String all = String.join(" ", names);
        for (String part :
                List.of("convoy-api", "convoy-backend-cpu", "convoy-importer-keras", "jhdf", "jackson-databind")) {
            assertTrue(all.contains(part), part + " is missing in " + all);
        }
        assertTrue(bytes <= 8_000_000, bytes + " bytes in " + all);
    }

    @Test
    void keepsBackendsOutOfTheLibraries() throws IOException {
        assertFalse(jars("lib").stream()
                .anyMatch(jar -> jar.getFileName().toString().startsWith("convoy-backend-")));
        assertTrue(Files.isExecutable(DIST.resolve("convoy")));
    }

    private static List<Path> jars(String... folders) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(DIST.resolve(folder))) {
                jars.addAll(files.filter(f -> f.toString().endsWith(".jar")).collect(Collectors.toList()));
            }
        }
        return jars;
    }
}
