package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.node.Body;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that run a graph several times. */
final class Loops {

    /** So many runs of a loop are written out. */
    private static final int MOST_RUNS = 256;

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.several("Scan", Loops::scan).inputs("initial_state_and_scan_inputs"),
            OnnxOperator.several("Loop", Loops::loop)
                    .inputs("M", "cond", "v_initial")
                    .known("M", "cond"));

    private Loops() {}

    private static List<Value> scan(NodeScope s) {
        if (s.opset() < 9) {
            throw s.refuse(
                    "the scan over batches of operator version 8 is not supported", "export with opset 9 or newer");
        }
        GraphBuilder g = s.graph();
        int scanned = s.number("num_scan_inputs");
        int carried = s.operands() - scanned;
        GraphDescription description = s.body("body");
        int stacked = description.outputs().size() - carried;
        if (carried < 0 || scanned < 1 || stacked < 0) {
            throw s.refuse(
                    "it scans " + scanned + " of " + s.operands() + " operands, and its graph gives "
                            + description.outputs().size() + " values",
                    "");
        }
        List<Integer> directions = perItem(s, "scan_input_directions", scanned);
        List<Integer> axes = perItem(s, "scan_input_axes", scanned);
        List<Integer> outputDirections = perItem(s, "scan_output_directions", stacked);
        List<Integer> outputAxes = perItem(s, "scan_output_axes", stacked);
        boolean reverse = !directions.contains(0) && !outputDirections.contains(0);
        List<Value> operands = new ArrayList<>();
        List<TensorSpec> arguments = new ArrayList<>();
        for (int i = 0; i < carried; i++) {
            operands.add(s.stored(i));
            arguments.add(s.stored(i).spec());
        }
        for (int i = 0; i < scanned; i++) {
            Value x = s.stored(carried + i);
            Value first = moved(g, x, x.shape().axis(axes.get(i)), 0);
            Value slices = directions.get(i) == 0 || reverse ? first : g.add(new Reverse(List.of(0)), first);
            operands.add(slices);
            Shape shape = slices.shape();
            arguments.add(slices.spec().withShape(shape.slice(1, shape.rank())));
        }
        Dim length = operands.getLast().shape().dim(0);
        if (!length.isKnown()) {
            throw Known.needsBatch();
        }
        Body body = s.separately(description, arguments);
        operands.addAll(body.captured());
        List<Value> results =
                g.add(new ControlOp.Scan(body.graph(), carried, scanned, length.size(), reverse), operands);
        List<Value> turned = new ArrayList<>(results.subList(0, carried));
        for (int i = 0; i < stacked; i++) {
            Value y = results.get(carried + i);
            Value forward = outputDirections.get(i) == 0 || reverse ? y : g.add(new Reverse(List.of(0)), y);
            turned.add(moved(g, forward, 0, y.shape().axis(outputAxes.get(i))));
        }
        return turned;
    }

    private static List<Integer> perItem(NodeScope s, String attribute, int count) {
        List<Integer> values = s.ints(attribute, Collections.nCopies(count, 0));
        if (values.size() != count) {
            throw s.refuse("its attribute " + attribute + " has " + values.size() + " numbers for " + count, "");
        }
        return values;
    }

    /** One axis at another place, the others in their order. */
    private static Value moved(GraphBuilder g, Value x, int from, int to) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
        order.remove(from);
        order.add(to, from);
        return g.transpose(x, order);
    }

    /** Every run is written out: how often it runs has to be known. */
    private static List<Value> loop(NodeScope s) {
        GraphBuilder g = s.graph();
        GraphDescription body = s.body("body");
        int carried = Math.max(0, s.operands() - 2);
        int stacked = body.outputs().size() - 1 - carried;
        if (stacked < 0) {
            throw s.refuse("its graph gives fewer values than it carries", "");
        }
        long most = s.whenKnown(0).map(Known::integer).orElse(Long.MAX_VALUE);
        boolean goesOn = s.whenKnown(1).map(known -> known.integer() != 0).orElse(true);
        List<Value> state = new ArrayList<>(
                IntStream.range(0, carried).mapToObj(i -> s.stored(i + 2)).toList());
        List<List<Value>> slices = new ArrayList<>();
        for (long run = 0; run < most && goesOn; run++) {
            if (run == MOST_RUNS) {
                throw s.refuse("it runs more than " + MOST_RUNS + " times", "");
            }
            List<Value> results = run(s, body, run, state);
            goesOn = NodeScope.whenKnown(results.getFirst())
                    .map(known -> known.integer() != 0)
                    .orElseThrow(() -> s.refuse("how often it runs depends on the data", "export without the loop"));
            state = results.subList(1, 1 + carried);
            slices.add(results.subList(1 + carried, results.size()));
        }
        List<Value> all = new ArrayList<>(state);
        for (int i = 0; i < stacked; i++) {
            int result = i;
            all.add(
                    slices.isEmpty()
                            ? g.slice(slice(g, run(s, body, 0, state).get(1 + carried + i)), 0, 0, 0)
                            : g.concat(
                                    slices.stream()
                                            .map(run -> slice(g, run.get(result)))
                                            .toList(),
                                    0));
        }
        return all;
    }

    private static List<Value> run(NodeScope s, GraphDescription body, long number, List<Value> state) {
        GraphBuilder g = s.graph();
        List<Value> arguments = new ArrayList<>();
        arguments.add(g.constant(Tensor.scalar(number)));
        arguments.add(g.constant(Elementwise.TRUE));
        arguments.addAll(state);
        return s.write(body, arguments);
    }

    private static Value slice(GraphBuilder g, Value x) {
        return g.reshape(x, x.shape().prepend(Dim.of(1)));
    }
}
