package dev.convoy.backend.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look at ONNX Runtime's native libraries before they are loaded. A damaged ELF file does not only fail to load: pages
 * that are missing at its end kill the JVM. So its header is held to its size and to this machine.
 */
final class NativeLibrary {

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int MAX_PROGRAM_HEADERS = 64;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private NativeLibrary() {}

    /** What is wrong with the libraries for this platform; empty if nothing is seen. */
    static Optional<String> fault() {
        String platform = platform();
        for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
            if (System.getProperty("onnxruntime.native." + name + ".path") != null) {
                continue;
            }
            Optional<String> fault = fault(platform, System.mapLibraryName(name));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(String platform, String file) {
        @Nullable String folder = System.getProperty("onnxruntime.native.path");
        String entry = "ai/onnxruntime/native/" + platform + "/" + file;
        try {
            if (folder != null) {
                Path path = Path.of(folder, file);
                return Files.isRegularFile(path)
                        ? fault(path.toString(), Files.size(path), Files.newInputStream(path))
                        : Optional.of("there is no " + path + ", where the property onnxruntime.native.path points");
            }
            @Nullable URL resource = NativeLibrary.class.getClassLoader().getResource(entry);
            if (resource == null) {
                return Optional.of("the jar of ONNX Runtime has no library for " + platform + " (" + entry + ")");
            }
            URLConnection connection = resource.openConnection();
            connection.setUseCaches(false);
            return fault(entry, connection.getContentLengthLong(), connection.getInputStream());
        } catch (IOException e) {
            return Optional.of("the native library " + entry + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> fault(String file, long size, InputStream content) throws IOException {
        try (content) {
            byte[] start = content.readNBytes(HEADER + MAX_PROGRAM_HEADERS * PROGRAM_HEADER);
            return isLinux()
                    ? elfFault(start, size, System.getProperty("os.arch"))
                            .map(f -> "the native library " + file + " " + f)
                    : Optional.empty();
        }
    }

    /**
     * @param start the first bytes of a file
     * @param size the size of the whole
     * @param architecture as the system property {@code os.arch} has it
     * @return what is wrong with it as an ELF library, as the end of a sentence
     */
    static Optional<String> elfFault(byte[] start, long size, String architecture) {
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (start.length < HEADER || header.getInt(0) != 0x464c457f || start[4] != 2 || start[5] != 1) {
            return Optional.of("is damaged: it is no 64-bit ELF file");
        }
        int machine = header.getShort(18) & 0xffff;
        if (machine != machine(architecture)) {
            return Optional.of("is for another processor than " + architecture + " (ELF machine " + machine + ")");
        }
        long table = header.getLong(32);
        int count = header.getShort(56) & 0xffff;
        if (table != HEADER
                || count == 0
                || start.length < HEADER + Math.min(count, MAX_PROGRAM_HEADERS) * PROGRAM_HEADER) {
            return Optional.of("is damaged: it has no program headers");
        }
        for (int i = 0; i < Math.min(count, MAX_PROGRAM_HEADERS); i++) {
            int at = HEADER + i * PROGRAM_HEADER;
            long offset = header.getLong(at + 8);
            long length = header.getLong(at + 32);
            if (offset < 0 || length < 0 || length > size - offset) {
                return Optional.of(
                        "is damaged: it ends at byte " + size + ", its segment " + i + " at " + (offset + length));
            }
        }
        return Optional.empty();
    }

    private static int machine(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> -1;
        };
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    }

    /** The folder of a platform in ONNX Runtime's jar. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
        return system + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
