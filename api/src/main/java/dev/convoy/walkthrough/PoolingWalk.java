package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import dev.convoy.layers.Geometry;
import dev.convoy.layers.Padding;
import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.PoolingStep.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A max or average pooling over one picture, step by step; each channel for itself. Arguments and their defaults are those
 * of {@link dev.convoy.layers.MaxPooling2D} and {@link dev.convoy.layers.AveragePooling2D}: a maximum never takes padding,
 * a mean does not count it.
 */
public final class PoolingWalk implements Walkthrough {

    private final Tensor input;
    private final Kind kind;
    private final Geometry geometry;
    private final boolean ceilMode;
    private final Grid grid;
    private final Window window;

    private PoolingWalk(Tensor input, Kind kind, Geometry geometry, boolean ceilMode) {
        this.input = input;
        this.kind = kind;
        this.geometry = geometry;
        this.ceilMode = ceilMode;
        grid = new Grid(input);
        window = grid.window(geometry, "pool");
        Grid.requireModest(this);
        for (OutputSize size : List.of(height(), width())) {
            for (int position = 0; position < size.value(); position++) {
                if (!window.meets(size.axis(), size.input(), position)) {
                    throw new IllegalArgumentException("Under window " + position + " along the "
                            + (size.axis() == 0 ? "height" : "width")
                            + " there is nothing but padding. Remedy: take less padding or a larger pool");
                }
            }
        }
    }

    /**
     * A pooling whose stride is the size of the pool, without padding.
     *
     * @param input {@code [h, w, c]}, finite
     * @param poolSize one number for both axes or one for each
     * @throws IllegalArgumentException if the input has another rank, holds a number that is not finite, or is smaller
     *     than the pool
     */
    public static PoolingWalk of(Kind kind, Tensor input, Integer... poolSize) {
        return of(kind, input, Padding.VALID, poolSize);
    }

    /** As {@link #of(Kind, Tensor, Integer...)} with padding, which a pool larger than the input needs from the start. */
    public static PoolingWalk of(Kind kind, Tensor input, Padding padding, Integer... poolSize) {
        List<Integer> size = Geometry.spread(List.of(poolSize), 2);
        return new PoolingWalk(
                Grid.doubles(input), kind, Geometry.of(size).withStrides(size).withPadding(padding), false);
    }

    /** Steps between windows, one number for both axes or one for each; the pool size by default. */
    public PoolingWalk strides(Integer... strides) {
        return new PoolingWalk(input, kind, geometry.withStrides(List.of(strides)), ceilMode);
    }

    /** VALID by default. */
    public PoolingWalk padding(Padding padding) {
        return new PoolingWalk(input, kind, geometry.withPadding(padding), ceilMode);
    }

    /** Whether the number of windows is rounded up, so that the last may be partial; false by default. */
    public PoolingWalk ceilMode(boolean value) {
        return new PoolingWalk(input, kind, geometry, value);
    }

    @Override
    public Tensor input() {
        return input;
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public OutputSize height() {
        return size(0);
    }

    @Override
    public OutputSize width() {
        return size(1);
    }

    private OutputSize size(int axis) {
        return new OutputSize(window, axis, grid.size(axis), geometry.padding().kind(), ceilMode);
    }

    @Override
    public int channels() {
        return grid.channels();
    }

    @Override
    public PoolingStep step(int row, int column, int channel) {
        Grid.check(this, row, column, channel);
        Patch patch = Patch.under(window, row, column);
        List<Double> values = new ArrayList<>();
        for (int r : patch.rows()) {
            for (int c : patch.columns()) {
                if (grid.has(r, c)) {
                    values.add(grid.get(r, c, channel));
                }
            }
        }
        BigDecimal sum = values.stream().map(Decimals::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
        double value = switch (kind) {
            case MAX -> values.stream().mapToDouble(v -> v).max().orElseThrow();
            case AVERAGE -> Decimals.quotient(sum, values.size()).doubleValue();
        };
        return new PoolingStep(row, column, channel, patch, kind, values, sum.doubleValue(), value);
    }
}
