package dev.convoy.backend.cpu;

import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.kernel.ChannelLoops;
import dev.convoy.backend.cpu.kernel.Engine;
import dev.convoy.backend.cpu.kernel.PackedWeights;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.spi.Support;
import dev.convoy.spi.interpret.InterpretingBackend;
import dev.convoy.spi.interpret.Kernels;
import java.util.Optional;

/** The backend {@code cpu}: channels last, kernels in Java, one pool of threads. */
final class CpuBackend extends InterpretingBackend {

    private final String device;
    private final Threads threads;
    private final CpuKernels kernels;

    /**
     * @param winograd what convolutions may use instead of kernel; empty for none
     * @param threads 0 for one per processor
     */
    CpuBackend(MicroKernel kernel, ChannelLoops loops, Optional<WinogradLoops> winograd, int threads) {
        device = kernel.name();
        this.threads = new Threads(threads);
        kernels = new CpuKernels(new Engine(new Gemm(kernel, this.threads), loops, winograd, new PackedWeights()));
    }

    int threads() {
        return threads.count();
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String device() {
        return device;
    }

    /** One for each processor, as every caller computes, and as many that are ready when these are done. */
    @Override
    public int callers() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Layout layout() {
        return Layout.CHANNELS_LAST;
    }

    @Override
    public boolean claims(Node composite) {
        return CpuSupport.claims(composite);
    }

    @Override
    public Support check(Graph graph) {
        return CpuSupport.of(graph);
    }

    @Override
    protected Kernels kernels(Graph graph) {
        return kernels;
    }

    @Override
    protected void release() {
        threads.close();
    }
}
