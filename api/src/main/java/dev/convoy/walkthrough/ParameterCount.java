package dev.convoy.walkthrough;

/**
 * The number of weights and biases of a convolution.
 *
 * @param height of the kernel
 * @param width of the kernel
 * @param inputs input channels
 * @param filters output channels, each with one bias
 */
public record ParameterCount(int height, int width, int inputs, int filters) {

    public long weights() {
        return (long) height * width * inputs * filters;
    }

    public long total() {
        return weights() + filters;
    }

    /** For example {@code 3·3·1·1 + 1 = 10}. */
    public String formula() {
        return height + "·" + width + "·" + inputs + "·" + filters + " + " + filters + " = " + total();
    }
}
