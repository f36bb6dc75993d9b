package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.backend.cpu.thread.Threads;

/**
 * What the kernels of one backend share.
 *
 * @param loops pooling and depthwise convolution
 * @param packed the packed weights of all executables
 */
public record Engine(Gemm gemm, ChannelLoops loops, PackedWeights packed) {

    public Threads threads() {
        return gemm.threads();
    }
}
