package dev.convoy.spi.interpret;

import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Which buffer holds each result of a schedule's steps. Values that are never needed at the same time share one; larger
 * values choose first. A step may write over an operand that nobody needs afterwards if its kernel
 * {@linkplain Kernels#inPlace allows it}. What several steps write parts of is needed from the first of them on. Inputs,
 * parameters and constants have arrays of their own, results that nobody takes have none, and the value of an update shares
 * with nobody, so that it can change places with its parameter.
 */
public final class MemoryPlan {

    /** One array of a session; it may be longer than a value that lies in it. */
    public record Buffer(Storage storage, int length) {}

    private record Lifetime(Value value, int first, int last) {}

    private final SequencedMap<Value, Integer> places;
    private final List<Buffer> buffers;
    private final long live;

    private MemoryPlan(SequencedMap<Value, Integer> places, List<Buffer> buffers, long live) {
        this.live = live;
        this.places = Collections.unmodifiableSequencedMap(places);
        this.buffers = List.copyOf(buffers);
    }

    /** The plan that shares buffers. */
    public static MemoryPlan of(Schedule schedule, Kernels kernels) {
        Set<Value> alone = new HashSet<>();
        schedule.graph().updates().values().forEach(v -> alone.add(schedule.source(v)));
        List<List<Lifetime>> shared = new ArrayList<>();
        for (Lifetime candidate : lifetimes(schedule)) {
            Storage storage = storage(candidate.value());
            boolean found = false;
            for (List<Lifetime> tenants : shared) {
                found = !alone.contains(candidate.value())
                        && !alone.contains(tenants.getFirst().value())
                        && storage(tenants.getFirst().value()) == storage
                        && tenants.stream().allMatch(t -> compatible(schedule, kernels, t, candidate));
                if (found) {
                    tenants.add(candidate);
                    break;
                }
            }
            if (!found) {
                shared.add(new ArrayList<>(List.of(candidate)));
            }
        }
        return of(shared);
    }

    /** The plan that gives each value a buffer of its own; what {@link #of(Schedule, Kernels)} is tested against. */
    public static MemoryPlan withoutSharing(Schedule schedule) {
        return of(lifetimes(schedule).stream().map(List::of).toList());
    }

    private static MemoryPlan of(List<? extends List<Lifetime>> shared) {
        SequencedMap<Value, Integer> places = new LinkedHashMap<>();
        List<Buffer> buffers = new ArrayList<>();
        for (List<Lifetime> tenants : shared) {
            Value largest = tenants.getFirst().value();
            tenants.forEach(t -> places.put(t.value(), buffers.size()));
            buffers.add(new Buffer(storage(largest), elements(largest)));
        }
        return new MemoryPlan(
                places, buffers, live(shared.stream().flatMap(List::stream).toList()));
    }

    /** The most bytes that are needed at the same time. */
    private static long live(List<Lifetime> lifetimes) {
        return lifetimes.stream()
                .mapToLong(now -> lifetimes.stream()
                        .filter(t -> t.first() <= now.first() && now.first() <= t.last())
                        .mapToLong(t -> t.value().spec().shape().elements()
                                * storage(t.value()).bytes())
                        .sum())
                .max()
                .orElse(0);
    }

    private static List<Lifetime> lifetimes(Schedule schedule) {
        Map<Value, Integer> last = new HashMap<>();
        List<Step> steps = schedule.steps();
        for (int i = 0; i < steps.size(); i++) {
            for (Value input : steps.get(i).inputs()) {
                last.put(schedule.source(input), i);
            }
        }
        for (var leaving : List.of(
                schedule.graph().outputs().values(), schedule.graph().updates().values())) {
            leaving.forEach(v -> last.put(schedule.source(v), steps.size()));
        }
        List<Lifetime> lifetimes = new ArrayList<>();
        Set<Value> begun = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            for (Value output : steps.get(i).outputs()) {
                Value held = schedule.source(output);
                Integer end = last.get(held);
                if (end != null && begun.add(held)) {
                    lifetimes.add(new Lifetime(held, i, end));
                }
            }
        }
        lifetimes.sort(
                Comparator.comparingInt((Lifetime t) -> elements(t.value())).reversed());
        return lifetimes;
    }

    private static boolean compatible(Schedule schedule, Kernels kernels, Lifetime a, Lifetime b) {
        if (a.last() < b.first() || b.last() < a.first()) {
            return true;
        }
        return overwrites(schedule, kernels, a, b) || overwrites(schedule, kernels, b, a);
    }

    private static boolean overwrites(Schedule schedule, Kernels kernels, Lifetime operand, Lifetime result) {
        if (operand.last() != result.first() || operand.first() == result.first()) {
            return false;
        }
        Step step = schedule.steps().get(result.first());
        if (!step.outputs().contains(result.value())) {
            return false;
        }
        List<Value> inputs = step.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (schedule.source(inputs.get(i)) == operand.value() && !kernels.inPlace(step, i)) {
                return false;
            }
        }
        return elements(operand.value()) == elements(result.value());
    }

    private static Storage storage(Value value) {
        return value.spec().type().storage();
    }

    private static int elements(Value value) {
        return Math.toIntExact(value.shape().elements());
    }

    /** The number of the buffer of every value that has one. */
    public SequencedMap<Value, Integer> places() {
        return places;
    }

    public List<Buffer> buffers() {
        return buffers;
    }

    /** The size of all values together that are needed at the same time, at the worst step, in bytes. */
    public long liveBytes() {
        return live;
    }

    /** The size of all buffers together in elements. */
    public long elements() {
        return buffers.stream().mapToLong(Buffer::length).sum();
    }
}
