package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import dev.convoy.layers.Geometry;
import dev.convoy.layers.Padding;
import dev.convoy.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A convolution (cross-correlation, as in every deep learning library) over one picture, step by step. Arguments and
 * their defaults are those of {@link dev.convoy.layers.Conv2D}; padding is zeros.
 */
public final class ConvolutionWalk implements Walkthrough {

    private final Tensor input;
    private final Tensor kernel;
    private final Geometry geometry;
    private final List<Integer> divisors;
    private final List<Double> bias;
    private final Grid grid;
    private final Window window;

    private ConvolutionWalk(Tensor input, Tensor kernel, Geometry geometry, List<Integer> divisors, List<Double> bias) {
        this.input = input;
        this.kernel = kernel;
        this.geometry = geometry;
        this.divisors = divisors;
        this.bias = bias;
        grid = new Grid(input);
        int inputs = kernel.shape().size(2);
        if (inputs != grid.channels()) {
            throw new IllegalArgumentException("The kernel has " + inputs + " channels, the input has "
                    + grid.channels() + ". Remedy: give the kernel one plane for each channel of the input");
        }
        if (bias.size() != channels()) {
            throw new IllegalArgumentException("There are " + bias.size() + " biases for " + channels()
                    + " filters. Remedy: give one bias for each filter");
        }
        if (divisors.size() != channels() || divisors.contains(0)) {
            throw new IllegalArgumentException("There are divisors " + divisors + " for " + channels()
                    + " filters. Remedy: give one for each filter, none of them 0");
        }
        window = grid.window(geometry, "kernel");
        Grid.requireModest(this);
    }

    /**
     * A convolution with stride 1, dilation 1, no padding and no bias.
     *
     * @param input {@code [h, w, c]}, finite
     * @param kernel {@code [kh, kw, c]} for one filter, or {@code [kh, kw, c, filters]}, finite
     * @throws IllegalArgumentException if shapes do not fit, a number is not finite, or the kernel is larger than the
     *     input
     */
    public static ConvolutionWalk of(Tensor input, Tensor kernel) {
        return of(input, kernel, Padding.VALID);
    }

    /**
     * As {@link #of(Tensor, Tensor)} with padding, which a kernel that is larger than the input needs from the start.
     */
    public static ConvolutionWalk of(Tensor input, Tensor kernel, Padding padding) {
        int[] sizes = kernel.shape().sizes();
        if (sizes.length < 3 || sizes.length > 4 || kernel.size() == 0) {
            throw new IllegalArgumentException(
                    "A kernel is [kh, kw, c] or [kh, kw, c, filters] and not empty, got " + kernel.spec());
        }
        int filters = sizes.length == 4 ? sizes[3] : 1;
        Tensor weights =
                Grid.requireFinite("kernel", Grid.doubles(kernel)).reshape(sizes[0], sizes[1], sizes[2], filters);
        Geometry geometry = Geometry.of(List.of(sizes[0], sizes[1])).withPadding(padding);
        return new ConvolutionWalk(
                Grid.doubles(input),
                weights,
                geometry,
                Collections.nCopies(filters, 1),
                Collections.nCopies(filters, 0.0));
    }

    private ConvolutionWalk with(Geometry newGeometry) {
        return new ConvolutionWalk(input, kernel, newGeometry, divisors, bias);
    }

    /** Steps between windows, one number for both axes or one for each; 1 by default. */
    public ConvolutionWalk strides(Integer... strides) {
        return with(geometry.withStrides(List.of(strides)));
    }

    /** Distance of neighbouring kernel elements, one number for both axes or one for each; 1 by default. */
    public ConvolutionWalk dilationRate(Integer... rate) {
        return with(geometry.withDilationRate(List.of(rate)));
    }

    /** VALID by default. */
    public ConvolutionWalk padding(Padding padding) {
        return with(geometry.withPadding(padding));
    }

    /**
     * What each filter's sums are divided by; 1 by default. A mean is written with whole weights so, 1/9 of ones, and none
     * of them is rounded.
     *
     * @throws IllegalArgumentException if there is not one for each filter, or one is 0
     */
    public ConvolutionWalk divisors(Integer... values) {
        return new ConvolutionWalk(input, kernel, geometry, List.of(values), bias);
    }

    /**
     * What is added to each filter's sums; 0 by default.
     *
     * @throws IllegalArgumentException if there is not one for each filter, or one is not finite
     */
    public ConvolutionWalk bias(Double... values) {
        Grid.requireFinite(
                "bias", Tensor.of(Stream.of(values).mapToDouble(v -> v).toArray(), values.length));
        return new ConvolutionWalk(input, kernel, geometry, divisors, List.of(values));
    }

    @Override
    public Tensor input() {
        return input;
    }

    /** The weights before the divisor, float64 {@code [kh, kw, c, filters]}. */
    public Tensor kernel() {
        return kernel;
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
        return new OutputSize(window, axis, grid.size(axis), geometry.padding().kind(), false);
    }

    @Override
    public int channels() {
        return kernel.shape().size(3);
    }

    /** Weights and biases of the layer that does this convolution. */
    public ParameterCount parameters() {
        int[] sizes = kernel.shape().sizes();
        return new ParameterCount(sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    @Override
    public ConvolutionStep step(int row, int column, int channel) {
        Grid.check(this, row, column, channel);
        Patch patch = Patch.under(window, row, column);
        List<ConvolutionStep.ChannelSum> sums = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        for (int c = 0; c < grid.channels(); c++) {
            List<ConvolutionStep.Product> products = products(patch, c, channel);
            BigDecimal sum = products.stream()
                    .map(p -> Decimals.exact(p.input()).multiply(Decimals.exact(p.weight())))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            sums.add(new ConvolutionStep.ChannelSum(products, sum.doubleValue()));
            total = total.add(sum);
        }
        int divisor = divisors.get(channel);
        double added = bias.get(channel);
        double value =
                Decimals.quotient(total, divisor).add(Decimals.exact(added)).doubleValue();
        return new ConvolutionStep(row, column, channel, patch, sums, divisor, added, value);
    }

    private List<ConvolutionStep.Product> products(Patch patch, int channel, int filter) {
        List<ConvolutionStep.Product> products = new ArrayList<>();
        for (int i = 0; i < patch.rows().size(); i++) {
            for (int j = 0; j < patch.columns().size(); j++) {
                int row = patch.rows().get(i);
                int column = patch.columns().get(j);
                double value = grid.has(row, column) ? grid.get(row, column, channel) : 0;
                products.add(new ConvolutionStep.Product(row, column, value, weight(i, j, channel, filter)));
            }
        }
        return products;
    }

    private double weight(int i, int j, int channel, int filter) {
        int[] sizes = kernel.shape().sizes();
        return kernel.doubles()[((i * sizes[1] + j) * sizes[2] + channel) * sizes[3] + filter];
    }
}
