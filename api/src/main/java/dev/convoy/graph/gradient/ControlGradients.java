package dev.convoy.graph.gradient;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Gradients of {@link ControlOp}: those of the same computation without control. */
final class ControlGradients {

    private ControlGradients() {}

    /** The results of an op, computed by nodes of other families. */
    static List<Value> forward(ControlOp op, GraphBuilder g, List<Value> operands) {
        return switch (op) {
            case ControlOp.Scan scan -> unroll(scan, g, operands);
        };
    }

    private static List<Value> unroll(ControlOp.Scan op, GraphBuilder g, List<Value> operands) {
        List<Value> carried = operands.subList(0, op.carried());
        int results = op.body().outputs().size();
        List<List<Value>> stacked = new ArrayList<>();
        for (int i = op.carried(); i < results; i++) {
            stacked.add(new ArrayList<>());
        }
        for (int run = 0; run < op.length(); run++) {
            int position = op.reverse() ? op.length() - 1 - run : run;
            List<Value> arguments = new ArrayList<>(carried);
            for (int i = op.carried(); i < operands.size(); i++) {
                boolean scanned = i < op.carried() + op.scanned();
                arguments.add(scanned ? element(g, operands.get(i), position) : operands.get(i));
            }
            List<Value> outputs =
                    List.copyOf(GraphRewriter.inline(op.body(), g, arguments).values());
            carried = outputs.subList(0, op.carried());
            for (int i = op.carried(); i < results; i++) {
                stacked.get(i - op.carried()).add(outputs.get(i));
            }
        }
        List<Value> all = new ArrayList<>(carried);
        List<Value> bodies = List.copyOf(op.body().outputs().values());
        for (int i = 0; i < stacked.size(); i++) {
            all.add(stack(g, op, stacked.get(i), bodies.get(op.carried() + i)));
        }
        return all;
    }

    private static Value element(GraphBuilder g, Value x, int position) {
        Value slice = g.slice(x, 0, position, position + 1);
        return g.reshape(slice, x.shape().slice(1, x.shape().rank()));
    }

    private static Value stack(GraphBuilder g, ControlOp.Scan op, List<Value> runs, Value like) {
        if (runs.isEmpty()) {
            Shape empty = like.shape().prepend(Dim.of(0));
            return g.broadcast(g.scalar(0, like.spec().type()), empty);
        }
        List<Value> slices = new ArrayList<>();
        for (Value run : runs) {
            slices.add(g.reshape(run, run.shape().prepend(Dim.of(1))));
        }
        if (op.reverse()) {
            Collections.reverse(slices);
        }
        return g.concat(slices, 0);
    }
}
