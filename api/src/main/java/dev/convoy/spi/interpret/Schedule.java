package dev.convoy.spi.interpret;

import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The steps of a graph in the order they run: that of the graph, but for updates of parameters, which run as soon as what
 * they take is there. Nodes whose results nobody wants are left out, as are constants, which are
 * there already, and reshapes, whose result is the operand's array ({@link #source}).
 */
public final class Schedule {

    private final Graph graph;
    private final List<Step> steps;
    private final Map<Value, Value> sources;
    private final Map<Value, Place> places;

    private Schedule(Graph graph, List<Step> steps, Map<Value, Value> sources, Map<Value, Place> places) {
        this.graph = graph;
        this.steps = List.copyOf(steps);
        this.sources = sources;
        this.places = places;
    }

    /**
     * @param rules tried in order at each node that is not part of a step yet; a chain with a node that an earlier chain
     *     took is left out
     * @throws IllegalStateException if a rule joins nodes it may not join
     */
    public static Schedule of(Graph graph, List<FusionRule> rules) {
        Set<Node> wanted = wanted(graph);
        Uses uses = Uses.of(graph);
        Map<Node, Step> stepOf = new HashMap<>();
        Map<Value, Value> sources = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!wanted.contains(node) || node.op() instanceof IndexingOp.Constant) {
                continue;
            }
            if (!stepOf.containsKey(node)) {
                if (node.op() instanceof MovementOp.Reshape) {
                    Value operand = node.input(0);
                    sources.put(node.output(), sources.getOrDefault(operand, operand));
                    continue;
                }
                Step step = join(node, rules, uses, stepOf);
                step.nodes().forEach(n -> stepOf.put(n, step));
            }
            Step step = stepOf.get(node);
            if (step != null && step.last() == node) {
                steps.add(step);
            }
        }
        return new Schedule(graph, early(graph, steps, sources), sources, Map.of());
    }

    /**
     * This schedule with results that only a Concat takes written straight into that of the Concat, where the kernels
     * {@linkplain Kernel#writesTo can}. A Concat that has nothing left to copy is no step any more.
     */
    Schedule placed(Function<Step, Kernel> kernels) {
        Placement placement = Placement.of(this, kernels);
        Map<Value, Value> holders = new HashMap<>(placement.wholes());
        sources.forEach((value, source) -> holders.put(value, holders.getOrDefault(source, source)));
        List<Step> left = steps.stream()
                .filter(step -> !Placement.isConcat(step)
                        || step.inputs().stream()
                                .anyMatch(v -> !placement.places().containsKey(source(v))))
                .toList();
        return new Schedule(graph, left, holders, placement.places());
    }

    /**
     * Moves steps up behind the last of those that compute their operands: updates of parameters, so that gradients are
     * taken while they are in the cache and need not be kept until all are there, and single numbers, on which updates wait.
     */
    private static List<Step> early(Graph graph, List<Step> steps, Map<Value, Value> sources) {
        Set<Value> updates = new HashSet<>(graph.updates().values());
        Map<Value, Integer> places = new HashMap<>();
        SortedMap<Integer, List<Step>> ordered = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean moves = step.outputs().stream()
                    .allMatch(v -> updates.contains(v) || v.shape().elements() == 1);
            int place = !moves
                    ? i
                    : step.inputs().stream()
                            .mapToInt(v -> places.getOrDefault(sources.getOrDefault(v, v), -1))
                            .max()
                            .orElse(-1);
            step.outputs().forEach(v -> places.put(v, place));
            ordered.computeIfAbsent(place, _ -> new ArrayList<>()).add(step);
        }
        return ordered.values().stream().flatMap(List::stream).toList();
    }

    private static Set<Node> wanted(Graph graph) {
        Set<Node> wanted = new HashSet<>();
        graph.outputs().values().forEach(v -> v.producer().ifPresent(wanted::add));
        graph.updates().values().forEach(v -> v.producer().ifPresent(wanted::add));
        for (Node node : graph.nodes().reversed()) {
            if (wanted.contains(node)) {
                node.inputs().forEach(v -> v.producer().ifPresent(wanted::add));
            }
        }
        return wanted;
    }

    private static Step join(Node node, List<FusionRule> rules, Uses uses, Map<Node, Step> taken) {
        for (FusionRule rule : rules) {
            List<Node> chain = rule.match(node, uses);
            if (chain.size() > 1 && chain.stream().noneMatch(taken::containsKey)) {
                verify(node, chain, uses);
                return new Step(chain);
            }
        }
        return new Step(List.of(node));
    }

    private static void verify(Node first, List<Node> chain, Uses uses) {
        boolean sound = chain.getFirst() == first;
        for (Node node : chain.subList(0, chain.size() - 1)) {
            for (Value result : node.outputs()) {
                sound &= !uses.leaves(result) && chain.containsAll(uses.users(result));
            }
        }
        if (!sound) {
            throw new IllegalStateException("A fusion rule joins nodes whose results are used outside: " + chain);
        }
    }

    public Graph graph() {
        return graph;
    }

    public List<Step> steps() {
        return steps;
    }

    /**
     * The value whose array holds a value: itself, the operand behind its reshapes, or the result of the Concat that it is
     * written into.
     */
    public Value source(Value value) {
        return sources.getOrDefault(value, value);
    }

    /** Where a step's result lies in the array of its {@link #source}. */
    public Place place(Value result) {
        return places.getOrDefault(result, Place.WHOLE);
    }
}
