package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Blocks of places that are channels, and channels that are blocks of places. */
final class Blocks {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("DepthToSpace", Blocks::depthToSpace),
            OnnxOperator.one("SpaceToDepth", Blocks::spaceToDepth),
            OnnxOperator.one("Col2Im", Blocks::col2Im)
                    .inputs("input", "image_shape", "block_shape")
                    .known("image_shape", "block_shape"));

    private Blocks() {}

    /** DCR: the place in the block, then the channel; CRD (from version 11 on): the channel, then the place. */
    private static Value depthToSpace(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.stored(0);
        Shape shape = images(s, x);
        int block = s.number("blocksize");
        String mode = s.text("mode", "DCR");
        int channels = shape.size(1);
        if (channels % (block * block) != 0) {
            throw s.refuse("channels are a multiple of " + block * block + ", got " + channels, "");
        }
        int depth = channels / (block * block);
        int height = shape.size(2);
        int width = shape.size(3);
        Shape batch = shape.slice(0, 1);
        Value moved = switch (mode) {
            case "DCR" ->
                g.transpose(
                        g.reshape(x, batch.concat(Shape.of(block, block, depth, height, width))),
                        List.of(0, 3, 4, 1, 5, 2));
            case "CRD" ->
                g.transpose(
                        g.reshape(x, batch.concat(Shape.of(depth, block, block, height, width))),
                        List.of(0, 1, 4, 2, 5, 3));
            default -> throw s.refuse("the mode " + mode + " does not exist", "");
        };
        return g.reshape(moved, batch.concat(Shape.of(depth, height * block, width * block)));
    }

    private static Value spaceToDepth(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.stored(0);
        Shape shape = images(s, x);
        int block = s.number("blocksize");
        int channels = shape.size(1);
        int height = shape.size(2) / block;
        int width = shape.size(3) / block;
        if (height * block != shape.size(2) || width * block != shape.size(3)) {
            throw s.refuse("height and width are multiples of " + block + ", got " + shape, "");
        }
        Shape batch = shape.slice(0, 1);
        Value split = g.reshape(x, batch.concat(Shape.of(channels, height, block, width, block)));
        Value moved = g.transpose(split, List.of(0, 3, 5, 1, 2, 4));
        return g.reshape(moved, batch.concat(Shape.of(channels * block * block, height, width)));
    }

    private static Shape images(NodeScope s, Value x) {
        if (x.shape().rank() != 4) {
            throw s.refuse("its operand is images [n, c, h, w], got " + x.shape(), "");
        }
        return x.shape();
    }

    /** The sum of all blocks where they lie: the gradient of a convolution that takes each place of a block by itself. */
    private static Value col2Im(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        List<Integer> image = s.known(1).ints();
        List<Integer> block = s.known(2).ints();
        int rank = block.size();
        List<Integer> pads = s.ints("pads", Collections.nCopies(2 * rank, 0));
        Window window = Windows.plain(s, block).withPads(pads.subList(0, rank), pads.subList(rank, 2 * rank));
        int channels = x.shape().size(1) / window.elements();
        List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, 2));
        for (int axis = 0; axis < rank; axis++) {
            dims.add(Dim.of(window.outputSize(axis, image.get(axis), false)));
        }
        Value columns = g.reshape(x, Shape.ofDims(dims));
        ConvInputGrad op = new ConvInputGrad(window, channels, Layout.CHANNELS_FIRST, image);
        return g.add(op, columns, g.constant(each(channels, window)));
    }

    /** A kernel {@code [channels · places, 1, block…]} with a one at each channel's own place. */
    private static Tensor each(int channels, Window window) {
        int places = window.elements();
        float[] kernel = new float[Math.multiplyExact(channels, Math.multiplyExact(places, places))];
        for (int i = 0; i < channels * places; i++) {
            kernel[i * places + i % places] = 1;
        }
        List<Integer> shape = new ArrayList<>(List.of(channels * places, 1));
        shape.addAll(window.size());
        return Tensor.of(kernel, shape.stream().mapToInt(v -> v).toArray());
    }
}
