package dev.convoy.onnx.lowering;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Lowers the nodes of a graph, each by the class of its family. */
final class GraphLowering {

    private GraphLowering() {}

    /** Adds the nodes of a graph whose inputs and parameters are named already. */
    static void lower(Emitter e, Graph graph) {
        for (Node node : graph.nodes()) {
            e.at(node);
            List<String> results = lower(e, node);
            for (int i = 0; i < results.size(); i++) {
                e.name(node.outputs().get(i), results.get(i));
            }
        }
    }

    private static List<String> lower(Emitter e, Node node) {
        return switch (node.op()) {
            case ElementwiseOp op -> List.of(Elementwise.lower(e, node, op));
            case ReductionOp op -> Reductions.lower(e, node, op);
            case ContractionOp op -> List.of(Contractions.lower(e, node, op));
            case SpatialOp op -> Pooling.lower(e, node, op);
            case MovementOp op -> List.of(Movements.lower(e, node, op));
            case IndexingOp op -> List.of(Indexing.lower(e, node, op));
            case ControlOp op -> Control.lower(e, node, op);
            case CompositeOp op -> List.of(Composites.lower(e, node, op));
        };
    }

    /** The values that some node, output or update of a graph reads. */
    static Set<Value> used(Graph graph) {
        Set<Value> used = Collections.newSetFromMap(new IdentityHashMap<>());
        graph.nodes().forEach(node -> used.addAll(node.inputs()));
        used.addAll(graph.outputs().values());
        used.addAll(graph.updates().values());
        return used;
    }
}
