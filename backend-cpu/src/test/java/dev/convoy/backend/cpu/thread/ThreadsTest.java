package dev.convoy.backend.cpu.thread;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadsTest {

    private static final long SMALL = 300_000;
    private static final int ROUNDS = 200;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void runsEachItemOnce(int count) {
        try (Threads threads = new Threads(count)) {
            for (int items = 0; items < ROUNDS; items++) {
                assertArrayEquals(once(items), runs(threads, items), items + " items");
            }
        }
    }

    /** Beside a caller that is at work, the other of two works alone; some time after it has gone, not any more. */
    @Test
    void asManyCallersAsThreadsWorkAlone() throws InterruptedException, ExecutionException {
        try (Threads threads = new Threads(2);
                ExecutorService callers = Executors.newSingleThreadExecutor()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Future<?> other = callers.submit(() -> {
                Thread caller = Thread.currentThread();
                threads.forEach(2, item -> {
                    if (Thread.currentThread() == caller) {
                        begun.countDown();
                        await(end);
                    } else {
                        await(begun);
                    }
                });
            });
            await(begun);
            for (int round = 0; round < ROUNDS; round++) {
                assertEquals(Set.of(Thread.currentThread()), workers(threads));
            }
            end.countDown();
            other.get();
            Set<Thread> workers = Set.of();
            while (workers.size() < 2) {
                workers = workers(threads);
            }
        }
    }

    private static Set<Thread> workers(Threads threads) {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        threads.forEach(8, item -> {
            workers.add(Thread.currentThread());
            LockSupport.parkNanos(1000);
        });
        return workers;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void servesManyCallersAtOnce() throws InterruptedException, ExecutionException {
        try (Threads threads = new Threads(3);
                ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                ends.add(callers.submit(() -> {
                    for (int items = 1; items < ROUNDS; items++) {
                        assertArrayEquals(once(items), runs(threads, items));
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    @Test
    void servesItemsThatHandInItems() {
        try (Threads threads = new Threads(3)) {
            AtomicInteger sum = new AtomicInteger();
            threads.forEach(10, i -> threads.forEach(10, j -> sum.addAndGet(10 * i + j)));
            assertEquals(IntStream.range(0, 100).sum(), sum.get());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 15})
    void throwsWhatAnItemThrowsAndGoesOn(int failing) {
        try (Threads threads = new Threads(2)) {
            RuntimeException failure = new IllegalStateException("item " + failing);
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> threads.forEach(16, i -> {
                                if (i == failing) {
                                    throw failure;
                                }
                            })));
            assertArrayEquals(once(16), runs(threads, 16));
        }
    }

    @Test
    void cutsRangesWithoutGapOrOverlap() {
        try (Threads threads = new Threads(2)) {
            for (int length : new int[] {0, 1, 9, 10, 11, 95, 100}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(length);
                threads.range(length, 10, (from, to) -> {
                    assertTrue(to - from <= 10);
                    IntStream.range(from, to).forEach(runs::incrementAndGet);
                });
                assertArrayEquals(once(length), array(runs), "length " + length);
            }
        }
    }

    @Test
    void worksAloneWhenClosed() {
        Threads threads = new Threads(2);
        threads.close();
        assertArrayEquals(once(16), runs(threads, 16));
    }

    /** One small call wakes nobody; so many that helpers would have paid for themselves do. */
    @Test
    void getsHelpersForManySmallCalls() throws InterruptedException {
        try (Threads threads = new Threads(2)) {
            TimeUnit.MILLISECONDS.sleep(200);
            assertEquals(Set.of(Thread.currentThread()), whoRuns(threads));
            Set<Thread> all = ConcurrentHashMap.newKeySet();
            while (all.size() < 2) {
                all.addAll(whoRuns(threads));
            }
        }
    }

    private static Set<Thread> whoRuns(Threads threads) {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        threads.forEach(4, SMALL, i -> {
            seen.add(Thread.currentThread());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        });
        return seen;
    }

    private static int[] runs(Threads threads, int items) {
        AtomicIntegerArray runs = new AtomicIntegerArray(items);
        threads.forEach(items, runs::incrementAndGet);
        return array(runs);
    }

    private static int[] array(AtomicIntegerArray runs) {
        return IntStream.range(0, runs.length()).map(runs::get).toArray();
    }

    private static int[] once(int items) {
        int[] ones = new int[items];
        Arrays.fill(ones, 1);
        return ones;
    }
}
