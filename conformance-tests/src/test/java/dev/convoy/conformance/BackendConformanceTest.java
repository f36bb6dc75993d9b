package dev.convoy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the JUnit class makes of backends that are absent, and of lists that are wrong. */
class BackendConformanceTest {

    private static final String REQUIRE = "conformance.require";

    @AfterEach
    void clearProperty() {
        System.clearProperty(REQUIRE);
    }

    @Test
    void anAbsentBackendIsSkippedWithReasonAndRemedy() {
        TestAbortedException e = assertThrows(TestAbortedException.class, first(new Absent(), Map.of()));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("libmine.so not found. Remedy: install it"), message);
    }

    @Test
    void aRequiredBackendHasToBeThere() {
        System.setProperty(REQUIRE, "mine");
        assertThrows(AssertionFailedError.class, first(new Absent(), Map.of()));
    }

    @Test
    void requiringAnotherBackendStillSkips() {
        System.setProperty(REQUIRE, "another");
        assertThrows(TestAbortedException.class, first(new Absent(), Map.of()));
    }

    @Test
    void aKnownFailureHasToBeACheck() {
        Map<String, String> unknown = Map.of("required/convolution.C9/no-such-case", "never");
        AssertionFailedError e = assertThrows(AssertionFailedError.class, first(new ReferenceProvider(), unknown));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("required/convolution.C9/no-such-case"), message);
    }

    @Test
    void thereIsOneTestForEachCheck() {
        long tests = suite(new ReferenceProvider(), Map.of()).conformance().count();
        assertEquals(ConformanceSuite.checks().size() + 1, tests);
    }

    private static Executable first(BackendProvider provider, Map<String, String> knownFailures) {
        DynamicTest first = (DynamicTest)
                suite(provider, knownFailures).conformance().findFirst().orElseThrow();
        return first.getExecutable();
    }

    private static BackendConformance suite(BackendProvider provider, Map<String, String> knownFailures) {
        return new BackendConformance() {
            @Override
            protected BackendProvider provider() {
                return provider;
            }

            @Override
            protected Map<String, String> knownFailures() {
                return knownFailures;
            }
        };
    }

    private record Absent() implements BackendProvider {

        @Override
        public String name() {
            return "mine";
        }

        @Override
        public int opSetVersion() {
            return 1;
        }

        @Override
        public int priority(Purpose purpose) {
            return 0;
        }

        @Override
        public Availability availability() {
            return new Availability.Unavailable("libmine.so not found", "install it");
        }

        @Override
        public Backend create(BackendOptions options) {
            throw new BackendException("libmine.so not found");
        }
    }
}
