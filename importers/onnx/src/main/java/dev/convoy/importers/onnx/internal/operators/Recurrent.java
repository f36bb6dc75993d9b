package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent operators: for each direction a {@link Scan} over time. What the input contributes is computed for all steps at
 * once. A sequence that is shorter than the others keeps its states and gives zeros where it has ended, so that the
 * backward direction begins at its own last element.
 */
final class Recurrent {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.several("RNN", s -> run(s, RecurrentCell.RNN))
                    .inputs("X", "W", "R", "B", "sequence_lens", "initial_h")
                    .weights("W", "R", "B"),
            OnnxOperator.several("GRU", s -> run(s, RecurrentCell.GRU))
                    .inputs("X", "W", "R", "B", "sequence_lens", "initial_h")
                    .weights("W", "R", "B"),
            OnnxOperator.several("LSTM", s -> run(s, RecurrentCell.LSTM))
                    .inputs("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
                    .weights("W", "R", "B", "P"));

    private static final int WEIGHTS = 1;
    private static final int RECURRENT_WEIGHTS = 2;
    private static final int BIASES = 3;
    private static final int LENGTHS = 4;
    private static final int FIRST_STATE = 5;
    private static final int PEEPHOLES = 7;

    private final NodeScope s;
    private final GraphBuilder g;
    private final RecurrentCell cell;
    private final boolean batchFirst;
    private final boolean linearBeforeReset;
    private final boolean couples;
    private final Value x;
    private final int hidden;
    private final int length;

    private Recurrent(NodeScope s, RecurrentCell cell) {
        this.s = s;
        this.g = s.graph();
        this.cell = cell;
        this.batchFirst = s.flag("layout", false);
        this.linearBeforeReset = cell == RecurrentCell.GRU && s.flag("linear_before_reset", false);
        this.couples = cell == RecurrentCell.LSTM && s.flag("input_forget", false);
        this.x = batchFirst ? g.transpose(s.operand(0), List.of(1, 0, 2)) : s.operand(0);
        this.hidden = s.operand(RECURRENT_WEIGHTS).shape().size(2);
        if (!x.shape().dim(0).isKnown()) {
            throw Known.needsBatch();
        }
        this.length = x.shape().size(0);
    }

    private static List<Value> run(NodeScope s, RecurrentCell cell) {
        s.ignore("hidden_size", "output_sequence");
        return new Recurrent(s, cell).run();
    }

    private List<Value> run() {
        String direction = s.text("direction", "forward");
        List<Boolean> reversed = switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default -> throw s.refuse("the direction " + direction + " does not exist", "");
        };
        List<RecurrentFunctions.Function> functions = RecurrentFunctions.of(s, cell.activations(), reversed.size());
        int perDirection = cell.activations().size();
        List<List<Value>> results = new ArrayList<>();
        for (int d = 0; d < reversed.size(); d++) {
            List<RecurrentFunctions.Function> own = functions.subList(d * perDirection, (d + 1) * perDirection);
            results.add(direction(d, reversed.get(d), own));
        }
        List<Value> joined = new ArrayList<>();
        joined.add(sequence(results.stream().map(List::getLast).toList()));
        for (int state = 0; state < cell.states(); state++) {
            int index = state;
            joined.add(last(results.stream().map(r -> r.get(index)).toList()));
        }
        return joined;
    }

    /** Y {@code [time, directions, batch, hidden]}, with layout 1 {@code [batch, time, directions, hidden]}. */
    private Value sequence(List<Value> directions) {
        Value y = g.concat(directions.stream().map(v -> unsqueeze(v, 1)).toList(), 1);
        return batchFirst ? g.transpose(y, List.of(2, 0, 1, 3)) : y;
    }

    /** Y_h or Y_c {@code [directions, batch, hidden]}, with layout 1 {@code [batch, directions, hidden]}. */
    private Value last(List<Value> directions) {
        int axis = batchFirst ? 1 : 0;
        return g.concat(directions.stream().map(v -> unsqueeze(v, axis)).toList(), axis);
    }

    private Value unsqueeze(Value value, int axis) {
        Shape shape = value.shape();
        return g.reshape(value, shape.slice(0, axis).concat(Shape.of(1)).concat(shape.slice(axis, shape.rank())));
    }

    /** The last states, and h of each step. */
    private List<Value> direction(int d, boolean reverse, List<RecurrentFunctions.Function> functions) {
        List<Value> operands = new ArrayList<>();
        for (int state = 0; state < cell.states(); state++) {
            operands.add(initial(FIRST_STATE + state, d));
        }
        operands.add(projected(d));
        Value running = running();
        if (running != null) {
            operands.add(running);
        }
        int listed = operands.size();
        operands.add(of(RECURRENT_WEIGHTS, d));
        if (linearBeforeReset) {
            operands.add(s.has(BIASES) ? g.slice(of(BIASES, d), 0, 5 * hidden, 6 * hidden) : zeros(Shape.of(hidden)));
        }
        boolean peeps = cell == RecurrentCell.LSTM && s.has(PEEPHOLES);
        if (peeps) {
            operands.add(of(PEEPHOLES, d));
        }

        Graph body = body(operands, listed, running != null, peeps, functions);
        return g.add(new Scan(body, cell.states(), listed - cell.states(), length, reverse), operands);
    }

    /**
     * One step of one direction.
     *
     * @param operands of the scan
     * @param listed how many of them are states or have an element for each step; the last such one says which sequences
     *     run, if {@code masked}
     */
    private Graph body(
            List<Value> operands,
            int listed,
            boolean masked,
            boolean peeps,
            List<RecurrentFunctions.Function> functions) {
        GraphBuilder body = new GraphBuilder();
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            TensorSpec spec = operands.get(i).spec();
            boolean scanned = i >= cell.states() && i < listed;
            Shape shape = spec.shape();
            inputs.add(body.input("in" + i, scanned ? spec.withShape(shape.slice(1, shape.rank())) : spec));
        }
        List<Value> states = inputs.subList(0, cell.states());
        RecurrentCell.Step step = new RecurrentCell.Step(
                inputs.get(cell.states()),
                states,
                inputs.get(listed),
                linearBeforeReset ? inputs.get(listed + 1) : null,
                peeps ? inputs.getLast() : null,
                couples,
                functions);
        List<Value> next = cell.next(body, step);
        Value running = inputs.get(listed - 1);
        for (int state = 0; state < next.size(); state++) {
            Value value = next.get(state);
            body.output("state" + state, masked ? body.select(running, value, states.get(state)) : value);
        }
        Value y = next.getFirst();
        Value none = body.scalar(0, y.spec().type());
        body.output("y", masked ? body.select(running, y, none) : y);
        return body.build();
    }

    /** An operand's part for one direction, its axis 0. */
    private Value of(int operand, int direction) {
        Value all = s.operand(operand);
        Value part = g.slice(all, 0, direction, direction + 1);
        return g.reshape(part, all.shape().slice(1, all.shape().rank()));
    }

    private Value initial(int operand, int direction) {
        Shape shape = Shape.ofDims(List.of(x.shape().dim(1), Dim.of(hidden)));
        if (!s.has(operand)) {
            return zeros(shape);
        }
        Value part = g.slice(s.operand(operand), batchFirst ? 1 : 0, direction, direction + 1);
        return g.reshape(part, shape);
    }

    private Value zeros(Shape shape) {
        return g.broadcast(g.scalar(0, x.spec().type()), shape);
    }

    /** The input of every step times its weights, with the biases that do not depend on the states. */
    private Value projected(int direction) {
        Value projected = g.add(new MatMul(false, true), x, of(WEIGHTS, direction));
        if (!s.has(BIASES)) {
            return projected;
        }
        int width = cell.gates() * hidden;
        Value biases = of(BIASES, direction);
        Value recurrent = g.slice(biases, 0, width, 2 * width);
        if (linearBeforeReset) {
            recurrent = g.concat(List.of(g.slice(recurrent, 0, 0, 2 * hidden), zeros(Shape.of(hidden))), 0);
        }
        return g.add(projected, g.add(g.slice(biases, 0, 0, width), recurrent));
    }

    /** Which sequences have not ended at each step, {@code [time, batch, 1]}; null if all have the full length. */
    private @Nullable Value running() {
        boolean full = !s.has(LENGTHS)
                || s.whenKnown(LENGTHS)
                        .filter(known -> IntStream.range(0, known.size()).allMatch(i -> known.at(i) == length))
                        .isPresent();
        if (full) {
            return null;
        }
        Value lengths = g.cast(s.stored(LENGTHS), DataType.INT64);
        Value steps = g.add(new Iota(DataType.INT64, Shape.of(length, 1, 1), 0));
        return g.compare(CompareFn.LT, steps, g.reshape(lengths, lengths.shape().concat(Shape.of(1))));
    }
}
