package dev.convoy.backend.cpu;

import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.gemm.ScalarMicroKernel;
import dev.convoy.backend.cpu.kernel.ChannelLoops;
import dev.convoy.backend.cpu.kernel.ScalarChannelLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import java.util.Optional;

/**
 * Decides whether the Vector API is used, by rules that are asked in order; the first that fails says what would help.
 * Nothing here links a class of the Vector API: the micro-kernel that does is loaded by name when all rules hold.
 */
final class Simd {

    /** Takes {@code auto}, {@code vector} or {@code scalar}. */
    static final String PROPERTY = "convoy.cpu.simd";

    private static final String MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNEL = "dev.convoy.backend.cpu.gemm.VectorMicroKernel";
    private static final String VECTOR_LOOPS = "dev.convoy.backend.cpu.kernel.VectorChannelLoops";
    private static final String VECTOR_WINOGRAD = "dev.convoy.backend.cpu.winograd.VectorWinogradLoops";

    /** The newest Java version this was tested on; an incubating API may differ in the next. */
    private static final int NEWEST_JAVA = 25;

    private Simd() {}

    /** What was decided. */
    sealed interface Choice {}

    /**
     * @param vector whether the Vector API is used
     * @param eager whether it is used from the first call on, before C2 has compiled anything
     * @param hint what would make it so, or empty
     */
    record Chosen(boolean vector, boolean eager, String hint) implements Choice {

        MicroKernel newKernel() {
            return vector
                    ? load(VECTOR_KERNEL, MicroKernel.class, eager)
                    : new ScalarMicroKernel(HotSpot.isOn("UseFMA"));
        }

        ChannelLoops newLoops() {
            return vector
                    ? load(VECTOR_LOOPS, ChannelLoops.class, eager)
                    : new ScalarChannelLoops(HotSpot.isOn("UseFMA"));
        }

        /** Empty without vectors: plain loops are no faster by fewer multiplications. */
        Optional<WinogradLoops> newWinograd() {
            return vector ? Optional.of(load(VECTOR_WINOGRAD, WinogradLoops.class, eager)) : Optional.empty();
        }

        String describe() {
            return newKernel().name() + (hint.isEmpty() ? "" : " (" + hint + ")");
        }
    }

    record Refused(String reason, String remedy) implements Choice {}

    static Choice choose() {
        String wanted = System.getProperty(PROPERTY, "auto");
        return switch (wanted) {
            case "scalar" -> new Chosen(false, false, "");
            case "auto" ->
                obstacle(true).map(o -> new Chosen(false, false, o.hint())).orElse(new Chosen(true, false, ""));
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
        if (HotSpot.isOn("UseJVMCICompiler") || isWithoutC2()) {
            return found("the JVM does not compile with C2", "run on a HotSpot JVM with its C2 compiler for SIMD");
        }
        if (!HotSpot.isOn("UseFMA")) {
            return found("the processor or the JVM has no fused multiply-add", "run where -XX:+UseFMA works for SIMD");
        }
        int bits = load(VECTOR_KERNEL, MicroKernel.class, true).panelWidth() * Float.SIZE / 2;
        return bits < 128
                ? found("vectors have " + bits + " bits", "run on a processor with vectors of 128 bits for SIMD")
                : Optional.empty();
    }

    private static Optional<Obstacle> found(String reason, String hint) {
        return Optional.of(new Obstacle(reason, hint));
    }

    private static boolean isWithoutC2() {
        String info = System.getProperty("java.vm.info", "");
        boolean hotSpot = System.getProperty("java.vm.name", "").contains("Server VM");
        return !hotSpot || info.contains("interpreted") || info.contains("emulated-client");
    }

    private static <T> T load(String name, Class<T> type, boolean eager) {
        try {
            return type.cast(Class.forName(name).getConstructor(boolean.class).newInstance(eager));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The jar of the CPU backend is not complete: " + name, e);
        }
    }
}
