package dev.convoy.graph.pass;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds what scales and shifts the channels of a convolution or matrix multiplication into its constant kernel and
 * into one bias behind it: {@code (w * x + b) · f + s = (w · f) * x + (b · f + s)}. It takes batch normalisations at
 * inference and additions, subtractions, multiplications and divisions with constants per channel, also several in a
 * row; also behind depthwise and transposed convolutions. The contraction's result must have no other use.
 *
 * <p>New kernels and biases are computed in double precision and rounded once. If one of them would not be finite,
 * nothing is folded.
 */
final class BatchNormFolding {

    private final Map<Value, Integer> uses;
    private final Map<Value, AffineContraction> contractions = new HashMap<>();
    private boolean folded;

    private BatchNormFolding(Graph graph) {
        this.uses = Rewrites.uses(graph);
    }

    /** The same graph if there is nothing to fold. */
    static Graph fold(Graph graph) {
        BatchNormFolding folding = new BatchNormFolding(graph);
        Graph rewritten = GraphRewriter.rewrite(graph, folding::write);
        return folding.folded ? rewritten : graph;
    }

    private List<Value> write(GraphBuilder g, Node node, List<Value> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            AffineContraction before = contractions.get(inputs.get(i));
            if (before == null) {
                continue;
            }
            ChannelAffine affine = ChannelAffine.of(node, inputs, i, before.channelAxis());
            AffineContraction after = affine == null ? null : before.then(affine);
            if (after != null) {
                boolean isBias = !before.isBiased() && node.op().equals(new ElementwiseOp.Binary(BinaryFn.ADD));
                folded |= !isBias;
                Value result = isBias ? g.add(node.op(), inputs).getFirst() : after.write(g);
                remember(node, result, after);
                return List.of(result);
            }
        }
        List<Value> results = g.add(node.op(), inputs);
        AffineContraction contraction = AffineContraction.of(node, inputs);
        if (contraction != null) {
            remember(node, results.getFirst(), contraction);
        }
        return results;
    }

    private void remember(Node old, Value result, AffineContraction contraction) {
        if (uses.getOrDefault(old.output(), 0) == 1) {
            contractions.put(result, contraction);
        }
    }
}
