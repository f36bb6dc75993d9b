package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import dev.convoy.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which convolutions are computed in {@link Bands}: a pointwise one whose result no second-level cache would hold, the
 * depthwise one behind it, and the pointwise one behind that, if there is one. All kernels are constants.
 */
public final class BandRule {

    /** Fewest elements of the first result, in all samples. */
    private static final int LEAST = 400_000;

    /** Most weights of a pointwise convolution, as all of them are read for some rows. */
    private static final int MOST_WEIGHTS = 1 << 16;

    /** About how many multiply-adds of a matrix product take as long as one of a depthwise convolution. */
    private static final long WEIGHT = 4;

    private enum Kind {
        POINTWISE,
        DEPTHWISE,
        OTHER
    }

    private static final List<Kind> KINDS = List.of(Kind.POINTWISE, Kind.DEPTHWISE, Kind.POINTWISE);

    private BandRule() {}

    /** The fusion rule: these convolutions, each with what {@link Epilogue} joins to it. */
    public static List<Node> match(Node first, Uses uses) {
        List<Node> chain = new ArrayList<>();
        Optional<Node> next = Optional.of(first);
        int parts = 0;
        while (parts < KINDS.size() && next.isPresent() && kind(next.get()) == KINDS.get(parts)) {
            Node convolution = next.get();
            if (parts == 0 && convolution.output().shape().elements() < LEAST) {
                return List.of();
            }
            List<Node> summed = Epilogue.matchSum(convolution, uses);
            chain.addAll(summed.isEmpty() ? Epilogue.match(convolution, uses) : summed);
            next = summed.isEmpty() ? uses.onlyUser(chain.getLast().output()) : Optional.empty();
            parts++;
        }
        return parts > 1 ? chain : List.of();
    }

    private static Kind kind(Node node) {
        if (!(node.op() instanceof Convolution op)
                || node.output().spec().type() != DataType.FLOAT32
                || node.input(1).constant().isEmpty()) {
            return Kind.OTHER;
        }
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.output().shape());
        if (op.groups() > 1) {
            boolean single = op.groups() == g.inputChannels() && op.groups() == g.outputChannels();
            return single && Strips.suit(g) ? Kind.DEPTHWISE : Kind.OTHER;
        }
        Value weights = node.input(1);
        boolean few = weights.shape().elements() > 0 && weights.shape().elements() <= MOST_WEIGHTS;
        return few && g.isPointwise() && g.output()[0] == 1 ? Kind.POINTWISE : Kind.OTHER;
    }

    /**
     * What computes one of these convolutions.
     *
     * @param part the convolution and what {@link Epilogue} joined to it
     * @param shift see {@link Epilogue#of(Step, int)}
     */
    static BandStage stage(Step part, int shift, Engine engine) {
        return switch (kind(part.first())) {
            case POINTWISE -> new PointwiseStage(part, shift, engine);
            case DEPTHWISE -> new DepthwiseStage(part, shift, engine);
            case OTHER -> throw new IllegalArgumentException(part.describe());
        };
    }

    /** About how many multiply-adds of a matrix product take as long as a convolution. */
    static long work(Node node) {
        Convolution op = (Convolution) node.op();
        long each = node.input(1).shape().elements() / node.output().shape().size(-1);
        return node.output().shape().elements() * each * (op.groups() > 1 ? WEIGHT : 1);
    }
}
