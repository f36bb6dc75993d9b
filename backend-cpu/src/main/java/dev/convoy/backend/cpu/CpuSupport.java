package dev.convoy.backend.cpu;

import dev.convoy.backend.cpu.kernel.BatchNormKernels;
import dev.convoy.backend.cpu.kernel.UpdateKernel;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.BatchNormGrad;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.UpdateOp;
import dev.convoy.spi.Support;
import dev.convoy.spi.Support.Problem;
import dev.convoy.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the backend cannot run: most arithmetic on float64, channels first, arrays longer than Java's, unknown composites. */
final class CpuSupport {

    /** The longest array every JVM makes. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    private CpuSupport() {}

    static Support of(Graph graph) {
        List<Problem> problems = new ArrayList<>();
        collect(graph, problems);
        return new Support(problems);
    }

    static boolean claims(Node composite) {
        boolean known = composite.op() instanceof Softmax
                || composite.op() instanceof AdamUpdate
                || composite.op() instanceof UpdateOp update && UpdateKernel.suits(update, composite)
                || composite.op() instanceof BatchNormTraining norm && BatchNormKernels.suit(composite, norm.axis())
                || composite.op() instanceof BatchNormGrad grad && BatchNormKernels.suit(composite, grad.axis());
        return known && composite.input(0).spec().type() == DataType.FLOAT32;
    }

    private static void collect(Graph graph, List<Problem> problems) {
        for (Node node : graph.nodes()) {
            reason(node).ifPresent(reason -> problems.add(new Problem(node, reason)));
            if (node.op() instanceof Scan scan) {
                collect(scan.body(), problems);
            }
        }
    }

    private static Optional<String> reason(Node node) {
        Op op = node.op();
        if (op instanceof CompositeOp && !claims(node)) {
            return Optional.of("the composite is not decomposed; compile with Compilation.compile");
        }
        if (layout(op) == Layout.CHANNELS_FIRST) {
            return Optional.of(
                    "its layout is channels first; compile with Compilation.compile, which assigns the layout");
        }
        for (Value value :
                Stream.concat(node.inputs().stream(), node.outputs().stream()).toList()) {
            if (value.spec().type() == DataType.FLOAT64 && !takesDoubles(op)) {
                return Optional.of("it is not computed in float64; cast to float32");
            }
            if (value.shape().elements() > LONGEST) {
                return Optional.of("a Java array holds " + LONGEST + " elements, " + value + " has "
                        + value.shape().elements());
            }
        }
        return Optional.empty();
    }

    private static boolean takesDoubles(Op op) {
        return op instanceof MovementOp
                || op instanceof Binary
                || op instanceof Cast
                || op instanceof Gather
                || op instanceof Constant
                || op instanceof Scan;
    }

    private static Layout layout(Op op) {
        return switch (op) {
            case Convolution o -> o.layout();
            case ConvInputGrad o -> o.layout();
            case ConvFilterGrad o -> o.layout();
            case MaxPool o -> o.layout();
            case MaxPoolGrad o -> o.layout();
            case AvgPool o -> o.layout();
            case AvgPoolGrad o -> o.pool().layout();
            default -> Layout.CHANNELS_LAST;
        };
    }
}
