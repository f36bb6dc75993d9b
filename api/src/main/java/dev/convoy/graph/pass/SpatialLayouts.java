package dev.convoy.graph.pass;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Op;
import dev.convoy.graph.SpatialOp;
import org.jspecify.annotations.Nullable;

/** Reads and replaces the layout in the attributes of an op. */
final class SpatialLayouts {

    private SpatialLayouts() {}

    static Layout of(SpatialOp op) {
        return switch (op) {
            case SpatialOp.MaxPool pool -> pool.layout();
            case SpatialOp.MaxPoolGrad grad -> grad.layout();
            case SpatialOp.AvgPool pool -> pool.layout();
            case SpatialOp.AvgPoolGrad grad -> grad.pool().layout();
        };
    }

    static SpatialOp with(SpatialOp op, Layout layout) {
        return switch (op) {
            case SpatialOp.MaxPool pool -> new SpatialOp.MaxPool(pool.window(), pool.ceilMode(), layout);
            case SpatialOp.MaxPoolGrad grad -> new SpatialOp.MaxPoolGrad(layout, grad.inputSize());
            case SpatialOp.AvgPool pool -> with(pool, layout);
            case SpatialOp.AvgPoolGrad grad -> new SpatialOp.AvgPoolGrad(with(grad.pool(), layout), grad.inputSize());
        };
    }

    private static SpatialOp.AvgPool with(SpatialOp.AvgPool pool, Layout layout) {
        return new SpatialOp.AvgPool(
                pool.window(), pool.ceilMode(), pool.countIncludePad(), pool.divisorOverride(), layout);
    }

    /** The layout of a contraction; null for MatMul, which has none. */
    static @Nullable Layout of(ContractionOp op) {
        return switch (op) {
            case ContractionOp.Convolution conv -> conv.layout();
            case ContractionOp.ConvInputGrad grad -> grad.layout();
            case ContractionOp.ConvFilterGrad grad -> grad.layout();
            case ContractionOp.MatMul _ -> null;
        };
    }

    static ContractionOp with(ContractionOp op, Layout layout) {
        return switch (op) {
            case ContractionOp.Convolution conv -> new ContractionOp.Convolution(conv.window(), conv.groups(), layout);
            case ContractionOp.ConvInputGrad grad ->
                new ContractionOp.ConvInputGrad(grad.window(), grad.groups(), layout, grad.inputSize());
            case ContractionOp.ConvFilterGrad grad ->
                new ContractionOp.ConvFilterGrad(grad.window(), grad.groups(), layout);
            case ContractionOp.MatMul matMul -> matMul;
        };
    }

    /** How many nodes of a graph have another layout than a wanted one. */
    static long foreign(Graph graph, Layout wanted) {
        return graph.nodes().stream()
                .filter(node -> isForeign(node.op(), wanted))
                .count();
    }

    private static boolean isForeign(Op op, Layout wanted) {
        if (op instanceof ContractionOp contraction) {
            Layout layout = of(contraction);
            return layout != null && layout != wanted;
        }
        return op instanceof SpatialOp spatial && of(spatial) != wanted;
    }
}
