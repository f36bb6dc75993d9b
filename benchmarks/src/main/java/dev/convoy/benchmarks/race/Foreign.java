package dev.convoy.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How much others used of the processors that this process may run on, since this began and by Linux' accounts: a
 * comparison beside a busy neighbour says little. This process and its children are not foreign.
 */
public final class Foreign {

    /** Linux' USER_HZ, which has been 100 on every architecture for decades. */
    private static final double TICKS_PER_SECOND = 100;

    private static final Path STAT = Path.of("/proc/stat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final Set<String> PROCESSORS = allowed();
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};
    private static final int USER_TIME = 11;
    private static final int OWN_TIMES = 4;

    private final long begin = System.nanoTime();
    private final long ticks;

    private Foreign(long ticks) {
        this.ticks = ticks;
    }

    public static Foreign begin() {
        return new Foreign(ticks());
    }

    /** The cores that others kept busy on average, or empty where the system does not say. */
    public OptionalDouble cores() {
        long now = ticks();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return now < 0 || ticks < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, (now - ticks) / TICKS_PER_SECOND / seconds));
    }

    /** What others used since the machine started, or a negative number where the system does not say. */
    private static long ticks() {
        if (PROCESSORS.isEmpty()) {
            return -1;
        }
        try {
            return machine() - own();
        } catch (IOException e) {
            return -1;
        }
    }

    private static long machine() throws IOException {
        try (Stream<String> lines = Files.lines(STAT)) {
            return lines.map(line -> line.split("\\s+"))
                    .filter(fields -> PROCESSORS.contains(fields[0]))
                    .flatMapToLong(fields -> Arrays.stream(BUSY).mapToLong(field -> Long.parseLong(fields[field])))
                    .sum();
        }
    }

    /** The names that {@code /proc/stat} has for the processors that this process may run on. */
    private static Set<String> allowed() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String list = lines.filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip())
                    .findFirst()
                    .orElse("");
            return Arrays.stream(list.split(","))
                    .map(range -> range.split("-"))
                    .flatMapToInt(range -> IntStream.rangeClosed(
                            Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])))
                    .mapToObj(number -> "cpu" + number)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static long own() {
        Stream<ProcessHandle> family = Stream.concat(
                Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
        return family.flatMapToLong(process -> times(process.pid())).sum();
    }

    /** User and system time of a process and of its children that have ended; nothing of one that has just ended. */
    private static LongStream times(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return LongStream.range(USER_TIME, USER_TIME + OWN_TIMES).map(field -> Long.parseLong(fields[(int) field]));
        } catch (IOException e) {
            return LongStream.empty();
        }
    }
}
