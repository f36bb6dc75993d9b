package dev.convoy.onnx.lowering;

import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in types for which ONNX Runtime has no Conv: for each place of the window one matrix product of the
 * kernel there with the data shifted there, all added up.
 */
final class ShiftedProducts {

    private final Emitter e;
    private final Window window;
    private final int groups;
    private final Shape result;

    private ShiftedProducts(Emitter e, Window window, int groups, Shape result) {
        this.e = e;
        this.window = window;
        this.groups = groups;
        this.result = result;
    }

    static String lower(Emitter e, Value data, Value kernel, Window window, int groups, Shape result) {
        return new ShiftedProducts(e, window, groups, result).sum(data, kernel);
    }

    private String sum(Value data, Value kernel) {
        String padded = Movements.pad(
                e,
                e.of(data),
                data.spec().type(),
                "constant",
                spatially(0, window.padsBegin()),
                spatially(0, window.padsEnd()),
                0);
        int inputs = data.shape().size(1) / groups;
        int outputs = result.size(1) / groups;
        int places = 1;
        for (Dim dim : result.slice(2, result.rank()).dims()) {
            places *= dim.size();
        }
        Shape matrix = Shape.of(1, groups, outputs, inputs);
        Shape columns = Shape.ofDims(List.of(result.dim(0), Dim.of(groups), Dim.of(inputs), Dim.of(places)));
        String sum = null;
        for (int place = 0; place < window.elements(); place++) {
            List<Integer> at = coordinates(place);
            String weights = e.reshape(slice(e.of(kernel), at, end(at, null), null), matrix);
            List<Integer> start = new ArrayList<>();
            for (int axis = 0; axis < window.rank(); axis++) {
                start.add(at.get(axis) * window.dilations().get(axis));
            }
            String shifted = slice(padded, start, end(start, result), window.strides());
            String product = e.op("MatMul", weights, e.reshape(shifted, columns));
            sum = sum == null ? product : e.op("Add", sum, product);
        }
        if (sum == null) {
            throw new IllegalStateException("A window has at least one element");
        }
        return e.reshape(sum, result);
    }

    private List<Integer> coordinates(int place) {
        List<Integer> at = new ArrayList<>();
        int left = place;
        for (int axis = window.rank() - 1; axis >= 0; axis--) {
            at.addFirst(left % window.size().get(axis));
            left /= window.size().get(axis);
        }
        return at;
    }

    /** The end of one element, or of as many steps of the stride as the result is long. */
    private List<Integer> end(List<Integer> start, @Nullable Shape steps) {
        List<Integer> ends = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            int last = steps == null
                    ? 0
                    : (steps.size(axis + 2) - 1) * window.strides().get(axis);
            ends.add(start.get(axis) + last + 1);
        }
        return ends;
    }

    private String slice(String x, List<Integer> start, List<Integer> end, @Nullable List<Integer> steps) {
        List<Integer> axes = new ArrayList<>();
        List<Integer> ones = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            axes.add(axis + 2);
            ones.add(1);
        }
        return e.op("Slice", x, e.longs(start), e.longs(end), e.longs(axes), e.longs(steps == null ? ones : steps));
    }

    private static List<Integer> spatially(int others, List<Integer> values) {
        List<Integer> all = new ArrayList<>(List.of(others, others));
        all.addAll(values);
        return all;
    }
}
