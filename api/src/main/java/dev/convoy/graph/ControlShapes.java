package dev.convoy.graph;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules of {@link ControlOp}. */
final class ControlShapes {

    private ControlShapes() {}

    static List<TensorSpec> infer(ControlOp op, List<TensorSpec> inputs, Check check) {
        return switch (op) {
            case ControlOp.Scan scan -> scan(scan, inputs, check);
        };
    }

    private static List<TensorSpec> scan(ControlOp.Scan op, List<TensorSpec> inputs, Check check) {
        Graph body = op.body();
        List<TensorSpec> takes = Value.specs(body.inputs().values());
        List<TensorSpec> gives = Value.specs(body.outputs().values());
        int listed = op.carried() + op.scanned();
        check.that(
                takes.size() == inputs.size() && inputs.size() >= listed,
                "C1",
                "the body has as many inputs as the op has operands",
                takes.size(),
                inputs.size());
        check.that(
                gives.size() >= op.carried(),
                "C1",
                "the body gives all carried values",
                ">= " + op.carried(),
                gives.size());
        check.that(
                body.parameters().isEmpty() && body.updates().isEmpty(),
                "C1",
                "the body has neither parameters nor updates",
                "none",
                body.parameters().keySet());
        for (int i = 0; i < inputs.size(); i++) {
            TensorSpec given = inputs.get(i);
            if (i >= op.carried() && i < listed) {
                boolean sliced =
                        given.shape().rank() >= 1 && given.shape().dim(0).equals(Dim.of(op.length()));
                check.that(
                        sliced,
                        "C2",
                        "scanned operand " + i + " has " + op.length() + " elements along axis 0",
                        op.length(),
                        given.shape());
                given = given.withShape(given.shape().slice(1, given.shape().rank()));
            }
            check.that(
                    takes.get(i).equals(given),
                    "C3",
                    "the body's input " + i + " fits its operand",
                    takes.get(i),
                    given);
        }
        List<TensorSpec> results = new ArrayList<>();
        for (int i = 0; i < gives.size(); i++) {
            TensorSpec given = gives.get(i);
            if (i < op.carried()) {
                check.that(
                        given.equals(takes.get(i)),
                        "C4",
                        "carried value " + i + " keeps its type and shape",
                        takes.get(i),
                        given);
                results.add(given);
            } else {
                results.add(given.withShape(given.shape().prepend(Dim.of(op.length()))));
            }
        }
        return results;
    }
}
