package dev.convoy.conformance.onnx;

import dev.convoy.spi.Backend;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that runs tests on one backend, one at a time, and closes it when it has ended. */
final class Worker implements AutoCloseable {

    private final Backend backend;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("onnx-tests").factory());

    Worker(Backend backend) {
        this.backend = backend;
    }

    /** The outcome of a test; empty if it takes longer than the limit, and this worker is then of no more use. */
    Optional<TestAttempt.Outcome> run(OnnxTest test, OnnxTestOptions options) throws InterruptedException {
        Duration limit = options.timeLimit();
        Future<TestAttempt.Outcome> attempt = thread.submit(() -> new TestAttempt(test, backend, options).run());
        try {
            return Optional.of(attempt.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            attempt.cancel(true);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A test's outcome includes what it throws", e);
        }
    }

    /** Leaves the test that does not end alone; the backend is closed if it ends after all. */
    void abandon() {
        thread.execute(backend::close);
        thread.shutdown();
    }

    /** Whether an abandoned test still runs. */
    boolean isBusy() {
        return !thread.isTerminated();
    }

    /** Closes the backend and waits until that is done. */
    @Override
    public void close() {
        thread.execute(backend::close);
        thread.close();
    }
}
