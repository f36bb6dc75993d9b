package dev.convoy.backend.cpu;

import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;

/**
 * The backend {@code cpu}, which runs everywhere. {@link BackendOptions#threads} is the number of threads of a run, 0 for
 * one per processor. The system property {@value Simd#PROPERTY} takes {@code auto} (the default), {@code vector} or
 * {@code scalar}; the latter two are had or refused, never replaced.
 */
public final class CpuBackendProvider implements BackendProvider {

    /** The op set whose ops the kernels know. */
    private static final int OP_SET = 1;

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int opSetVersion() {
        return OP_SET;
    }

    @Override
    public int priority(Purpose purpose) {
        return switch (purpose) {
            case PREDICT -> 10;
            case TRAIN -> 20;
        };
    }

    @Override
    public Availability availability() {
        return switch (Simd.choose()) {
            case Simd.Chosen chosen ->
                new Availability.Available(device(Runtime.getRuntime().availableProcessors(), chosen));
            case Simd.Refused(String reason, String remedy) -> new Availability.Unavailable(reason, remedy);
        };
    }

    private static String device(int threads, Simd.Chosen chosen) {
        return threads + (threads == 1 ? " thread, " : " threads, ") + chosen.describe();
    }

    @Override
    public Backend create(BackendOptions options) {
        return switch (Simd.choose()) {
            case Simd.Chosen chosen -> new CpuBackend(chosen.newKernel(), chosen.newLoops(), options.threads());
            case Simd.Refused(String reason, String remedy) ->
                throw new BackendException("Backend 'cpu' is not usable: " + reason + ". Remedy: " + remedy);
        };
    }
}
