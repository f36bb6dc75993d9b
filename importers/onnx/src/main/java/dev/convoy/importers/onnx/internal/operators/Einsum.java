package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Einstein's sums, as ONNX 12 and NumPy write them. Operands are taken together from left to right, each time as one product of
 * matrices; what no later operand and not the result needs is summed as soon as possible.
 */
final class Einsum {

    static final List<OnnxOperator> ALL =
            List.of(OnnxOperator.one("Einsum", s -> new Einsum(s).run()).inputs("Inputs"));

    private static final String ELLIPSIS = "...";

    /** A value whose every axis has a label, each another one. Axes of an ellipsis are labelled by negative numbers from the end. */
    private record Term(Value value, List<Integer> labels) {}

    private final NodeScope s;
    private final GraphBuilder g;

    private Einsum(NodeScope s) {
        this.s = s;
        this.g = s.graph();
    }

    private Value run() {
        String equation = s.text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        String[] subscripts = sides[0].split(",", -1);
        if (sides.length > 2 || subscripts.length != s.operands()) {
            throw s.refuse("the equation '" + equation + "' does not fit its " + s.operands() + " operands", "");
        }
        List<Term> terms = new ArrayList<>();
        Map<Integer, Integer> uses = new LinkedHashMap<>();
        int ellipsis = 0;
        for (int i = 0; i < subscripts.length; i++) {
            Value value = s.operand(i);
            int named = subscripts[i].replace(ELLIPSIS, "").length();
            int unnamed = subscripts[i].contains(ELLIPSIS) ? value.shape().rank() - named : 0;
            List<Integer> labels = labels(subscripts[i], unnamed);
            if (labels.size() != value.shape().rank()) {
                throw s.refuse(
                        "'" + subscripts[i] + "' of its equation does not fit an operand of shape " + value.shape(),
                        "");
            }
            labels.forEach(label -> uses.merge(label, 1, Integer::sum));
            ellipsis = Math.max(ellipsis, unnamed);
            terms.add(diagonal(new Term(value, labels)));
        }
        List<Integer> wanted = sides.length == 2 ? labels(sides[1], ellipsis) : implied(uses, ellipsis);
        if (!uses.keySet().containsAll(wanted) || Set.copyOf(wanted).size() != wanted.size()) {
            throw s.refuse("the result of '" + equation + "' has an axis twice, or one that no operand has", "");
        }
        Term joined = join(stretched(terms), wanted);
        return g.transpose(
                joined.value(), wanted.stream().map(joined.labels()::indexOf).toList());
    }

    private List<Integer> labels(String subscript, int unnamed) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < subscript.length(); i++) {
            if (subscript.startsWith(ELLIPSIS, i)) {
                IntStream.rangeClosed(-unnamed, -1).forEach(labels::add);
                i += ELLIPSIS.length() - 1;
            } else if (Character.isLetter(subscript.charAt(i))) {
                labels.add((int) subscript.charAt(i));
            } else {
                throw s.refuse("'" + subscript + "' of its equation is not made of letters", "");
            }
        }
        return labels;
    }

    /** Without an arrow: the axes of the ellipsis, then the letters that stand once, in alphabetical order. */
    private static List<Integer> implied(Map<Integer, Integer> uses, int ellipsis) {
        List<Integer> implied =
                new ArrayList<>(IntStream.range(-ellipsis, 0).boxed().toList());
        uses.entrySet().stream()
                .filter(use -> use.getKey() >= 0 && use.getValue() == 1)
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(implied::add);
        return implied;
    }

    /** Axes of one label are one axis, their diagonal. */
    private Term diagonal(Term term) {
        List<Integer> labels = term.labels();
        int second = IntStream.range(0, labels.size())
                .filter(i -> labels.indexOf(labels.get(i)) < i)
                .findFirst()
                .orElse(-1);
        if (second < 0) {
            return term;
        }
        int first = labels.indexOf(labels.get(second));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, labels.size()).boxed().toList());
        order.removeAll(List.of(first, second));
        List<Integer> left = new ArrayList<>(order.stream().map(labels::get).toList());
        left.add(labels.get(second));
        order.addAll(List.of(first, second));
        Shape shape = term.value().shape().permute(order);
        int size = shape.size(shape.rank() - 1);
        if (size != shape.size(shape.rank() - 2)) {
            throw s.refuse(
                    "axes of one label have one size, got " + term.value().shape(), "");
        }
        Shape front = shape.slice(0, shape.rank() - 2);
        Value squares = g.reshape(g.transpose(term.value(), order), front.concat(Shape.of(size * size)));
        int rank = front.rank() + 1;
        List<Integer> steps = new ArrayList<>(Collections.nCopies(rank, 1));
        steps.set(rank - 1, size + 1);
        MovementOp.Slice everyNext = new MovementOp.Slice(
                Collections.nCopies(rank, 0), Collections.nCopies(rank, MovementOp.Slice.TO_END), steps);
        return diagonal(new Term(g.add(everyNext, squares), left));
    }

    /** Axes of size 1 stretch to what others of the same label have. */
    private List<Term> stretched(List<Term> terms) {
        Map<Integer, Dim> sizes = new LinkedHashMap<>();
        for (Term term : terms) {
            for (int axis = 0; axis < term.labels().size(); axis++) {
                Dim dim = term.value().shape().dim(axis);
                sizes.merge(term.labels().get(axis), dim, (a, b) -> a.equals(Dim.of(1)) ? b : a);
            }
        }
        return terms.stream()
                .map(term -> new Term(
                        g.broadcast(
                                term.value(),
                                Shape.ofDims(
                                        term.labels().stream().map(sizes::get).toList())),
                        term.labels()))
                .toList();
    }

    private Term join(List<Term> terms, List<Integer> wanted) {
        Term joined = summed(terms.getFirst(), needed(terms, 1, wanted));
        for (int i = 1; i < terms.size(); i++) {
            Set<Integer> later = needed(terms, i + 1, wanted);
            Set<Integer> here = new LinkedHashSet<>(later);
            here.addAll(joined.labels());
            joined = product(joined, summed(terms.get(i), here), later);
        }
        return joined;
    }

    private static Set<Integer> needed(List<Term> terms, int from, List<Integer> wanted) {
        Set<Integer> needed = new LinkedHashSet<>(wanted);
        terms.subList(from, terms.size()).forEach(term -> needed.addAll(term.labels()));
        return needed;
    }

    private Term summed(Term term, Set<Integer> needed) {
        List<Integer> labels = term.labels();
        List<Integer> axes = IntStream.range(0, labels.size())
                .filter(axis -> !needed.contains(labels.get(axis)))
                .boxed()
                .toList();
        List<Integer> kept = labels.stream().filter(needed::contains).toList();
        return axes.isEmpty() ? term : new Term(g.reduce(ReduceFn.SUM, term.value(), axes, false), kept);
    }

    private Term product(Term a, Term b, Set<Integer> needed) {
        List<Integer> both = a.labels().stream().filter(b.labels()::contains).toList();
        List<Integer> batch = both.stream().filter(needed::contains).toList();
        List<Integer> inner = both.stream().filter(l -> !needed.contains(l)).toList();
        List<Integer> rows = a.labels().stream().filter(l -> !both.contains(l)).toList();
        List<Integer> columns =
                b.labels().stream().filter(l -> !both.contains(l)).toList();
        Shape front = dims(a, batch);
        Value left = arranged(a, List.of(batch, rows, inner));
        Value right = arranged(b, List.of(batch, inner, columns));
        Value left3 = g.reshape(left, front.concat(merged(dims(a, rows))).concat(merged(dims(a, inner))));
        Value right3 = g.reshape(right, front.concat(merged(dims(a, inner))).concat(merged(dims(b, columns))));
        Shape shape = front.concat(dims(a, rows)).concat(dims(b, columns));
        List<Integer> labels = new ArrayList<>(batch);
        labels.addAll(rows);
        labels.addAll(columns);
        return new Term(g.reshape(matMul(left3, right3), shape), labels);
    }

    /** Of int64 too, which products of matrices are not defined on. */
    private Value matMul(Value a, Value b) {
        if (a.spec().type() != DataType.INT64) {
            return g.matMul(a, b);
        }
        int rank = a.shape().rank();
        Value tall = g.reshape(a, a.shape().concat(Shape.of(1)));
        Shape front = b.shape().slice(0, rank - 2);
        Value wide = g.reshape(b, front.concat(Shape.of(1)).concat(b.shape().slice(rank - 2, rank)));
        return g.reduce(ReduceFn.SUM, g.mul(tall, wide), List.of(rank - 1), false);
    }

    private Value arranged(Term term, List<List<Integer>> groups) {
        return g.transpose(
                term.value(),
                groups.stream()
                        .flatMap(Collection::stream)
                        .map(term.labels()::indexOf)
                        .toList());
    }

    private static Shape dims(Term term, List<Integer> labels) {
        return Shape.ofDims(labels.stream()
                .map(label -> term.value().shape().dim(term.labels().indexOf(label)))
                .toList());
    }

    /** All axes as one. */
    private static Shape merged(Shape shape) {
        if (shape.rank() == 1) {
            return shape;
        }
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        return Shape.of(Math.toIntExact(shape.elements()));
    }
}
