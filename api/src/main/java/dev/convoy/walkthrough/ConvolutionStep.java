package dev.convoy.walkthrough;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One sum of products of a convolution.
 *
 * @param row of the result
 * @param column of the result
 * @param channel of the result, which is the number of the filter
 * @param patch the part of the input under the kernel
 * @param sums one for each input channel
 * @param divisor what they are divided by; 1 if the filter has none
 * @param bias what is then added; 0 if the filter has none
 * @param value sums, divisor and bias together, exact (but for a division that does not end) before the one rounding to a
 *     double
 */
public record ConvolutionStep(
        int row, int column, int channel, Patch patch, List<ChannelSum> sums, int divisor, double bias, double value)
        implements Step {

    public ConvolutionStep {
        sums = List.copyOf(sums);
    }

    /**
     * An element of the input times the weight that lies on it.
     *
     * @param row of the input; outside of it in the padding
     * @param column of the input; outside of it in the padding
     * @param input the element, 0 in the padding
     * @param weight the kernel's element
     */
    public record Product(int row, int column, double input, double weight) {

        /** For example {@code (2×1)}. */
        @Override
        public String toString() {
            return "(" + Decimals.shortest(input) + "×" + Decimals.shortest(weight) + ")";
        }
    }

    /**
     * The products in one input channel.
     *
     * @param products from left to right, row by row
     * @param sum of the products
     */
    public record ChannelSum(List<Product> products, double sum) {

        public ChannelSum {
            products = List.copyOf(products);
        }

        /** The products as a sum, {@code (2×1)+(4×2)}. */
        public String terms() {
            return products.stream().map(Product::toString).collect(Collectors.joining("+"));
        }

        /** For example {@code (2×1)+(4×2) = 10}. */
        public String equation() {
            return terms() + " = " + Decimals.shortest(sum);
        }
    }

    /**
     * The products and their sum; with several input channels the sums of each, {@code 7 + 5 + 7 = 19}, whose products
     * are in {@link ChannelSum#equation()}.
     */
    @Override
    public String equation() {
        String terms = sums.size() == 1
                ? sums.getFirst().terms()
                : Decimals.sum(sums.stream().map(ChannelSum::sum).toList(), number -> " + " + number);
        String biased = bias == 0 ? "" : " + " + Decimals.operand(bias);
        String divided = divisor == 1 ? terms : "(" + terms + ")/" + divisor;
        return divided + biased + " = " + Decimals.shortest(value);
    }
}
