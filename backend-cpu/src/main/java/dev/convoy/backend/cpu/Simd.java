package dev.convoy.backend.cpu;

import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.gemm.ScalarMicroKernel;
import dev.convoy.backend.cpu.gemm.VectorMicroKernel;
import dev.convoy.backend.cpu.kernel.ChannelLoops;
import dev.convoy.backend.cpu.kernel.ScalarChannelLoops;
import dev.convoy.backend.cpu.kernel.VectorChannelLoops;
import dev.convoy.backend.cpu.machine.FusedMultiplyAdd;
import dev.convoy.backend.cpu.machine.HotSpot;
import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;
import dev.convoy.backend.cpu.winograd.VectorWinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.Purpose;
import java.util.Optional;

/**
 * Decides whether the Vector API is used, by rules that are asked in order; the first that fails says what would help.
 * Of the Vector API only its shapes are loaded here, see {@link VectorWidth}.
 */
final class Simd {

    /** Takes {@code auto}, {@code vector} or {@code scalar}. */
    static final String PROPERTY = "convoy.cpu.simd";

    private static final String MODULE = VectorWidth.MODULE;

    /** The newest Java version this was tested on; an incubating API may differ in the next. */
    private static final int NEWEST_JAVA = 25;

    private Simd() {}

    /** What was decided. */
    sealed interface Choice {

        /** What the provider says of itself. */
        Availability availability();

        /**
         * The choice, if it is one that can be had.
         *
         * @throws BackendException if not
         */
        Chosen chosen();
    }

    /**
     * @param vector whether the Vector API is used
     * @param eager whether it is used from the first call on, before C2 has compiled anything
     * @param hint what would make it so, or empty
     */
    record Chosen(boolean vector, boolean eager, String hint) implements Choice {

        MicroKernel newKernel(Purpose purpose) {
            return vector
                    ? new VectorMicroKernel(mode(purpose))
                    : new ScalarMicroKernel(FusedMultiplyAdd.IS_INSTRUCTION);
        }

        ChannelLoops newLoops(Purpose purpose) {
            return vector
                    ? new VectorChannelLoops(mode(purpose))
                    : new ScalarChannelLoops(FusedMultiplyAdd.IS_INSTRUCTION);
        }

        /** Empty without vectors: plain loops are no faster by fewer multiplications. */
        Optional<WinogradLoops> newWinograd(Purpose purpose) {
            return vector ? Optional.of(new VectorWinogradLoops(mode(purpose))) : Optional.empty();
        }

        private WarmUp.Mode mode(Purpose purpose) {
            if (eager) {
                return WarmUp.Mode.AT_ONCE;
            }
            return switch (purpose) {
                case PREDICT -> WarmUp.Mode.IN_BACKGROUND;
                case TRAIN -> WarmUp.Mode.WAITED_FOR;
            };
        }

        @Override
        public Availability availability() {
            int threads = Runtime.getRuntime().availableProcessors();
            return new Availability.Available(threads
                    + (threads == 1 ? " thread, " : " threads, ")
                    + (vector ? VectorWidth.NAME : "scalar")
                    + (hint.isEmpty() ? "" : " (" + hint + ")"));
        }

        @Override
        public Chosen chosen() {
            return this;
        }
    }

    record Refused(String reason, String remedy) implements Choice {

        @Override
        public Availability availability() {
            return new Availability.Unavailable(reason, remedy);
        }

        @Override
        public Chosen chosen() {
            throw new BackendException("Backend 'cpu' is not usable: " + reason + ". Remedy: " + remedy);
        }
    }

    static Choice choose() {
        String wanted = System.getProperty(PROPERTY, "auto");
        return switch (wanted) {
            case "scalar" -> new Chosen(false, false, "");
            case "auto" -> {
                Optional<Obstacle> obstacle = obstacle(true);
                yield new Chosen(
                        obstacle.isEmpty(),
                        false,
                        obstacle.isEmpty() ? "" : obstacle.get().hint());
            }
            case "vector" -> {
                Optional<Obstacle> obstacle = obstacle(false);
                yield obstacle.isPresent()
                        ? new Refused(
                                "-D" + PROPERTY + "=vector, but "
                                        + obstacle.get().reason(),
                                obstacle.get().hint() + ", or leave the property out")
                        : new Chosen(true, true, "");
            }
            default ->
                new Refused(
                        "the property " + PROPERTY + " is auto, vector or scalar, got '" + wanted + "'",
                        "correct it or leave it out");
        };
    }

    /**
     * @param reason why the Vector API is not used
     * @param hint what would help, as an instruction
     */
    private record Obstacle(String reason, String hint) {}

    private static Optional<Obstacle> obstacle(boolean cautious) {
        int java = Runtime.version().feature();
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return found("the module " + MODULE + " is not there", "add --add-modules " + MODULE + " for SIMD");
        }
        if (cautious && java > NEWEST_JAVA) {
            return found(
                    "Java " + java + " is newer than this version was tested on",
                    "add -D" + PROPERTY + "=vector for SIMD, untested on Java " + java);
        }
        if (isWithoutC2()) {
            return found("the JVM does not compile with C2", "run on a HotSpot JVM with its C2 compiler for SIMD");
        }
        if (!FusedMultiplyAdd.IS_INSTRUCTION) {
            return found("the processor or the JVM has no fused multiply-add", "run where -XX:+UseFMA works for SIMD");
        }
        int bits = VectorWidth.LANES * Float.SIZE;
        if (bits < 128) {
            return found("vectors have " + bits + " bits", "run on a processor with vectors of 128 bits for SIMD");
        }
        return Optional.empty();
    }

    private static Optional<Obstacle> found(String reason, String hint) {
        return Optional.of(new Obstacle(reason, hint));
    }

    private static boolean isWithoutC2() {
        String info = System.getProperty("java.vm.info", "");
        boolean hotSpot = System.getProperty("java.vm.name", "").contains("Server VM");
        return !hotSpot
                || info.contains("interpreted")
                || info.contains("emulated-client")
                || hasJvmci() && HotSpot.isOn("UseJVMCICompiler");
    }

    /** Whether another compiler than C2 may be plugged in; to ask the flag itself would take ten milliseconds. */
    private static boolean hasJvmci() {
        return ModuleLayer.boot().findModule("jdk.internal.vm.ci").isPresent()
                || System.getProperty("java.vm.version", "").contains("jvmci");
    }
}
