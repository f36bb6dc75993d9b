package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.Gemm;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Node;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import dev.convoy.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows a contraction in the same step: a bias for each channel, another value of the same shape as at the end of a
 * residual block, then bounds such as those of ReLU and ReLU6.
 */
public final class Epilogue {

    private static final int BIAS = 2;

    /** A constant bias as panels of a width need it. */
    private record Padded(int first, int panelWidth, Finish finish) {}

    private final int shift;
    private final boolean biased;
    private final boolean added;
    private final float @Nullable [] constantBias;
    private final Finish bounds;
    private volatile @Nullable Padded padded;

    private Epilogue(int shift, boolean biased, boolean added, float @Nullable [] constantBias, Finish bounds) {
        this.shift = shift;
        this.biased = biased;
        this.added = added;
        this.constantBias = constantBias;
        this.bounds = bounds;
    }

    /**
     * The fusion rule: a convolution or matrix product of float32, the addition of a bias, bounds. This one takes the
     * addition of another value along too, if there is one; where it is also the other's last, only one of the two may.
     */
    public static List<Node> matchSum(Node first, Uses uses) {
        return first.op() instanceof ContractionOp.Convolution op && ContractionKernels.adds(op, first)
                ? match(first, uses, true)
                : List.of();
    }

    /** The fusion rule: a convolution or matrix product of float32, the addition of a bias, bounds. */
    public static List<Node> match(Node first, Uses uses) {
        return match(first, uses, false);
    }

    private static List<Node> match(Node first, Uses uses, boolean adds) {
        boolean contracts =
                first.op() instanceof ContractionOp.MatMul || first.op() instanceof ContractionOp.Convolution;
        if (!contracts || first.output().spec().type() != DataType.FLOAT32) {
            return List.of();
        }
        List<Node> chain = new ArrayList<>(List.of(first));
        Optional<Node> next = uses.onlyUser(first.output());
        if (next.isPresent() && bias(next.get(), first.output()).isPresent()) {
            chain.add(next.get());
            next = uses.onlyUser(next.get().output());
        }
        if (adds) {
            if (next.isEmpty() || !addsLike(next.get(), chain.getLast().output())) {
                return List.of();
            }
            chain.add(next.get());
            next = uses.onlyUser(next.get().output());
        }
        while (next.isPresent()
                && bound(Finish.NONE, next.get(), chain.getLast().output()).isPresent()) {
            chain.add(next.get());
            next = uses.onlyUser(next.get().output());
        }
        return chain;
    }

    /** What a step that {@link #match} joined does after the contraction. */
    static Epilogue of(Step step) {
        return of(step, 0);
    }

    /**
     * The same for a part of a step.
     *
     * @param shift what to add to the number of an operand of the part, other than the first, for its number in the step
     */
    static Epilogue of(Step step, int shift) {
        Finish bounds = Finish.NONE;
        Value sum = step.first().output();
        Optional<Value> bias = Optional.empty();
        boolean added = false;
        for (Node node : step.nodes().subList(1, step.nodes().size())) {
            Optional<Finish> bounded = bound(bounds, node, sum);
            if (bounded.isPresent()) {
                bounds = bounded.get();
            } else if (bias.isEmpty() && bias(node, sum).isPresent()) {
                bias = bias(node, sum);
            } else {
                added = true;
            }
            sum = node.output();
        }
        float[] constant = bias.flatMap(Value::constant).map(t -> t.floats()).orElse(null);
        return new Epilogue(shift, bias.isPresent(), added, constant, bounds);
    }

    /** Whether a step that {@link #matchSum} joined may write its result over an operand: the value that it adds. */
    public static boolean overwrites(Step step, int input) {
        if (!(step.first().op() instanceof ContractionOp.Convolution op)
                || !ContractionKernels.adds(op, step.first())) {
            return false;
        }
        Epilogue epilogue = of(step);
        return epilogue.added
                && input == epilogue.addend()
                && Gemm.overwritesAddend(step.first().input(0).shape().size(-1));
    }

    /** The operand that a node adds to each channel of a sum. */
    private static Optional<Value> bias(Node node, Value sum) {
        if (!(node.op() instanceof Binary(BinaryFn fn)) || fn != BinaryFn.ADD) {
            return Optional.empty();
        }
        Value other = node.input(0) == sum ? node.input(1) : node.input(0);
        int channels = sum.shape().size(-1);
        boolean perChannel = other.shape().rank() >= 1
                && other.shape().size(-1) == channels
                && other.shape().elements() == channels
                && other != sum;
        return perChannel && node.output().shape().equals(sum.shape()) ? Optional.of(other) : Optional.empty();
    }

    /** Whether a node adds another value of the same shape to a sum. */
    private static boolean addsLike(Node node, Value sum) {
        if (!(node.op() instanceof Binary(BinaryFn fn)) || fn != BinaryFn.ADD) {
            return false;
        }
        Value other = node.input(0) == sum ? node.input(1) : node.input(0);
        return other != sum && other.shape().equals(sum.shape());
    }

    /** Bounds followed by the bound that a node puts on a sum. */
    private static Optional<Finish> bound(Finish bounds, Node node, Value sum) {
        if (node.op() instanceof Unary(UnaryFn fn) && fn == UnaryFn.RELU) {
            return Optional.of(atLeast(bounds, 0));
        }
        if (!(node.op() instanceof Binary(BinaryFn fn))
                || !node.output().shape().equals(sum.shape())) {
            return Optional.empty();
        }
        Value other = node.input(0) == sum ? node.input(1) : node.input(0);
        if (other.shape().elements() != 1 || other.constant().isEmpty()) {
            return Optional.empty();
        }
        float limit = other.constant().get().floats()[0];
        if (Float.isNaN(limit)) {
            return Optional.empty();
        }
        return switch (fn) {
            case MAX -> Optional.of(atLeast(bounds, limit));
            case MIN -> Optional.of(atMost(bounds, limit));
            case ADD, SUB, MUL, DIV, POW, MOD, REM, AND, OR, XOR -> Optional.empty();
        };
    }

    private static Finish atLeast(Finish bounds, float limit) {
        return new Finish(null, Math.max(bounds.low(), limit), Math.max(bounds.high(), limit));
    }

    private static Finish atMost(Finish bounds, float limit) {
        return new Finish(null, Math.min(bounds.low(), limit), Math.min(bounds.high(), limit));
    }

    /**
     * Whether the result, rows of so many elements, may lie at a place: another value that is added is read at the index of
     * the result.
     */
    boolean writesTo(Place place, int row) {
        return !added && place.hasRows(row);
    }

    /** What the micro-kernel does in a run, for columns {@code [first, first + n)} of the result. */
    Finish finish(Arguments arguments, int first, int n, int panelWidth) {
        Finish finish = biased ? biased(arguments, first, n, panelWidth) : bounds;
        return added ? finish.withAddend(arguments.floats(addend())) : finish;
    }

    private int addend() {
        return shift + (biased ? BIAS + 1 : BIAS);
    }

    private Finish biased(Arguments arguments, int first, int n, int panelWidth) {
        if (constantBias == null) {
            return bounds.withBias(arguments.floats(shift + BIAS), first, n, panelWidth);
        }
        Padded known = padded;
        if (known == null || known.first != first || known.panelWidth != panelWidth) {
            known = new Padded(first, panelWidth, bounds.withBias(constantBias, first, n, panelWidth));
            padded = known;
        }
        return known.finish;
    }
}
