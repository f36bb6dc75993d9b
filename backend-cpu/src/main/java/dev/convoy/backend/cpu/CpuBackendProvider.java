package dev.convoy.backend.cpu;

import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The backend {@code cpu}, which runs everywhere. {@link BackendOptions#threads} is the number of threads of a run, 0 for
 * one per processor. The system property {@value Simd#PROPERTY} takes {@code auto} (the default), {@code vector} or
 * {@code scalar}; the latter two are had or refused, never replaced.
 *
 * <p>The setting {@value #PRECISE}, {@code false} or {@code true} (the system property {@value #PRECISE_PROPERTY} where it
 * is not set; false by default), forbids what is faster at the price of digits: Winograd's convolutions, see {@code
 * docs/cpu.md}.
 */
public final class CpuBackendProvider implements BackendProvider {

    /** The name among {@link BackendOptions#settings}. */
    static final String PRECISE = "precise";

    static final String PRECISE_PROPERTY = "convoy.cpu.precise";

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
        return Simd.choose().availability();
    }

    private static boolean isPrecise(BackendOptions options) {
        @Nullable String setting = options.settings().get(PRECISE);
        String wanted = setting != null ? setting : System.getProperty(PRECISE_PROPERTY, "false");
        return switch (wanted) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new BackendException("Backend 'cpu' is not usable: the setting " + PRECISE
                        + " is true or false, got '" + wanted + "'. Remedy: correct it or leave it out");
        };
    }

    @Override
    public Backend create(BackendOptions options) {
        return create(Purpose.PREDICT, options);
    }

    /** In prediction, kernels that C2 has not compiled yet are plain loops with the same bits; training waits for them. */
    @Override
    public Backend create(Purpose purpose, BackendOptions options) {
        Simd.Chosen chosen = Simd.choose().chosen();
        if (!chosen.hint().isEmpty()) {
            System.getLogger(CpuBackendProvider.class.getName())
                    .log(System.Logger.Level.INFO, "Backend cpu computes without SIMD; {0}", chosen.hint());
        }
        return new CpuBackend(
                chosen.newKernel(purpose),
                chosen.newLoops(purpose),
                isPrecise(options) ? Optional.empty() : chosen.newWinograd(purpose),
                options.threads());
    }
}
