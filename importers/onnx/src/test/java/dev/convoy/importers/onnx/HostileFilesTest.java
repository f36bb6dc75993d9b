package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ModelSource;
import dev.convoy.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of spoilt files: each loads, or is refused with an {@link ImportException}. Surefire gives this module's tests
 * 256 MB, so that a size that is believed shows.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {

    private static final int MUTANTS = 800;

    @TempDir
    private Path folder;

    private long slowest;
    private int loaded;

    private Path write(byte[] model) {
        try {
            return Files.write(folder.resolve("m.onnx"), model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads or refuses a model; returns the reasons, empty if it loads. */
    private String attempt(String what, byte[] model) {
        ModelSource source = ModelSource.of(write(model));
        long start = System.nanoTime();
        String reasons = "";
        try {
            new OnnxImporter().load(source, ImportOptions.defaults());
            loaded++;
        } catch (ImportException e) {
            assertFalse(e.report().problems().isEmpty(), what);
            reasons = e.report().toString();
            assertFalse(e.report().problems().getFirst().reason().isBlank(), what);
            assertFalse(reasons.contains("more memory than the JVM has"), what + ": " + reasons);
            assertFalse(reasons.contains("nested too deeply"), what + ": " + reasons);
        } catch (Throwable e) {
            fail(what + " is not refused but breaks the importer", e);
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
        return reasons;
    }

    @ParameterizedTest
    @EnumSource
    void survivesSpoiltFiles(HostileModels kind) throws IOException {
        ModelProto original = kind.write(folder);
        assertEquals("", attempt("the original", original.toByteArray()));
        byte[] bytes = original.toByteArray();
        for (int i = 0; i < MUTANTS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            byte[] mutant = i % 3 == 0
                    ? Mutations.ofBytes(bytes, random)
                    : Mutations.ofModel(original, random).toByteArray();
            attempt(kind + ", mutant " + i, mutant);
        }
        System.out.printf(
                "%d spoilt files (%s): %d load all the same, the slowest took %d ms%n",
                MUTANTS, kind, loaded, slowest / 1_000_000);
        assertTrue(loaded < MUTANTS, "the mutations must spoil something");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrong(HostileCases broken) throws IOException {
        String reasons = attempt(broken.name(), broken.write(folder));
        assertTrue(reasons.contains(broken.reason()), broken + ": " + reasons);
    }

    /** The same seed gives the same mutant, so that a failure can be looked at. */
    @Test
    void mutantsAreReproducible() throws InvalidProtocolBufferException {
        ModelProto original = HostileModels.NETWORK.model();
        for (int i = 0; i < 20; i++) {
            ModelProto mutant = Mutations.ofModel(original, new SplittableRandom(i));
            assertEquals(mutant, Mutations.ofModel(original, new SplittableRandom(i)));
            assertEquals(mutant, ModelProto.parseFrom(mutant.toByteArray()));
        }
    }
}
