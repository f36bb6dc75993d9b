package dev.convoy.conformance.onnx;

import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Backends;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The backends on the class path of these tests. */
final class BackendsUnderTest {

    static final List<String> NAMES = List.of("cpu", "onnx");

    private BackendsUnderTest() {}

    /** A provider; the test is skipped, with the reason, where it cannot run. */
    static BackendProvider provider(String name) {
        Backends.Found found = Backends.find().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("backend " + name + " is not on the class path"));
        BackendProvider provider = found.provider();
        Assumptions.assumeTrue(
                provider != null && found.availability() instanceof Availability.Available, found::describe);
        return provider;
    }
}
