package dev.convoy.conformance.onnx;

import dev.convoy.conformance.onnx.TestAttempt.Outcome;
import dev.convoy.spi.BackendProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Runs tests one after the other on one backend. A test that fails, or does not end, never stops the others. */
public final class OnnxTestRun {

    /** So many tests that do not end may be left running. */
    private static final int MOST_ENDLESS = 3;

    private final BackendProvider provider;
    private final OnnxTestOptions options;
    private final List<Worker> givenUp = new ArrayList<>();

    private OnnxTestRun(BackendProvider provider, OnnxTestOptions options) {
        this.provider = provider;
        this.options = options;
    }

    /**
     * Runs tests.
     *
     * @param listener hears of each result at once
     * @throws dev.convoy.spi.BackendException if the backend cannot be made
     * @throws InterruptedException if the thread is interrupted; the results so far have been heard
     */
    public static OnnxTestReport run(
            BackendProvider provider, List<OnnxTest> tests, OnnxTestOptions options, Consumer<TestResult> listener)
            throws InterruptedException {
        return new OnnxTestRun(provider, options).run(tests, listener);
    }

    private OnnxTestReport run(List<OnnxTest> tests, Consumer<TestResult> listener) throws InterruptedException {
        List<TestResult> results = new ArrayList<>();
        Worker worker = worker();
        try {
            for (OnnxTest test : tests) {
                long start = System.nanoTime();
                Optional<Outcome> outcome = givenUp.size() > MOST_ENDLESS
                        ? Optional.of(failed("not run: " + givenUp.size() + " tests that do not end still run"))
                        : worker.run(test, options);
                Duration time = Duration.ofNanos(System.nanoTime() - start);
                if (outcome.isEmpty()) {
                    worker.abandon();
                    givenUp.add(worker);
                    worker = worker();
                }
                givenUp.removeIf(w -> !w.isBusy());
                TestResult result = result(test, outcome.orElseGet(this::tooSlow), time);
                results.add(result);
                listener.accept(result);
            }
        } finally {
            worker.close();
        }
        return new OnnxTestReport(provider.name(), results);
    }

    private Worker worker() {
        return new Worker(provider.create(options.backend()));
    }

    private Outcome tooSlow() {
        return failed("too slow: more than " + options.timeLimit().toMillis() / 1e3 + " s");
    }

    private static Outcome failed(String reason) {
        return new Outcome(TestStatus.FAILED, reason, new TreeSet<>());
    }

    private static TestResult result(OnnxTest test, Outcome outcome, Duration time) {
        return new TestResult(
                test.name(), test.archive().name(), outcome.status(), outcome.reason(), outcome.operators(), time);
    }
}
