package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.UpdateOp;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A step of elementwise ops that ends in an {@link UpdateOp}, computed some elements at a time, so that what lies between
 * operands and results stays in the first-level cache. Each value has a register, which holds some neighbouring elements;
 * single numbers are computed once in a run. The loops are those of the ops by themselves, and so are the bits.
 */
final class ElementProgram {

    private static final int CHUNK = 512;

    /** Computes one register, or those of an update by Adam, from others. */
    @FunctionalInterface
    private interface Instruction {
        void run(Object[] registers, int length);
    }

    private final Engine engine;
    private final int size;
    private final List<TensorSpec> registers = new ArrayList<>();
    private final Map<Value, Integer> places = new HashMap<>();
    private final Map<Integer, Object> constants = new HashMap<>();
    private final List<Instruction> once = new ArrayList<>();
    private final List<Instruction> each = new ArrayList<>();
    private final int[] operands;
    private final int[] results;

    ElementProgram(Step step, Engine engine) {
        this.engine = engine;
        size = Math.toIntExact(step.outputs().getFirst().shape().elements());
        operands = step.inputs().stream().mapToInt(this::place).toArray();
        for (Node node : step.nodes()) {
            if (node.op() instanceof AdamUpdate op && !op.amsgrad()) {
                each.add(adam(op, node));
            } else if (node.op() instanceof UpdateOp op) {
                inline(op, node);
            } else {
                add(node);
            }
        }
        results = step.outputs().stream().mapToInt(this::place).toArray();
    }

    /** Whether the formula of an update is elementwise. */
    static boolean suits(UpdateOp op, Node node) {
        long size = node.input(0).shape().elements();
        return formula(op, node).nodes().stream()
                .allMatch(n -> (n.op() instanceof ElementwiseOp || n.op() instanceof Constant)
                        && (n.output().shape().elements() == 1
                                || n.output().shape().elements() == size && !(n.op() instanceof Constant)));
    }

    private static Graph formula(UpdateOp op, Node node) {
        GraphBuilder g = new GraphBuilder();
        List<Value> inputs = IntStream.range(0, node.inputs().size())
                .mapToObj(i -> g.input("operand" + i, node.input(i).spec()))
                .toList();
        List<Value> outputs = op.decompose(g, inputs);
        IntStream.range(0, outputs.size()).forEach(i -> g.output("result" + i, outputs.get(i)));
        return g.build();
    }

    private void inline(UpdateOp op, Node node) {
        Graph formula = formula(op, node);
        List<Value> inputs = List.copyOf(formula.inputs().values());
        for (int i = 0; i < inputs.size(); i++) {
            places.put(inputs.get(i), place(node.input(i)));
        }
        Uses uses = Uses.of(formula);
        Set<Node> joined = new HashSet<>();
        for (Node part : formula.nodes()) {
            List<Node> flush = Flush.match(part, uses);
            joined.addAll(flush);
            if (!flush.isEmpty()) {
                add(flush.getLast().output(), part.inputs(), Flush.loop(flush, engine.loops()));
            } else if (!joined.contains(part)) {
                add(part);
            }
        }
        List<Value> outputs = List.copyOf(formula.outputs().values());
        for (int i = 0; i < outputs.size(); i++) {
            places.put(node.outputs().get(i), place(outputs.get(i)));
        }
    }

    /** The register of a value. */
    private int place(Value value) {
        return places.computeIfAbsent(value, v -> {
            int place = registers.size();
            registers.add(v.spec());
            v.constant().ifPresent(tensor -> constants.put(place, tensor.array()));
            return place;
        });
    }

    private boolean isSingle(int register) {
        return registers.get(register).shape().elements() == 1;
    }

    private void add(Node node) {
        if (node.op() instanceof ElementwiseOp op) {
            add(node.output(), node.inputs(), ElementwiseKernels.loop(op, node));
        } else {
            place(node.output());
        }
    }

    private void add(Value output, List<Value> inputs, Flat.Loop loop) {
        int result = place(output);
        int[] from = inputs.stream().mapToInt(this::place).toArray();
        (isSingle(result) ? once : each).add((values, length) -> {
            Object[] arrays = new Object[from.length];
            for (int i = 0; i < from.length; i++) {
                arrays[i] = values[from[i]];
            }
            loop.run(arrays, values[result], 0, length);
        });
    }

    private Instruction adam(AdamUpdate op, Node node) {
        int[] from = node.inputs().stream().mapToInt(this::place).toArray();
        int[] to = node.outputs().stream().mapToInt(this::place).toArray();
        return (values, length) -> {
            FlatLoops.Adam rule = AdamKernel.rule(op, ((float[]) values[from[2]])[0], ((long[]) values[from[3]])[0]);
            FlatLoops.AdamArrays arrays = new FlatLoops.AdamArrays(
                    (float[]) values[from[1]],
                    (float[]) values[from[0]],
                    (float[]) values[from[4]],
                    (float[]) values[from[5]],
                    (float[]) values[to[0]],
                    (float[]) values[to[1]],
                    (float[]) values[to[2]]);
            engine.loops().adam(rule, arrays, 0, length);
        };
    }

    int size() {
        return size;
    }

    /** Begins a run: computes the single numbers. */
    Run begin(Arguments arguments) {
        Object[] singles = new Object[registers.size()];
        for (int i = 0; i < singles.length; i++) {
            if (isSingle(i)) {
                singles[i] = constants.containsKey(i)
                        ? constants.get(i)
                        : registers.get(i).type().storage().newArray(1);
            }
        }
        for (int i = 0; i < operands.length; i++) {
            if (isSingle(operands[i])) {
                singles[operands[i]] = arguments.input(i);
            }
        }
        once.forEach(instruction -> instruction.run(singles, 1));
        if (size > 1) {
            for (int i = 0; i < results.length; i++) {
                if (isSingle(results[i]) && arguments.wants(i)) {
                    System.arraycopy(singles[results[i]], 0, arguments.output(i), 0, 1);
                }
            }
        }
        return new Run(arguments, singles);
    }

    /** One run, whose elements may be computed in any order and on any threads. */
    final class Run {

        private final Arguments arguments;
        private final Object[] singles;

        private Run(Arguments arguments, Object[] singles) {
            this.arguments = arguments;
            this.singles = singles;
        }

        /** Computes elements {@code [from, to)}. */
        void compute(int from, int to) {
            int chunk = Math.min(CHUNK, to - from);
            Object[] values = new Object[registers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = registers.get(i).type().storage().newArray(chunk);
                if (isSingle(i)) {
                    fill(values[i], singles[i]);
                }
            }
            for (int start = from; start < to; start += chunk) {
                int length = Math.min(chunk, to - start);
                for (int i = 0; i < operands.length; i++) {
                    if (!isSingle(operands[i])) {
                        System.arraycopy(arguments.input(i), start, values[operands[i]], 0, length);
                    }
                }
                for (Instruction instruction : each) {
                    instruction.run(values, length);
                }
                for (int i = 0; i < results.length; i++) {
                    if ((size == 1 || !isSingle(results[i])) && arguments.wants(i)) {
                        System.arraycopy(values[results[i]], 0, arguments.output(i), start, length);
                    }
                }
            }
        }
    }

    private static void fill(Object chunk, Object single) {
        switch (chunk) {
            case float[] floats -> Arrays.fill(floats, ((float[]) single)[0]);
            case long[] longs -> Arrays.fill(longs, ((long[]) single)[0]);
            case int[] ints -> Arrays.fill(ints, ((int[]) single)[0]);
            case boolean[] booleans -> Arrays.fill(booleans, ((boolean[]) single)[0]);
            default -> throw new IllegalArgumentException("No chunk of " + chunk.getClass());
        }
    }
}
