package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import java.util.Optional;

/**
 * What the kernels of one backend share.
 *
 * @param loops pooling and depthwise convolution
 * @param winograd what convolutions may use; empty where the machine has no such loops, or precision forbids them
 * @param packed the packed weights of all executables
 */
public record Engine(Gemm gemm, ChannelLoops loops, Optional<WinogradLoops> winograd, PackedWeights packed) {

    public Threads threads() {
        return gemm.threads();
    }
}
