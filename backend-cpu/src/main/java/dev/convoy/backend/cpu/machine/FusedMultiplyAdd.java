package dev.convoy.backend.cpu.machine;

/** Whether {@link Math#fma} is an instruction of the processor, and not what Java computes in its place. */
public final class FusedMultiplyAdd {

    /**
     * An instruction takes some tens of nanoseconds with the clock that measures it, also before the method is compiled; what
     * Java computes in its place, with {@code BigDecimal}, takes some thousands, and compiled some hundreds.
     */
    private static final long INSTRUCTION_NANOS = 100;

    private static final int TRIALS = 32;

    /** Only in doubt is the JVM's flag asked, which takes it ten milliseconds. */
    public static final boolean IS_INSTRUCTION = fastest() < INSTRUCTION_NANOS || HotSpot.isOn("UseFMA");

    private FusedMultiplyAdd() {}

    private static long fastest() {
        float sum = 1.1f;
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long before = System.nanoTime();
            sum = Math.fma(sum, 1.01f, 0.3f);
            fastest = Math.min(fastest, System.nanoTime() - before);
        }
        return Float.isNaN(sum) ? Long.MAX_VALUE : fastest;
    }
}
