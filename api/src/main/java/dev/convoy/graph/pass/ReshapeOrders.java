package dev.convoy.graph.pass;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries an order of axes through a Reshape. The axes of both shapes fall into groups with equal products: an axis
 * that stays, one that is split, several that are merged; axes of size 1 come and go.
 */
final class ReshapeOrders {

    private static final Dim ONE = Dim.of(1);

    /** Neighbouring axes of one shape that become neighbouring axes of the other; {@code from} is empty for a new 1. */
    private record Group(List<Integer> from, List<Integer> to) {}

    private final Shape from;
    private final Shape to;
    private final List<Group> groups = new ArrayList<>();
    private int i;
    private int j;

    private ReshapeOrders(Shape from, Shape to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The order in which the result of a Reshape is stored if its operand is stored in an order and is reshaped as it
     * is stored.
     *
     * @return null if the stored elements are not those of the result in any order of its axes
     */
    static @Nullable List<Integer> carry(Shape from, Shape to, List<Integer> order) {
        ReshapeOrders orders = new ReshapeOrders(from, to);
        return orders.pair() ? orders.reorder(order) : null;
    }

    private boolean pair() {
        while (i < from.rank() || j < to.rank()) {
            if (i < from.rank() && j < to.rank() && from.dim(i).equals(to.dim(j))) {
                groups.add(new Group(List.of(i++), List.of(j++)));
            } else if (i < from.rank() && from.dim(i).equals(ONE)) {
                i++;
            } else if (j < to.rank() && to.dim(j).equals(ONE)) {
                groups.add(new Group(List.of(), List.of(j++)));
            } else if (!regroup()) {
                return false;
            }
        }
        return true;
    }

    /** Takes axes from both shapes until their products are equal; false if that does not happen. */
    private boolean regroup() {
        List<Integer> taken = new ArrayList<>();
        List<Integer> given = new ArrayList<>();
        long left = 1;
        long right = 1;
        do {
            boolean fromLeft = taken.isEmpty() || left < right && !given.isEmpty();
            Shape shape = fromLeft ? from : to;
            int axis = fromLeft ? i++ : j++;
            if (axis >= shape.rank() || !shape.dim(axis).isKnown() || shape.size(axis) == 0) {
                return false;
            }
            if (fromLeft) {
                left = Math.multiplyExact(left, (long) shape.size(axis));
            } else {
                right = Math.multiplyExact(right, (long) shape.size(axis));
            }
            boolean dropped = fromLeft && shape.dim(axis).equals(ONE);
            if (!dropped) {
                (fromLeft ? taken : given).add(axis);
            }
        } while (given.isEmpty() || left != right);
        groups.add(new Group(taken, given));
        return true;
    }

    private @Nullable List<Integer> reorder(List<Integer> order) {
        List<Integer> stored = order.stream()
                .filter(axis -> groups.stream().anyMatch(group -> group.from().contains(axis)))
                .toList();
        List<Integer> result = new ArrayList<>();
        for (int next = 0; next < stored.size(); ) {
            int axis = stored.get(next);
            Group group = groups.stream()
                    .filter(candidate -> candidate.from().contains(axis))
                    .findFirst()
                    .orElseThrow();
            int end = next + group.from().size();
            if (end > stored.size() || !stored.subList(next, end).equals(group.from())) {
                return null;
            }
            result.addAll(group.to());
            next = end;
        }
        for (Group group : groups) {
            if (group.from().isEmpty()) {
                int axis = group.to().getFirst();
                result.add(axis == 0 ? 0 : result.indexOf(axis - 1) + 1, axis);
            }
        }
        return List.copyOf(result);
    }
}
