package dev.convoy.conformance.rules;

import static dev.convoy.conformance.rules.Violation.bool;
import static dev.convoy.conformance.rules.Violation.f32;
import static dev.convoy.conformance.rules.Violation.i32;
import static dev.convoy.conformance.rules.Violation.i64;
import static dev.convoy.conformance.rules.Violation.of;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.graph.Window;
import java.util.List;
import java.util.stream.Stream;

/** Violations of windows, contractions and pooling. */
final class WindowViolations {

    private static final Window TWO = Window.of(2, 2);
    private static final List<Integer> ONE = List.of(1);

    private WindowViolations() {}

    static Stream<Violation> all() {
        return Stream.of(windows(), contractions(), gradients(), pooling()).flatMap(violations -> violations);
    }

    private static Stream<Violation> windows() {
        return Stream.of(
                of("window.W1", "no axis", () -> Window.of()),
                of("window.W1", "four axes", () -> Window.of(1, 1, 1, 1)),
                of("window.W1", "an entry too few", () -> TWO.withStrides(1)),
                of("window.W2", "stride 0", () -> TWO.withStrides(0, 1)),
                of("window.W2", "dilation 0", () -> TWO.withDilations(1, 0)),
                of("window.W2", "size 0", () -> Window.of(0)),
                of("window.W3", "negative pad", () -> TWO.withPads(List.of(0, 0), List.of(0, -1))));
    }

    private static Stream<Violation> contractions() {
        MatMul product = new MatMul(false, false);
        Convolution conv = new Convolution(TWO, 1, CHANNELS_LAST);
        Convolution grouped = new Convolution(TWO, 2, CHANNELS_LAST);
        return Stream.of(
                of("C1", "different types", product, f32(2, 2), i32(2, 2)),
                of("C1", "int64", product, i64(2, 2), i64(2, 2)),
                of("C1", "bool", product, bool(2, 2), bool(2, 2)),
                of("C2", "a vector", product, f32(2, 2), f32(2)),
                of("C3", "3 against 4", product, f32(2, 3), f32(4, 2)),
                of("C3", "3 against 4, transposed", new MatMul(true, true), f32(3, 2), f32(2, 4)),
                of("C4", "batches of 2 and 3", product, f32(2, 1, 2), f32(3, 2, 1)),
                of("C1", "one operand", conv, f32(1, 4, 4, 1)),
                of("C1", "int64", conv, i64(1, 4, 4, 1), i64(2, 2, 1, 1)),
                of("C2", "data of rank 3", conv, f32(4, 4, 1), f32(2, 2, 1, 1)),
                of("C2", "kernel of rank 3", conv, f32(1, 4, 4, 1), f32(2, 1, 1)),
                of("C3", "3 channels against 2", conv, f32(1, 4, 4, 3), f32(2, 2, 2, 1)),
                of("C3", "3 channels in 2 groups", grouped, f32(1, 4, 4, 3), f32(2, 2, 1, 2)),
                of("convolution.C4", "no groups", () -> new Convolution(TWO, 0, CHANNELS_LAST)),
                of("C4", "3 outputs in 2 groups", grouped, f32(1, 4, 4, 2), f32(2, 2, 1, 3)),
                of("C5", "kernel of another size", conv, f32(1, 4, 4, 1), f32(3, 2, 1, 1)),
                of(
                        "C5",
                        "kernel in another layout",
                        new Convolution(TWO, 1, CHANNELS_FIRST),
                        f32(1, 1, 4, 4),
                        f32(1, 1, 2, 3)),
                of("C6", "window larger than the data", conv, f32(1, 1, 4, 1), f32(2, 2, 1, 1)));
    }

    private static Stream<Violation> gradients() {
        ConvInputGrad input = new ConvInputGrad(TWO, 1, CHANNELS_LAST, List.of(4, 4));
        ConvInputGrad grouped = new ConvInputGrad(TWO, 2, CHANNELS_LAST, List.of(4, 4));
        ConvFilterGrad filter = new ConvFilterGrad(TWO, 1, CHANNELS_LAST);
        return Stream.of(
                of("C1", "int32", input, i32(1, 3, 3, 1), i32(2, 2, 1, 1)),
                of("C2", "gradient of rank 3", input, f32(3, 3, 1), f32(2, 2, 1, 1)),
                of("conv_input_grad.C3", "no groups", () -> new ConvInputGrad(TWO, 0, CHANNELS_LAST, List.of(4, 4))),
                of("C3", "2 channels against 1", input, f32(1, 3, 3, 2), f32(2, 2, 1, 1)),
                of("C3", "3 outputs in 2 groups", grouped, f32(1, 3, 3, 3), f32(2, 2, 1, 3)),
                of("C5", "kernel of another size", input, f32(1, 3, 3, 1), f32(2, 3, 1, 1)),
                of("conv_input_grad.C6", "a size too few", () -> new ConvInputGrad(TWO, 1, CHANNELS_LAST, ONE)),
                of("C6", "gradient of another size", input, f32(1, 3, 4, 1), f32(2, 2, 1, 1)),
                of("C1", "int32", filter, i32(1, 4, 4, 1), i32(1, 3, 3, 1)),
                of("C2", "data of rank 3", filter, f32(4, 4, 1), f32(1, 3, 3, 1)),
                of("conv_filter_grad.C3", "no groups", () -> new ConvFilterGrad(TWO, 0, CHANNELS_LAST)),
                of(
                        "C3",
                        "3 channels in 2 groups",
                        new ConvFilterGrad(TWO, 2, CHANNELS_LAST),
                        f32(1, 4, 4, 3),
                        f32(1, 3, 3, 2)),
                of("C4", "another number of images", filter, f32(1, 4, 4, 1), f32(2, 3, 3, 1)),
                of("C6", "gradient of another size", filter, f32(1, 4, 4, 1), f32(1, 3, 4, 1)));
    }

    private static Stream<Violation> pooling() {
        MaxPool max = new MaxPool(TWO, false, CHANNELS_LAST);
        AvgPool average = new AvgPool(TWO, false, false, 0, CHANNELS_LAST);
        MaxPoolGrad maxGrad = new MaxPoolGrad(CHANNELS_LAST, List.of(4, 4));
        AvgPoolGrad averageGrad = new AvgPoolGrad(average, List.of(4, 4));
        Window padded = Window.of(2).withPads(2);
        Window around = Window.of(2).withDilations(3).withPads(1);
        return Stream.of(
                of("C1", "int64", max, i64(1, 4, 4, 1)),
                of("C2", "rank 3", max, f32(4, 4, 1)),
                of("C3", "a window of padding", new MaxPool(padded, false, CHANNELS_LAST), f32(1, 4, 1)),
                of("C3", "a window around the data", new MaxPool(around, false, CHANNELS_LAST), f32(1, 2, 1)),
                of("C4", "window larger than the data", max, f32(1, 1, 4, 1)),
                of("C1", "int32", average, i32(1, 4, 4, 1)),
                of("C2", "rank 5", average, f32(1, 4, 4, 4, 1)),
                of("C3", "a window of padding", new AvgPool(padded, false, true, 0, CHANNELS_LAST), f32(1, 4, 1)),
                of("C4", "window larger than the data", average, f32(1, 4, 1, 1)),
                of("avg_pool.C5", "negative divisor", () -> new AvgPool(TWO, false, false, -1, CHANNELS_LAST)),
                of("C1", "gradient of int32", maxGrad, i32(1, 2, 2, 1), i64(1, 2, 2, 1)),
                of("C1", "indices of int32", maxGrad, f32(1, 2, 2, 1), i32(1, 2, 2, 1)),
                of("C2", "indices of another shape", maxGrad, f32(1, 2, 2, 1), i64(1, 2, 1, 1)),
                of("C2", "rank 3", maxGrad, f32(1, 2, 1), i64(1, 2, 1)),
                of("C1", "int32", averageGrad, i32(1, 3, 3, 1)),
                of("C2", "rank 3", averageGrad, f32(3, 3, 1)),
                of("avg_pool_grad.C4", "a size too few", () -> new AvgPoolGrad(average, ONE)),
                of("C4", "gradient of another size", averageGrad, f32(1, 3, 4, 1)));
    }
}
