package dev.convoy.benchmarks.kernels;

import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A kernel through the public API, a new tensor for its output included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class KernelBenchmark {

    /** What is measured; all kernels by default. */
    @Param
    public Kernel kernel;

    /** Threads of the backend. */
    @Param("1")
    public int threads;

    private Predictor predictor;
    private Map<String, Tensor> inputs;

    @Setup
    public void open() {
        predictor =
                Predictor.of(kernel.model(), "cpu", BackendOptions.defaults().withThreads(threads));
        inputs = RandomInputs.of(predictor.model(), kernel.batch(), 1);
    }

    @Benchmark
    public Map<String, Tensor> run() {
        return predictor.predict(inputs);
    }

    @TearDown
    public void close() {
        predictor.close();
    }
}
