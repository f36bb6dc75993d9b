package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.pass.ConstantFolding;
import dev.convoy.layers.Input;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A value that is known while the graph is written. Where the batch has no size yet, elements may be the batch. */
public final class Known {

    private final Tensor tensor;
    private final BitSet batch;

    private Known(Tensor tensor, BitSet batch) {
        this.tensor = tensor;
        this.batch = batch;
    }

    public static Known of(Tensor tensor) {
        return new Known(tensor, new BitSet());
    }

    /**
     * A value that was computed for several sizes of the batch. An element that is the batch each time is the batch; one that
     * is the same each time is known.
     *
     * @throws NodeProblem if something else depends on the batch
     */
    public static Known of(List<Tensor> computed, List<Integer> batches) {
        Tensor first = computed.getFirst();
        BitSet batch = new BitSet();
        for (Tensor other : computed) {
            if (!other.spec().equals(first.spec())) {
                throw needsBatch();
            }
        }
        List<Tensor> numbers =
                computed.stream().map(t -> cast(t, DataType.FLOAT64)).toList();
        for (int i = 0; i < first.size(); i++) {
            int at = i;
            double value = numbers.getFirst().get(at);
            if (numbers.stream().allMatch(t -> Double.compare(t.get(at), value) == 0)) {
                continue;
            }
            if (!IntStream.range(0, batches.size()).allMatch(n -> numbers.get(n).get(at) == batches.get(n))) {
                throw needsBatch();
            }
            batch.set(i);
        }
        return new Known(first, batch);
    }

    private static Tensor cast(Tensor tensor, DataType type) {
        return tensor.type() == type
                ? tensor
                : ConstantFolding.evaluate(new ElementwiseOp.Cast(type), List.of(tensor))
                        .orElseThrow(
                                () -> new NodeProblem("a known value of " + tensor.type() + " is not supported", ""))
                        .getFirst();
    }

    public DataType type() {
        return tensor.type();
    }

    public Shape shape() {
        return tensor.shape();
    }

    /** The number of elements. */
    public int size() {
        return tensor.size();
    }

    /** Whether an element is the batch, whose size is not known. */
    public boolean isBatch(int index) {
        return batch.get(index);
    }

    /**
     * One element as an integer.
     *
     * @throws NodeProblem if it is the batch
     */
    public long at(int index) {
        if (isBatch(index)) {
            throw needsBatch();
        }
        return cast(tensor, DataType.INT64).longs()[index];
    }

    /** The problem of a shape that needs the batch as a number while it has none. */
    public static NodeProblem needsBatch() {
        return new NodeProblem(
                "its shape depends on the batch in a way that is not supported",
                "fix the batch: ImportOptions.defaults().input(name, TensorSpec)");
    }

    /**
     * The value.
     *
     * @throws NodeProblem if an element is the batch
     */
    public Tensor tensor() {
        if (!batch.isEmpty()) {
            throw needsBatch();
        }
        return tensor;
    }

    /**
     * All elements as integers; real ones are truncated.
     *
     * @throws NodeProblem if an element is the batch
     */
    public List<Long> longs() {
        Tensor integers = cast(tensor(), DataType.INT64);
        return IntStream.range(0, size()).mapToObj(i -> integers.longs()[i]).toList();
    }

    /**
     * All elements as ints.
     *
     * @throws NodeProblem if an element is the batch, or is too large for an int
     */
    public List<Integer> ints() {
        return longs().stream().map(Known::toInt).toList();
    }

    /**
     * All elements as real numbers.
     *
     * @throws NodeProblem if an element is the batch
     */
    public List<Double> reals() {
        Tensor reals = cast(tensor(), DataType.FLOAT64);
        return IntStream.range(0, size()).mapToObj(reals::get).toList();
    }

    /**
     * The only element as an integer.
     *
     * @throws NodeProblem if it is the batch, or there is not one element
     */
    public long integer() {
        return single(longs());
    }

    /**
     * The only element.
     *
     * @throws NodeProblem if it is the batch, or there is not one element
     */
    public double real() {
        return single(reals());
    }

    /**
     * All elements as dimensions, the batch named.
     *
     * @throws NodeProblem if an element is negative or too large for an int
     */
    public List<Dim> dims() {
        Tensor integers = cast(tensor, DataType.INT64);
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (!isBatch(i) && integers.longs()[i] < 0) {
                throw new NodeProblem("a size is " + integers.longs()[i], "");
            }
            dims.add(isBatch(i) ? Dim.named(Input.BATCH) : Dim.of(toInt(integers.longs()[i])));
        }
        return List.copyOf(dims);
    }

    private static <T> T single(List<T> elements) {
        if (elements.size() != 1) {
            throw new NodeProblem("one number is expected, there are " + elements.size(), "");
        }
        return elements.getFirst();
    }

    static int toInt(long value) {
        if ((int) value != value) {
            throw new NodeProblem("the number " + value + " is too large", "");
        }
        return (int) value;
    }
}
