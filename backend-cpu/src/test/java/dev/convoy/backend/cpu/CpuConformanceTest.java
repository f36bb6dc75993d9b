package dev.convoy.backend.cpu;

import dev.convoy.conformance.BackendConformance;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;
import org.junit.jupiter.api.Nested;

/** The kit on both paths: with the Vector API, and with scalar loops. */
class CpuConformanceTest {

    @Nested
    class Vector extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new OnePath(true);
        }
    }

    @Nested
    class Scalar extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new OnePath(false);
        }
    }

    /** The provider with its choice made. */
    private record OnePath(boolean vector) implements BackendProvider {

        @Override
        public String name() {
            return new CpuBackendProvider().name();
        }

        @Override
        public int opSetVersion() {
            return new CpuBackendProvider().opSetVersion();
        }

        @Override
        public int priority(Purpose purpose) {
            return new CpuBackendProvider().priority(purpose);
        }

        @Override
        public Availability availability() {
            boolean possible = !vector || Simd.choose() instanceof Simd.Chosen chosen && chosen.vector();
            return possible
                    ? new Availability.Available(choice().describe())
                    : new Availability.Unavailable(
                            "the Vector API is not to be had", "run the tests with --add-modules jdk.incubator.vector");
        }

        @Override
        public Backend create(BackendOptions options) {
            Simd.Chosen choice = choice();
            return new CpuBackend(choice.newKernel(), choice.newLoops(), options.threads());
        }

        private Simd.Chosen choice() {
            return new Simd.Chosen(vector, vector, "");
        }
    }
}
