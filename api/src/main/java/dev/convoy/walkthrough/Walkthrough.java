package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A convolution or pooling over one picture, step by step. Nothing is worked out before it is asked for, so that a step of
 * a large picture costs no more than one of a small.
 *
 * <pre>{@code
 * Walkthrough walk = ConvolutionWalk.of(Matrices.parse("2 4 5; 3 1 2; 2 3 1"), Matrices.parse("1 2; 0 1"));
 * walk.steps().map(Step::equation).forEach(System.out::println);
 * }</pre>
 */
public sealed interface Walkthrough permits ConvolutionWalk, PoolingWalk {

    /** The picture, float64 {@code [h, w, c]}. */
    Tensor input();

    /** The window with its pads as numbers. */
    Window window();

    /** Rows of the result. */
    OutputSize height();

    /** Columns of the result. */
    OutputSize width();

    /** Channels of the result. */
    int channels();

    /**
     * The calculation of one element of the result.
     *
     * @throws IndexOutOfBoundsException if the result has no such element
     */
    Step step(int row, int column, int channel);

    /** The number of steps, which is that of the result's elements. */
    default int count() {
        return Math.multiplyExact(Math.multiplyExact(height().value(), width().value()), channels());
    }

    /**
     * A step in the order in which one does them by hand: channel by channel of the result, in each from left to right
     * and row by row.
     *
     * @param index from 0 to {@link #count()} - 1
     */
    default Step step(int index) {
        int columns = width().value();
        int area = height().value() * columns;
        return step(index % area / columns, index % columns, index / area);
    }

    /** All steps in that order. */
    default Stream<Step> steps() {
        return IntStream.range(0, count()).mapToObj(this::step);
    }

    /** The result, float64 {@code [h, w, c]}. */
    default Tensor output() {
        double[] values = new double[count()];
        steps().forEach(step ->
                values[(step.row() * width().value() + step.column()) * channels() + step.channel()] = step.value());
        return Tensor.of(values, height().value(), width().value(), channels());
    }
}
