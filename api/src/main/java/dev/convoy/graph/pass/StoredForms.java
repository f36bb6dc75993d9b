package dev.convoy.graph.pass;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In which orders of its axes each value of the old graph is at hand in the new one. The first form of a value is the
 * one in which it was computed; others are made from it when asked for, once.
 */
final class StoredForms {

    /** What a named dimension counts when costs are compared. */
    private static final long NAMED_SIZE = 32;

    private final GraphBuilder g;
    private final Map<Value, SequencedMap<List<Integer>, Value>> forms = new HashMap<>();

    StoredForms(GraphBuilder g) {
        this.g = g;
    }

    /** Says that {@code stored} holds a value with its axes in an order. */
    void put(Value old, List<Integer> order, Value stored) {
        forms.computeIfAbsent(old, v -> new LinkedHashMap<>()).put(order, stored);
    }

    boolean isWritten(Value old) {
        return forms.containsKey(old);
    }

    /** The order in which a value was computed. */
    List<Integer> order(Value old) {
        return of(old).firstEntry().getKey();
    }

    /** All orders of its own axes in which a value is at hand. */
    List<List<Integer>> orders(Value old) {
        int rank = old.shape().rank();
        return of(old).keySet().stream().filter(order -> order.size() == rank).toList();
    }

    /**
     * The order in which a node whose operands and result can all be in one order is written: of those that are
     * demanded of its result or in which an operand is at hand, the one that transposes the fewest elements.
     *
     * @param demand the order that the result's users want, or null
     */
    List<Integer> choose(Node node, @Nullable List<Integer> demand) {
        Value result = node.output();
        int rank = result.shape().rank();
        Set<List<Integer>> candidates = new LinkedHashSet<>();
        if (demand != null) {
            candidates.add(demand);
        }
        for (Value operand : node.inputs()) {
            orders(operand).stream().filter(order -> order.size() == rank).forEach(candidates::add);
        }
        candidates.add(Orders.identity(rank));
        return candidates.stream()
                .min(Comparator.comparingLong(order -> cost(node, demand, order)))
                .orElseThrow();
    }

    private long cost(Node node, @Nullable List<Integer> demand, List<Integer> order) {
        long operands = node.inputs().stream()
                .distinct()
                .mapToLong(value -> cost(value, order))
                .sum();
        Shape stored = node.output().shape().permute(order);
        boolean asDemanded = demand == null || Orders.isReshape(stored, Orders.between(order, demand));
        return operands + (asDemanded ? 0 : elements(stored));
    }

    /** A value as it was computed. */
    Value first(Value old) {
        return of(old).firstEntry().getValue();
    }

    /** A value with its axes in their own order. */
    Value plain(Value old) {
        return in(old, Orders.identity(old.shape().rank()));
    }

    /**
     * A value in an order, to be used where it broadcasts to the rank of the order. If its rank is lower, it comes
     * without leading axes of size 1.
     */
    Value in(Value old, List<Integer> order) {
        Value present = of(old).get(order);
        if (present != null) {
            return present;
        }
        Value stored = first(old);
        int missing = order.size() - old.shape().rank();
        if (missing > 0 && isSingle(old.shape())) {
            return stored;
        }
        if (missing > 0 && Orders.isIdentity(order)) {
            return plain(old);
        }
        Shape full = ones(missing).concat(stored.shape());
        List<Integer> permutation = Orders.between(padded(order(old), missing), order);
        Value made = Orders.isReshape(full, permutation)
                ? g.reshape(stored, full.permute(permutation))
                : g.transpose(g.reshape(stored, full), permutation);
        Value result = missing > 0 ? g.reshape(made, withoutLeadingOnes(made.shape())) : made;
        put(old, order, result);
        return result;
    }

    /** How many elements must be transposed to have a value in an order. */
    long cost(Value old, List<Integer> order) {
        Value stored = first(old);
        int missing = order.size() - old.shape().rank();
        boolean present = of(old).containsKey(order) || stored.constant().isPresent() || isSingle(old.shape());
        if (present || missing > 0 && Orders.isIdentity(order) && Orders.isIdentity(order(old))) {
            return 0;
        }
        Shape full = ones(missing).concat(stored.shape());
        List<Integer> permutation = Orders.between(padded(order(old), missing), order);
        return Orders.isReshape(full, permutation) ? 0 : elements(old.shape());
    }

    /** The number of elements, with a guess for named dimensions. */
    static long elements(Shape shape) {
        return shape.dims().stream()
                .mapToLong(dim -> dim.isKnown() ? dim.size() : NAMED_SIZE)
                .reduce(1, Math::multiplyExact);
    }

    private SequencedMap<List<Integer>, Value> of(Value old) {
        SequencedMap<List<Integer>, Value> present = forms.get(old);
        if (present == null) {
            throw new IllegalStateException(old + " is not written yet");
        }
        return present;
    }

    private static boolean isSingle(Shape shape) {
        return shape.dims().stream().allMatch(Dim.of(1)::equals);
    }

    private static Shape ones(int count) {
        return Shape.of(IntStream.generate(() -> 1).limit(count).toArray());
    }

    private static List<Integer> padded(List<Integer> order, int missing) {
        return Stream.concat(IntStream.range(0, missing).boxed(), order.stream().map(axis -> axis + missing))
                .toList();
    }

    private static Shape withoutLeadingOnes(Shape shape) {
        int start = 0;
        while (start < shape.rank() && shape.dim(start).equals(Dim.of(1))) {
            start++;
        }
        return shape.slice(start, shape.rank());
    }
}
