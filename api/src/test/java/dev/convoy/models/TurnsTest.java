package dev.convoy.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private static int sleep(int result) {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result;
    }

    @Test
    void longRunsWaitForTheirTurn() throws Exception {
        Turns.Kind kind = new Turns(3).new Kind();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            calls.add(() -> kind.run(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                sleep(0);
                running.decrementAndGet();
                return number;
            }));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Future<Integer>> results = threads.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                assertEquals(i, results.get(i).get());
            }
        }
        assertTrue(most.get() <= 3, most + " at once");
    }

    @Test
    void whoCameFirstIsServedFirst() throws InterruptedException {
        Turns.Kind kind = new Turns(1).new Kind();
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        kind.run(() -> {
            for (int i = 0; i < 10; i++) {
                int number = i;
                Thread caller = Thread.ofPlatform().start(() -> kind.run(() -> served.add(number)));
                while (caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                callers.add(caller);
            }
            return sleep(0);
        });
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(IntStream.range(0, 10).boxed().toList(), served);
    }

    @Test
    void aRunThatFailsEndsItsTurn() {
        Turns.Kind kind = new Turns(1).new Kind();
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> kind.run(() -> {
                        throw new IllegalStateException("no");
                    }));
        }
        assertEquals(7, kind.run(() -> sleep(7)));
    }

    /** It would wait for ever for the turn that the other kind has. */
    @Test
    void shortRunsAreLetThrough() {
        Turns turns = new Turns(1);
        Turns.Kind brief = turns.new Kind();
        for (int i = 0; i < 1000; i++) {
            brief.run(() -> 1);
        }
        assertEquals(5, turns.new Kind().run(() -> sleep(4) + brief.run(() -> 1)));
    }
}
