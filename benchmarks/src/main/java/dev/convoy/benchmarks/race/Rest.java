package dev.convoy.benchmarks.race;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until no thread of this process and its children computes any more, those of native libraries included. */
final class Rest {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** A thread that looks for work uses a core of its own. */
    private static final double BUSY = 0.5;

    private static final int MOST_LOOKS = 10;

    private Rest() {}

    /** Gives up after 0.3 s, as compilers of the JVM may take longer. */
    static void await() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            long used = used();
            long begin = System.nanoTime();
            LockSupport.parkNanos(LOOK_NANOS);
            if (used() - used < BUSY * (System.nanoTime() - begin)) {
                return;
            }
        }
    }

    private static long used() {
        return SYSTEM.getProcessCpuTime()
                + ProcessHandle.current()
                        .descendants()
                        .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum();
    }
}
