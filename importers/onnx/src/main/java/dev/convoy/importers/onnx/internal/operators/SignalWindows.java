package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;

/** Windows of signals: {@code a0 - a1 cos(2πi/n) + a2 cos(4πi/n)}. */
final class SignalWindows {

    static final List<OnnxOperator> ALL = List.of(
            window("HannWindow", 0.5, 0.5, 0),
            window("HammingWindow", 25 / 46.0, 21 / 46.0, 0),
            window("BlackmanWindow", 0.42, 0.5, 0.08));

    private SignalWindows() {}

    private static OnnxOperator window(String opType, double a0, double a1, double a2) {
        return OnnxOperator.one(opType, s -> window(s, a0, a1, a2))
                .inputs("size")
                .known("size");
    }

    private static Value window(NodeScope s, double a0, double a1, double a2) {
        int size = Math.toIntExact(s.known(0).integer());
        DataType type = Casts.type(s, s.number("output_datatype", 1));
        int period = s.flag("periodic", true) ? size : size - 1;
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double angle = 2 * Math.PI * i / period;
            values[i] = a0 - a1 * Math.cos(angle) + a2 * Math.cos(2 * angle);
        }
        return s.graph().cast(s.graph().constant(Tensor.of(values, size)), type);
    }
}
