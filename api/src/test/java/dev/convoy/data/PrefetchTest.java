package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PrefetchTest {

    private static Batch numbered(int number) {
        return new Batch(Tensor.of(new int[] {number}, 1), Tensor.of(new int[] {number}, 1), null);
    }

    private static int number(Batch batch) {
        return batch.inputs().ints()[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void batchesComeInOrder(int depth) {
        List<Integer> got = new ArrayList<>();
        try (Prefetch batches = Prefetch.of(50, PrefetchTest::numbered, depth)) {
            batches.forEachRemaining(batch -> got.add(number(batch)));
            assertFalse(batches.hasNext());
            assertThrows(NoSuchElementException.class, batches::next);
        }
        assertEquals(IntStream.range(0, 50).boxed().toList(), got);
    }

    @Test
    void theyAreMadeOnOneOtherThreadThatEnds() throws InterruptedException {
        AtomicReference<Thread> maker = new AtomicReference<>();
        try (Prefetch batches = Prefetch.of(
                3,
                i -> {
                    Thread before = maker.getAndSet(Thread.currentThread());
                    assertTrue(before == null || before == Thread.currentThread());
                    return numbered(i);
                },
                2)) {
            batches.forEachRemaining(batch -> {});
            maker.get().join();
        }
        assertNotSame(Thread.currentThread(), maker.get());
        assertFalse(maker.get().isAlive());
    }

    @Test
    void noMoreAreMadeAheadThanTheDepth() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        Semaphore done = new Semaphore(0);
        try (Prefetch batches = Prefetch.of(
                100,
                i -> {
                    made.incrementAndGet();
                    done.release();
                    return numbered(i);
                },
                3)) {
            done.acquire(3);
            for (int taken = 1; taken <= 20; taken++) {
                batches.next();
                done.acquire();
                assertTrue(made.get() <= taken + 3, made + " made when " + taken + " were taken");
            }
        }
        assertTrue(made.get() <= 23, made + " made");
    }

    @Test
    void anExceptionTakesThePlaceOfItsBatch() {
        IllegalArgumentException broken = new IllegalArgumentException("broken picture");
        try (Prefetch batches = Prefetch.of(
                5,
                i -> {
                    if (i == 2) {
                        throw broken;
                    }
                    return numbered(i);
                },
                4)) {
            assertEquals(0, number(batches.next()));
            assertEquals(1, number(batches.next()));
            assertSame(broken, assertThrows(IllegalArgumentException.class, batches::next));
            assertFalse(batches.hasNext());
            assertThrows(NoSuchElementException.class, batches::next);
        }
    }

    @Test
    void anErrorIsCarriedOverToo() {
        AssertionError error = new AssertionError("assertion");
        try (Prefetch batches = Prefetch.of(
                1,
                i -> {
                    throw error;
                },
                1)) {
            assertSame(error, assertThrows(AssertionError.class, batches::next));
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> Batch sneak(Exception exception) throws E {
        throw (E) exception;
    }

    @Test
    void anUndeclaredCheckedExceptionDoesNotLeaveTheCallerWaiting() {
        IOException disk = new IOException("disk");
        try (Prefetch batches = Prefetch.of(1, i -> PrefetchTest.<RuntimeException>sneak(disk), 1)) {
            assertSame(
                    disk,
                    assertThrows(IllegalStateException.class, batches::next).getCause());
        }
    }

    @Test
    void closingEndsAThreadThatWaitsForRoom() throws InterruptedException {
        AtomicReference<Thread> maker = new AtomicReference<>();
        CountDownLatch full = new CountDownLatch(2);
        Prefetch batches = Prefetch.of(
                1000,
                i -> {
                    maker.set(Thread.currentThread());
                    full.countDown();
                    return numbered(i);
                },
                2);
        full.await();
        batches.close();
        assertFalse(maker.get().isAlive());
        batches.close();
        assertThrows(IllegalStateException.class, batches::next);
    }

    @Test
    void closingWaitsForTheBatchInTheMakingWithoutInterruptingIt() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        AtomicInteger made = new AtomicInteger();
        Prefetch batches = Prefetch.of(
                1000,
                i -> {
                    started.countDown();
                    try {
                        finish.await();
                        interrupted.set(false);
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    made.incrementAndGet();
                    return numbered(i);
                },
                5);
        started.await();
        Thread closer = Thread.startVirtualThread(batches::close);
        finish.countDown();
        closer.join();
        batches.close();
        assertEquals(false, interrupted.get());
        assertTrue(made.get() <= 5, made + " made");
    }

    @Test
    void anInterruptedCallerKeepsItsInterrupt() {
        try (Prefetch batches = Prefetch.of(2, PrefetchTest::numbered, 1)) {
            Thread.currentThread().interrupt();
            assertEquals(0, number(batches.next()));
            assertEquals(1, number(batches.next()));
        }
        assertTrue(Thread.interrupted());
    }

    @Test
    void aDepthOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Prefetch.of(1, PrefetchTest::numbered, 0));
        assertThrows(IllegalArgumentException.class, () -> Prefetch.of(-1, PrefetchTest::numbered, 1));
        try (Prefetch none = Prefetch.of(0, PrefetchTest::numbered, 1)) {
            assertFalse(none.hasNext());
        }
    }
}
