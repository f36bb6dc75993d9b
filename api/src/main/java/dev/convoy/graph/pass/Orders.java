package dev.convoy.graph.pass;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orders of axes, as Transpose takes them: axis i of what is stored in an order is axis {@code order[i]} of the value.
 */
final class Orders {

    private Orders() {}

    static List<Integer> identity(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    static boolean isIdentity(List<Integer> order) {
        return order.equals(identity(order.size()));
    }

    /** The order that undoes an order. */
    static List<Integer> inverse(List<Integer> order) {
        return IntStream.range(0, order.size()).mapToObj(order::indexOf).toList();
    }

    /** The permutation that brings what is stored in one order into another. */
    static List<Integer> between(List<Integer> from, List<Integer> to) {
        return to.stream().map(from::indexOf).toList();
    }

    /** Entries of a list that belong to axes, in an order. */
    static <T> List<T> permute(List<T> entries, List<Integer> order) {
        return order.stream().map(entries::get).toList();
    }

    /** Where axes are found in an order, ascending. */
    static List<Integer> moved(List<Integer> axes, List<Integer> order) {
        return axes.stream().map(order::indexOf).sorted().toList();
    }

    /** The order of the axes that are left when some are removed. */
    static List<Integer> without(List<Integer> order, List<Integer> removed) {
        return order.stream()
                .filter(axis -> !removed.contains(axis))
                .map(axis -> axis - (int) removed.stream().filter(r -> r < axis).count())
                .toList();
    }

    /** Whether a transpose of a shape only moves axes of size 1, so that the elements keep their places. */
    static boolean isReshape(Shape shape, List<Integer> permutation) {
        List<Integer> moved = permutation.stream()
                .filter(axis -> !shape.dim(axis).equals(Dim.of(1)))
                .toList();
        return moved.equals(moved.stream().sorted().toList());
    }
}
