package dev.convoy.spi.interpret;

import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which results are written straight into that of the Concat which alone takes them, and where in it. */
final class Placement {

    private final Schedule schedule;
    private final Uses uses;
    private final Function<Step, Kernel> kernels;
    private final Map<Value, Step> steps = new HashMap<>();
    private final Map<Value, Value> wholes = new HashMap<>();
    private final Map<Value, Place> places = new HashMap<>();

    private Placement(Schedule schedule, Function<Step, Kernel> kernels) {
        this.schedule = schedule;
        this.kernels = kernels;
        uses = Uses.of(schedule.graph());
        schedule.steps().forEach(step -> steps.put(step.outputs().getFirst(), step));
    }

    /** The results of a schedule's steps, as far as the steps' kernels {@linkplain Kernel#writesTo can write} there. */
    static Placement of(Schedule schedule, Function<Step, Kernel> kernels) {
        Placement placement = new Placement(schedule, kernels);
        for (Step step : schedule.steps().reversed()) {
            if (isConcat(step)) {
                placement.place(step.first(), ((Concat) step.first().op()).axis());
            }
        }
        return placement;
    }

    static boolean isConcat(Step step) {
        return step.nodes().size() == 1 && step.first().op() instanceof Concat;
    }

    /** Where each placed result lies in the array of its {@link #wholes whole}. */
    Map<Value, Place> places() {
        return places;
    }

    /** The Concat's result that each placed result is a part of; never placed itself. */
    Map<Value, Value> wholes() {
        return wholes;
    }

    /** The last Concat comes first, so that it is known where the result of this one lies. */
    private void place(Node concat, int axis) {
        Value result = concat.output();
        Shape shape = result.shape();
        if (shape.elements() == 0) {
            return;
        }
        boolean together = shape.slice(0, axis).elements() == 1;
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        int start = 0;
        for (Value input : concat.inputs()) {
            int run = input.shape().size(axis) * inner;
            if (run > 0) {
                Place part = together ? Place.neighbours(start) : new Place(start, run, shape.size(axis) * inner);
                part.within(places.getOrDefault(result, Place.WHOLE))
                        .ifPresent(place -> place(input, place, wholes.getOrDefault(result, result)));
            }
            start += run;
        }
    }

    private void place(Value input, Place place, Value whole) {
        step(input).filter(step -> kernels.apply(step).writesTo(place)).ifPresent(step -> {
            wholes.put(step.outputs().getFirst(), whole);
            places.put(step.outputs().getFirst(), place);
        });
    }

    /** The step whose only result a value is, as it is or reshaped, if the value is taken once. */
    private Optional<Step> step(Value value) {
        if (uses.onlyUser(value).isEmpty() || value.producer().isEmpty()) {
            return Optional.empty();
        }
        if (schedule.source(value) != value) {
            return step(value.producer().get().input(0));
        }
        return Optional.ofNullable(steps.get(value))
                .filter(step ->
                        areUnused(step.outputs().subList(1, step.outputs().size())));
    }

    private boolean areUnused(List<Value> results) {
        return results.stream().allMatch(v -> uses.users(v).isEmpty() && !uses.leaves(v));
    }
}
