package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases of the conformance kit, written as a file, read again and run: what the exporter writes can be read. Of each rule the
 * first case, and of all others every {@value #EVERY}th; all of them with {@code -Donnx.cases=all}.
 */
class RoundTripTest {

    private static final int EVERY = 29;

    /** What does not come back as it was, and why. */
    private static final Map<String, String> DEPARTURES = Map.of(
            "required/max_pool.C1/int32", "written as float64, which is computed in float32",
            "required/max_pool_grad.C3/negative-index", "negative indices count from the end",
            "required/gather.C3/negative-index", "negative indices count from the end",
            "required/scatter.C4/negative-index", "negative indices count from the end");

    @TempDir
    private static Path folder;

    private static Backend cpu;

    @BeforeAll
    static void open() {
        cpu = Backends.open("cpu", Purpose.PREDICT, BackendOptions.defaults());
    }

    @AfterAll
    static void close() {
        cpu.close();
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        List<OpCase> all = OpCases.all();
        Set<String> rules = new HashSet<>();
        boolean isComplete = "all".equals(System.getProperty("onnx.cases"));
        return IntStream.range(0, all.size())
                .filter(i -> {
                    OpCase c = all.get(i);
                    boolean isFirst = rules.add(c.op().key() + "." + c.rule());
                    return isFirst || isComplete || i % EVERY == 0 || DEPARTURES.containsKey(c.id());
                })
                .mapToObj(all::get)
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> {
                    String departure = DEPARTURES.get(c.id());
                    if (departure == null) {
                        run(c);
                    } else {
                        assertThrows(AssertionError.class, () -> run(c), () -> "it passes: " + departure);
                    }
                }));
    }

    private static void run(OpCase opCase) {
        try (Subject subject = new Subject(new ReimportingBackend(folder, cpu), Profile.COMPLETE)) {
            opCase.check().action().run(subject);
        } catch (NotApplicableException e) {
            abort(e.getMessage());
        }
    }
}
