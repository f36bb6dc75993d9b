package dev.convoy.conformance.gradient;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.graph.pass.Legalizer;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A function of tensors whose gradients are in question: those of {@code Σ w · y} over its real results, with weights w
 * drawn from the seed.
 *
 * @param name what is special about it; printed on failure with the seed
 * @param operands float32 tensors, and of other types where the function takes them
 * @param wrt the operands whose gradients are asked for, ascending
 */
public record GradientProblem(String name, Function function, List<Tensor> operands, List<Integer> wrt, long seed) {

    /** Writes a function into a graph. */
    @FunctionalInterface
    public interface Function {
        List<Value> write(GraphBuilder g, List<Value> operands);
    }

    public GradientProblem {
        operands = List.copyOf(operands);
        wrt = List.copyOf(wrt);
    }

    /** The gradients of an op with respect to all its real operands. */
    public static GradientProblem of(Op op, long seed, List<Tensor> operands) {
        return of(op.toString(), (g, x) -> g.add(op, x), seed, operands);
    }

    /** The gradients of a function with respect to all its real operands. */
    static GradientProblem of(String name, Function function, long seed, List<Tensor> operands) {
        List<Integer> real = IntStream.range(0, operands.size())
                .filter(i -> operands.get(i).type().isReal())
                .boxed()
                .toList();
        return new GradientProblem(name, function, operands, real, seed);
    }

    /** The same function with the gradients asked for some operands only. */
    GradientProblem withRespectTo(Integer... some) {
        return new GradientProblem(name, function, operands, List.of(some), seed);
    }

    /** The function whose results are this problem's gradients. */
    public GradientProblem derivative() {
        return of("derivative of " + name, this::writeGradients, seed + 1, operands);
    }

    /** The same function with all composites decomposed, to hold a {@code CompositeGradient} to its decomposition. */
    public GradientProblem decomposed() {
        Function core = (g, values) -> {
            GraphBuilder whole = new GraphBuilder();
            List<Value> inputs =
                    values.stream().map(v -> whole.input("x", v.spec())).toList();
            for (Value result : function.write(whole, inputs)) {
                whole.output("y" + result.id(), result);
            }
            Graph body = Legalizer.legalize(whole.build(), composite -> false);
            return List.copyOf(GraphRewriter.inline(body, g, values).values());
        };
        return new GradientProblem("decomposition of " + name, core, operands, wrt, seed);
    }

    /** The same problem in float64, where constants of the graph are not rounded to float32. */
    public GradientProblem inDouble() {
        List<Tensor> wide = operands.stream().map(GradientProblem::inDouble).toList();
        return new GradientProblem(name, function, wide, wrt, seed);
    }

    private static Tensor inDouble(Tensor tensor) {
        if (tensor.type() != DataType.FLOAT32) {
            return tensor;
        }
        double[] values =
                IntStream.range(0, tensor.size()).mapToDouble(tensor::get).toArray();
        return Tensor.wrap(tensor.spec().withType(DataType.FLOAT64), values);
    }

    /** The operands by name: {@code x0, x1, …}. */
    public Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        operands.forEach(operand -> inputs.put("x" + inputs.size(), operand));
        return inputs;
    }

    /** The function alone: real results {@code y0, y1, …}. */
    public Graph forward() {
        GraphBuilder g = new GraphBuilder();
        int number = 0;
        for (Value result : function.write(g, placeholders(g))) {
            if (result.spec().type().isReal()) {
                g.output("y" + number++, result);
            }
        }
        return g.build();
    }

    /** The gradients: {@code d0} for operand 0, and so on for all of {@link #wrt}. */
    public Graph gradients() {
        GraphBuilder g = new GraphBuilder();
        List<Value> gradients = writeGradients(g, placeholders(g));
        for (int i = 0; i < wrt.size(); i++) {
            g.output("d" + wrt.get(i), gradients.get(i));
        }
        return g.build();
    }

    /** The weight of each real result, in their order. */
    List<Tensor> weights(List<TensorSpec> results) {
        Random random = new Random(seed ^ 0x9E3779B97F4A7C15L);
        return results.stream()
                .map(spec -> Draws.uniform(random, spec.shape(), -1, 1))
                .toList();
    }

    private List<Value> placeholders(GraphBuilder g) {
        List<Value> values = new ArrayList<>();
        inputs().forEach((name, tensor) -> values.add(g.input(name, tensor.spec())));
        return values;
    }

    private List<Value> writeGradients(GraphBuilder g, List<Value> values) {
        List<Value> results = function.write(g, values).stream()
                .filter(v -> v.spec().type().isReal())
                .toList();
        List<Tensor> weights = weights(results.stream().map(Value::spec).toList());
        DataType type = values.get(wrt.getFirst()).spec().type();
        Value loss = g.scalar(0, type);
        for (int i = 0; i < results.size(); i++) {
            Value weighted = g.mul(results.get(i), g.cast(g.constant(weights.get(i)), type));
            List<Integer> axes =
                    IntStream.range(0, weighted.shape().rank()).boxed().toList();
            loss = g.add(loss, g.reduce(ReduceFn.SUM, weighted, axes, false));
        }
        return new ArrayList<>(
                Gradients.of(g, loss, wrt.stream().map(values::get).toList()));
    }

    @Override
    public String toString() {
        return name + " on " + operands.stream().map(Tensor::spec).toList() + ", seed " + seed;
    }
}
