package dev.convoy.onnx.lowering;

import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Max pooling, channels first. ONNX counts positions through the whole tensor, Convoy within the plane. Pads as large as
 * the window are written as a Pad, whose positions are then brought back to the plane without it. Integers are pooled as
 * float64, which holds every int32.
 */
final class MaxPooling {

    private MaxPooling() {}

    /**
     * @param window with explicit pads, to be rounded down
     * @return values and positions; the positions are computed only if something reads them
     */
    static List<String> lower(Emitter e, Node node, Window window) {
        Value value = node.input(0);
        DataType type = value.spec().type();
        String x = type == DataType.INT32 ? e.cast(e.of(value), DataType.FLOAT64) : e.of(value);
        boolean fits = Pooling.padsFit(window);
        Window inner = fits ? window : window.withPads(Collections.nCopies(window.rank(), 0), zeros(window));
        if (!fits) {
            x = padded(e, x, type == DataType.INT32 ? DataType.FLOAT64 : type, window);
        }
        boolean withPlaces = e.isUsed(node.outputs().get(1));
        List<String> results = e.results("MaxPool", withPlaces ? 2 : 1, Pooling.attributes(inner), List.of(x));
        String values = type == DataType.INT32 ? e.cast(results.getFirst(), type) : results.getFirst();
        if (!withPlaces) {
            return List.of(values, "");
        }
        return List.of(values, places(e, results.get(1), value.shape(), fits ? null : window));
    }

    private static List<Integer> zeros(Window window) {
        return Collections.nCopies(window.rank(), 0);
    }

    private static String padded(Emitter e, String x, DataType type, Window window) {
        List<Integer> before = new ArrayList<>(List.of(0, 0));
        List<Integer> after = new ArrayList<>(List.of(0, 0));
        before.addAll(window.padsBegin());
        after.addAll(window.padsEnd());
        return Movements.pad(e, x, type, "constant", before, after, Double.NEGATIVE_INFINITY);
    }

    /** Positions in the plane from positions in the tensor, or in the padded tensor. */
    private static String places(Emitter e, String indices, Shape shape, @Nullable Window padding) {
        if (padding == null) {
            return modulo(e, indices, Pooling.spatialElements(shape));
        }
        int rank = padding.rank();
        int plane = 1;
        for (int axis = 0; axis < rank; axis++) {
            plane *= shape.size(axis + 2) + padding.padTotal(axis);
        }
        String left = modulo(e, indices, plane);
        String place = null;
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            int extent = shape.size(axis + 2) + padding.padTotal(axis);
            String coordinate = e.op(
                    "Sub",
                    modulo(e, left, extent),
                    number(e, padding.padsBegin().get(axis)));
            String part = e.op("Mul", coordinate, number(e, stride));
            place = place == null ? part : e.op("Add", place, part);
            left = e.op("Div", left, number(e, extent));
            stride *= shape.size(axis + 2);
        }
        if (place == null) {
            throw new IllegalStateException("A window has at least one axis");
        }
        return place;
    }

    private static String modulo(Emitter e, String x, long divisor) {
        return e.op("Mod", x, number(e, divisor));
    }

    private static String number(Emitter e, long value) {
        return e.scalar(DataType.INT64, value);
    }
}
