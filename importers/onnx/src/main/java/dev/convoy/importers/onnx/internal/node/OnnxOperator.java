package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.Value;
import java.util.List;
import java.util.Set;

/**
 * An operator that is read: how it is written as ops, and what its operands are.
 *
 * @param opType ONNX's name
 * @param inputs ONNX's names of the operands; the last goes for all further ones
 * @param specs operands of which type and shape alone are read
 * @param known operands whose value has to be known while the graph is written
 * @param weights operands that are parameters wherever their value is given
 * @param statistics those among the weights that no optimizer trains
 */
public record OnnxOperator(
        String opType,
        List<String> inputs,
        Set<String> specs,
        Set<String> known,
        Set<String> weights,
        Set<String> statistics,
        Writer writer) {

    /** Writes one node. */
    @FunctionalInterface
    public interface Writer {

        /**
         * The node's results, as many as it names.
         *
         * @throws NodeProblem if something about the node is not supported
         * @throws dev.convoy.graph.GraphException if the operands break a rule of an op
         */
        List<Value> write(NodeScope s);
    }

    /** Writes a node of one result. */
    @FunctionalInterface
    public interface OneResult {

        /** The result; throws as {@link Writer#write}. */
        Value write(NodeScope s);
    }

    public OnnxOperator {
        inputs = List.copyOf(inputs);
        specs = Set.copyOf(specs);
        known = Set.copyOf(known);
        weights = Set.copyOf(weights);
        statistics = Set.copyOf(statistics);
    }

    /** An operator of one result. */
    public static OnnxOperator one(String opType, OneResult writer) {
        return several(opType, s -> List.of(writer.write(s)));
    }

    /** An operator of several results. */
    public static OnnxOperator several(String opType, Writer writer) {
        return new OnnxOperator(opType, List.of("input"), Set.of(), Set.of(), Set.of(), Set.of(), writer);
    }

    /** The names of the operands, in order. */
    public OnnxOperator inputs(String... names) {
        return new OnnxOperator(opType, List.of(names), specs, known, weights, statistics, writer);
    }

    /** Operands of which type and shape alone are read, so that shape arithmetic may begin with them. */
    public OnnxOperator specs(String... names) {
        return new OnnxOperator(opType, inputs, Set.of(names), known, weights, statistics, writer);
    }

    /** Operands whose value has to be known while the graph is written: axes, shapes, pads. */
    public OnnxOperator known(String... names) {
        return new OnnxOperator(opType, inputs, specs, Set.of(names), weights, statistics, writer);
    }

    /** Operands that are parameters also where a {@code Constant} node or a single number gives them. */
    public OnnxOperator weights(String... names) {
        return new OnnxOperator(opType, inputs, specs, known, Set.of(names), statistics, writer);
    }

    /** Weights that are not trained: moving averages. */
    public OnnxOperator statistics(String... names) {
        return new OnnxOperator(opType, inputs, specs, known, weights, Set.of(names), writer);
    }

    /** The name of an operand; those behind the last named one are numbered: {@code inputs}, {@code inputs_1}, …. */
    public String input(int index) {
        int last = inputs.size() - 1;
        return index <= last ? inputs.get(index) : inputs.get(last) + "_" + (index - last);
    }

    /** Whether type and shape alone of an operand are read. */
    public boolean describes(int index) {
        return specs.contains(formal(index));
    }

    /** Whether the value of an operand has to be known. */
    public boolean knows(int index) {
        return known.contains(formal(index));
    }

    /** Whether an operand is a parameter wherever its value is given. */
    public boolean weighs(int index) {
        return weights.contains(formal(index));
    }

    /** Whether an operand, as a parameter, is trained. */
    public boolean trains(int index) {
        return !statistics.contains(formal(index));
    }

    private String formal(int index) {
        return inputs.get(Math.min(index, inputs.size() - 1));
    }
}
