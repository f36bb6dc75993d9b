package dev.convoy.conformance.reference;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The meaning of {@link ControlOp}. */
final class ControlReference {

    private ControlReference() {}

    static List<Tensor> run(ControlOp.Scan op, List<Tensor> operands, List<TensorSpec> specs) {
        Graph body = op.body();
        List<String> takes = List.copyOf(body.inputs().keySet());
        List<Tensor> carried = new ArrayList<>(operands.subList(0, op.carried()));
        List<Tensor> stacked = new ArrayList<>();
        for (TensorSpec spec : specs.subList(op.carried(), specs.size())) {
            stacked.add(Tensor.zeros(spec));
        }
        for (int run = 0; run < op.length(); run++) {
            int element = op.reverse() ? op.length() - 1 - run : run;
            Map<String, Tensor> inputs = new HashMap<>();
            for (int i = 0; i < operands.size(); i++) {
                Tensor operand = operands.get(i);
                boolean isScanned = i >= op.carried() && i < op.carried() + op.scanned();
                inputs.put(
                        takes.get(i),
                        i < op.carried() ? carried.get(i) : isScanned ? slice(operand, element) : operand);
            }
            List<Tensor> results = List.copyOf(ReferenceInterpreter.run(body, inputs, Parameters.empty())
                    .outputs()
                    .values());
            for (int i = 0; i < results.size(); i++) {
                Tensor result = results.get(i);
                if (i < op.carried()) {
                    carried.set(i, result);
                } else {
                    Object target = stacked.get(i - op.carried()).array();
                    System.arraycopy(result.array(), 0, target, element * result.size(), result.size());
                }
            }
        }
        carried.addAll(stacked);
        return carried;
    }

    private static Tensor slice(Tensor x, int element) {
        Shape shape = x.shape().slice(1, x.shape().rank());
        int size = Math.toIntExact(shape.elements());
        Object elements = x.type().storage().newArray(size);
        System.arraycopy(x.array(), element * size, elements, 0, size);
        return Tensor.wrap(x.spec().withShape(shape), elements);
    }
}
