package dev.convoy.backend.cpu;

import dev.convoy.conformance.BackendConformance;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The kit on all paths: with the Vector API, without what costs digits, and with scalar loops. */
class CpuConformanceTest {

    @Nested
    class Vector extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new OnePath(true, false);
        }
    }

    @Nested
    class Precise extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new OnePath(true, true);
        }
    }

    @Nested
    class Scalar extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new OnePath(false, false);
        }
    }

    /** The provider with its choice made. */
    private record OnePath(boolean vector, boolean precise) implements BackendProvider {

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
                    ? choice().availability()
                    : new Availability.Unavailable(
                            "the Vector API is not to be had", "run the tests with --add-modules jdk.incubator.vector");
        }

        @Override
        public Backend create(BackendOptions options) {
            Simd.Chosen choice = choice();
            return new CpuBackend(
                    choice.newKernel(Purpose.PREDICT),
                    choice.newLoops(Purpose.PREDICT),
                    precise ? Optional.empty() : choice.newWinograd(Purpose.PREDICT),
                    options.threads());
        }

        private Simd.Chosen choice() {
            return new Simd.Chosen(vector, vector, "");
        }
    }
}
