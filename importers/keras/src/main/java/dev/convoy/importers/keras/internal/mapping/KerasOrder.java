package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.models.LayerCall;
import dev.convoy.models.LayerCall.Source;
import dev.convoy.models.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras 3 keeps the layers of a Functional model ({@code map_graph} in {@code ops/function.py} of Keras
 * 3.15): by their distance to the outputs, and layers of one distance as a search from the outputs meets them. Names in the
 * file of weights follow from it.
 */
final class KerasOrder {

    /** A step of the search: enter a tensor's source, or leave it when all that it needs is done. */
    private record Visit(Source source, boolean leave) {}

    private final List<LayerCall> calls;
    private final Map<String, Integer> met = new HashMap<>();
    private final List<Source> finished = new ArrayList<>();

    private KerasOrder(Model model) {
        this.calls = model.calls();
        search(model.results());
    }

    /** Names of inputs and layers in Keras' order. */
    static List<String> of(Model model) {
        return new KerasOrder(model).ordered(model);
    }

    private String member(Source source) {
        return switch (source) {
            case Source.OfInput(String name) -> name;
            case Source.OfCall(int call, int output) -> calls.get(call).node().name();
        };
    }

    private List<Source> needs(Source source) {
        return switch (source) {
            case Source.OfInput input -> List.of();
            case Source.OfCall(int call, int output) ->
                calls.get(call).inputs().stream().map(KerasOrder::whole).toList();
        };
    }

    /** A call, whichever of its outputs is used. */
    private static Source whole(Source source) {
        return switch (source) {
            case Source.OfInput input -> input;
            case Source.OfCall(int call, int output) -> new Source.OfCall(call, 0);
        };
    }

    /** Depth first, each source once, without recursion, so that deep models are fine. */
    private void search(List<Source> results) {
        Set<Source> entered = new HashSet<>();
        Deque<Visit> pending = new ArrayDeque<>();
        results.reversed().forEach(r -> pending.push(new Visit(whole(r), false)));
        while (!pending.isEmpty()) {
            Visit visit = pending.pop();
            if (visit.leave()) {
                finished.add(visit.source());
            } else if (entered.add(visit.source())) {
                met.putIfAbsent(member(visit.source()), met.size());
                pending.push(new Visit(visit.source(), true));
                needs(visit.source()).reversed().forEach(n -> pending.push(new Visit(n, false)));
            }
        }
    }

    private List<String> ordered(Model model) {
        Map<Source, Integer> distances = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        for (Source source : finished.reversed()) {
            int depth = Math.max(distances.getOrDefault(source, 0), depths.getOrDefault(member(source), 0));
            depths.put(member(source), depth);
            needs(source).forEach(n -> distances.merge(n, depth + 1, Math::max));
        }
        model.inputs().keySet().stream()
                .filter(input -> !depths.containsKey(input))
                .forEach(unused -> {
                    depths.put(unused, 0);
                    met.put(unused, -1);
                });
        Comparator<String> byDepth = Comparator.comparing(depths::get, Comparator.reverseOrder());
        return depths.keySet().stream()
                .sorted(byDepth.thenComparing(met::get).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
