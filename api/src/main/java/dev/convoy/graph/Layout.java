package dev.convoy.graph;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a spatial op finds the channels, of its data and of its kernel alike. {@code s…} stands for one to three
 * spatial axes.
 */
public enum Layout {
    /** Data {@code [n, s…, c]}, kernels {@code [k…, cin / groups, cout]}: Keras and the CPU backend. */
    CHANNELS_LAST,
    /** Data {@code [n, c, s…]}, kernels {@code [cout, cin / groups, k…]}: ONNX and PyTorch. */
    CHANNELS_FIRST;

    /** The axis of the channels in data of a rank. */
    public int channelAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 1 : 1;
    }

    /** The first spatial axis of data. */
    public int spatialStart() {
        return this == CHANNELS_LAST ? 1 : 2;
    }

    /** The first spatial axis of a kernel. */
    public int kernelSpatialStart() {
        return this == CHANNELS_LAST ? 0 : 2;
    }

    /** The axis of the input channels (per group) in a kernel of a rank. */
    public int kernelInputAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 2 : 1;
    }

    /** The axis of the output channels in a kernel of a rank. */
    public int kernelOutputAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 1 : 0;
    }

    /** The permutation that brings data of a rank from this layout into another. */
    public List<Integer> permutationTo(Layout target, int rank) {
        if (this == target) {
            return IntStream.range(0, rank).boxed().toList();
        }
        IntStream middle = this == CHANNELS_LAST ? IntStream.range(1, rank - 1) : IntStream.range(2, rank);
        return this == CHANNELS_LAST
                ? Stream.concat(Stream.of(0, rank - 1), middle.boxed()).toList()
                : Stream.concat(Stream.concat(Stream.of(0), middle.boxed()), Stream.of(1))
                        .toList();
    }

    /** The permutation that brings a kernel of a rank from this layout into another. */
    public List<Integer> kernelPermutationTo(Layout target, int rank) {
        if (this == target) {
            return IntStream.range(0, rank).boxed().toList();
        }
        return this == CHANNELS_LAST
                ? Stream.concat(
                                Stream.of(rank - 1, rank - 2),
                                IntStream.range(0, rank - 2).boxed())
                        .toList()
                : Stream.concat(IntStream.range(2, rank).boxed(), Stream.of(1, 0))
                        .toList();
    }
}
