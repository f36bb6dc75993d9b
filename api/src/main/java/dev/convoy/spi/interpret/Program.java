package dev.convoy.spi.interpret;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.spi.Plan;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A compiled graph: kernels, and a slot for the array of every value. Slots below {@code plan.buffers().size()} are the
 * plan's buffers; behind them lie inputs, parameters and constants.
 */
final class Program {

    /**
     * Where the arrays of a kernel's operands and results are; -1 for a result that nobody takes.
     *
     * @param place of the first result in its array
     */
    record Call(Kernel kernel, int[] inputs, int[] outputs, Place place) {}

    private final Schedule schedule;
    private final MemoryPlan plan;
    private final Map<Value, Integer> slots = new HashMap<>();
    private final Map<Integer, Tensor> constants = new HashMap<>();

    /** The arrays of those constants that a run reads. */
    private final Map<Integer, Object> constantArrays = new HashMap<>();

    private final List<Call> calls = new ArrayList<>();
    private final SequencedMap<String, Integer> inputs;
    private final SequencedMap<String, Integer> parameters;
    private int nextSlot;

    private Program(Graph graph, Kernels kernels) {
        Map<Step, Kernel> made = new HashMap<>();
        Schedule all = Schedule.of(graph, kernels.fusions());
        all.steps().forEach(step -> made.put(step, kernel(step, kernels)));
        Function<Step, Kernel> kernelOf = step -> Objects.requireNonNull(made.get(step));
        schedule = all.placed(kernelOf);
        plan = MemoryPlan.of(schedule, kernels);
        slots.putAll(plan.places());
        nextSlot = plan.buffers().size();
        inputs = external(graph.inputs());
        parameters = external(graph.parameters());
        for (Step step : schedule.steps()) {
            Call call = new Call(
                    kernelOf.apply(step),
                    step.inputs().stream().mapToInt(this::slot).toArray(),
                    step.outputs().stream()
                            .mapToInt(v -> slots.getOrDefault(schedule.source(v), -1))
                            .toArray(),
                    schedule.place(step.outputs().getFirst()));
            calls.add(call);
            IntStream.range(0, call.inputs().length)
                    .filter(call.kernel()::reads)
                    .forEach(i -> keep(call.inputs()[i]));
        }
        graph.outputs().values().forEach(value -> keep(slot(value)));
        graph.updates().values().forEach(value -> keep(slot(value)));
    }

    /** Holds the array of a constant for as long as the program lives. */
    private void keep(int slot) {
        Tensor constant = constants.get(slot);
        if (constant != null) {
            constantArrays.computeIfAbsent(slot, _ -> constant.array());
        }
    }

    static Program compile(Graph graph, Kernels kernels) {
        return new Program(graph, kernels);
    }

    private static Kernel kernel(Step step, Kernels kernels) {
        return step.first().op() instanceof ControlOp.Scan scan
                ? new ScanKernel(scan, compile(scan.body(), kernels))
                : kernels.kernel(step);
    }

    private SequencedMap<String, Integer> external(SequencedMap<String, Value> values) {
        SequencedMap<String, Integer> places = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            slots.put(value, nextSlot);
            places.put(name, nextSlot++);
        });
        return places;
    }

    /** The slot of a value; a constant gets one when it is asked for first. */
    int slot(Value value) {
        Value source = schedule.source(value);
        return slots.computeIfAbsent(source, v -> {
            constants.put(nextSlot, v.constant().orElseThrow());
            return nextSlot++;
        });
    }

    /** What it runs, and the memory that takes. */
    Plan plan() {
        return Explanation.of(schedule, plan, calls, constants.values());
    }

    Graph graph() {
        return schedule.graph();
    }

    List<Call> calls() {
        return calls;
    }

    /** The slot of an input. */
    int input(String name) {
        return Objects.requireNonNull(inputs.get(name));
    }

    SequencedMap<String, Integer> inputs() {
        return inputs;
    }

    SequencedMap<String, Integer> parameters() {
        return parameters;
    }

    /** Whether a slot holds a buffer of the session, not an input, a parameter or a constant. */
    boolean isBuffer(int slot) {
        return slot < plan.buffers().size();
    }

    /** New arrays for one session. */
    Frame newFrame() {
        Object[] arrays = new Object[nextSlot];
        for (int i = 0; i < plan.buffers().size(); i++) {
            MemoryPlan.Buffer buffer = plan.buffers().get(i);
            arrays[i] = buffer.storage().newArray(buffer.length());
        }
        constantArrays.forEach((slot, array) -> arrays[slot] = array);
        return new Frame(this, arrays);
    }
}
