package dev.convoy.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionPoolTest {

    private static final int CALLERS = 16;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openWhenClosed = new AtomicInteger();
    private final SessionPool pool = new SessionPool(this::compile);

    /** A session that tells when two run it at once, or when it runs closed. */
    private final class Single implements Session {

        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
            assertTrue(busy.compareAndSet(false, true), "it is run by another, or closed");
            Thread.onSpinWait();
            busy.set(false);
            return Map.of();
        }

        @Override
        public void close() {
            assertTrue(busy.compareAndSet(false, true), "it is run by another, or closed");
            open.decrementAndGet();
        }
    }

    private Executable compile() {
        made.incrementAndGet();
        return new Executable() {
            @Override
            public Signature signature() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Session open() {
                open.incrementAndGet();
                return new Single();
            }

            @Override
            public Session open(State state) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                openWhenClosed.addAndGet(open.get());
                closed.incrementAndGet();
            }
        };
    }

    private Session take() {
        Session session = pool.take();
        assertNotNull(session);
        return session;
    }

    @Test
    void aSessionWaitsForTheNextCaller() {
        Session first = take();
        Session second = take();
        assertNotSame(first, second);
        assertFalse(pool.isUnused());
        pool.giveBack(first);
        assertSame(first, take());
        pool.giveBack(second);
        pool.giveBack(first);
        assertTrue(pool.isUnused());
        assertEquals(1, made.get());
        assertEquals(2, open.get());
    }

    @Test
    void aRetiredPoolClosesWhatIsGivenBackAndThenTheExecutable() {
        Session kept = take();
        pool.giveBack(take());
        pool.retire();
        assertEquals(1, open.get());
        assertEquals(0, closed.get());
        assertNull(pool.take());
        assertNull(pool.plan());
        pool.giveBack(kept);
        assertEquals(0, open.get());
        assertEquals(1, closed.get());
    }

    @Test
    void anUnusedOneClosesItsExecutableAtOnceAndNoneMakesNone() {
        pool.giveBack(take());
        pool.retire();
        assertEquals(1, closed.get());
        SessionPool unasked = new SessionPool(this::compile);
        unasked.retire();
        assertNull(unasked.take());
        assertEquals(1, made.get());
    }

    @Test
    void callersWhileItIsRetiredEachHaveASessionOrNone() throws Exception {
        for (int round = 0; round < 200; round++) {
            SessionPool one = new SessionPool(this::compile);
            AtomicInteger runs = new AtomicInteger();
            Callable<Integer> caller = () -> {
                int count = 0;
                for (Session session = one.take(); session != null; session = one.take()) {
                    session.run(Map.of(), Set.of());
                    one.giveBack(session);
                    count++;
                    runs.incrementAndGet();
                }
                return count;
            };
            try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
                List<Future<Integer>> counts = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    counts.add(threads.submit(caller));
                }
                while (runs.get() < round * 10) {
                    Thread.onSpinWait();
                }
                one.retire();
                int all = 0;
                for (Future<Integer> count : counts) {
                    all += count.get();
                }
                assertEquals(runs.get(), all);
            }
            assertEquals(0, open.get());
            assertEquals(made.get(), closed.get());
            assertEquals(0, openWhenClosed.get());
        }
    }
}
