package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.backend.cpu.machine.WarmUp;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    /** Ends in the middle of a call that a warm-up makes. */
    static final class Program {

        private static final CountDownLatch BEGUN = new CountDownLatch(1);

        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            WarmUp warmUp = new WarmUp(Program::call);
            System.out.println(warmUp.isReady(WarmUp.Mode.IN_BACKGROUND));
            BEGUN.await();
        }

        private static void call() {
            System.out.println("begun");
            BEGUN.countDown();
            try {
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (InterruptedException e) {
                System.out.println("interrupted");
            }
            System.out.println("ended");
        }
    }

    @Test
    void theJvmEndsBetweenTwoCalls() throws Exception {
        assertEquals(
                "false begun ended",
                String.join(" ", SimdTest.run(Program.class).lines().toList()));
    }

    @Test
    void aFastFunctionIsReadyForWhoWaits() {
        AtomicInteger calls = new AtomicInteger();
        WarmUp warmUp = new WarmUp(calls::incrementAndGet);
        assertTrue(warmUp.isReady(WarmUp.Mode.WAITED_FOR));
        assertTrue(calls.get() > 0);
    }

    @Test
    void nobodyWaitsInTheBackground() {
        CountDownLatch released = new CountDownLatch(1);
        WarmUp warmUp = new WarmUp(() -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertFalse(warmUp.isReady(WarmUp.Mode.IN_BACKGROUND));
        assertTrue(warmUp.isReady(WarmUp.Mode.AT_ONCE));
        released.countDown();
        assertTrue(warmUp.isReady(WarmUp.Mode.WAITED_FOR));
    }
}
