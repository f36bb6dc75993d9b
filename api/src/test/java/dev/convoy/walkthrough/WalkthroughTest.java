package dev.convoy.walkthrough;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Padding;
import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.PoolingStep.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers are worked out by hand. */
class WalkthroughTest {

    private static final Tensor NINE = Matrices.parse("1 2 3; 4 5 6; 7 8 9");

    @Test
    void sumsAreExact() {
        ConvolutionWalk walk = ConvolutionWalk.of(Matrices.parse("0.1 0.2 0.3"), Matrices.parse("1 1 -1"));
        assertEquals("(0.1×1)+(0.2×1)+(0.3×-1) = 0", walk.step(0).equation());
        assertEquals(0.0, walk.step(0).value());
    }

    @Test
    void floatsStandForTheirOwnDecimals() {
        Tensor picture = Tensor.of(new float[] {0.1f, 0.2f}, 1, 2, 1);
        assertEquals(
                "(0.1×1)+(0.2×1) = 0.3",
                ConvolutionWalk.of(picture, Matrices.parse("1 1")).step(0).equation());
    }

    @Test
    void biasesAreAdded() {
        Tensor kernels = Matrices.filters(List.of(Matrices.parse("1 0; 0 1"), Matrices.parse("0 1; 1 0")));
        ConvolutionWalk walk = ConvolutionWalk.of(NINE, kernels).bias(0.5, -1.0);
        assertEquals("(1×1)+(2×0)+(4×0)+(5×1) + 0.5 = 6.5", walk.step(0, 0, 0).equation());
        assertEquals("(5×0)+(6×1)+(8×1)+(9×0) + (-1) = 13", walk.step(1, 1, 1).equation());
        assertEquals("2·2·1·2 + 2 = 10", walk.parameters().formula());
        assertArrayEquals(
                new double[] {6.5, 5, 8.5, 7, 12.5, 11, 14.5, 13}, walk.output().doubles());
    }

    @Test
    void blursAreFractions() {
        ConvolutionWalk walk = ConvolutionWalk.of(NINE, ImageKernel.BOX_BLUR.entries())
                .divisors(ImageKernel.BOX_BLUR.divisor())
                .bias(1.0);
        assertEquals(
                "((1×1)+(2×1)+(3×1)+(4×1)+(5×1)+(6×1)+(7×1)+(8×1)+(9×1))/9 + 1 = 6",
                walk.step(0).equation());
        assertRefused(
                "There are divisors [0] for 1 filters. Remedy: give one for each filter, none of them 0",
                () -> walk.divisors(0));
    }

    @Test
    void dilationSpreadsTheKernel() {
        ConvolutionWalk walk =
                ConvolutionWalk.of(NINE, Matrices.parse("1 2; 3 4")).dilationRate(2);
        assertEquals("(1×1)+(3×2)+(7×3)+(9×4) = 64", walk.step(0).equation());
        assertEquals("rows 0, 2, columns 0, 2", walk.step(0).patch().toString());
        assertEquals("floor((3 + 2·0 - 3)/1) + 1 = 1", walk.height().formula());
        assertEquals("2·(2 - 1) + 1 = 3", walk.height().extent());
    }

    @Test
    void sameNamesItsPads() {
        ConvolutionWalk walk = ConvolutionWalk.of(
                        Matrices.parse("1 2 3 4; 5 6 7 8"), Matrices.parse("1 1 1; 1 1 1"), Padding.SAME)
                .strides(1, 2);
        assertEquals("ceil(4/2) = 2", walk.width().formula());
        assertEquals(
                "max((2 - 1)·2 + 3 - 4, 0) = 1, 0 before and 1 after",
                walk.width().samePads());
        assertEquals(
                "max((2 - 1)·1 + 2 - 2, 0) = 1, 0 before and 1 after",
                walk.height().samePads());
        assertEquals(
                "(7×1)+(8×1)+(0×1)+(0×1)+(0×1)+(0×1) = 15", walk.step(1, 1, 0).equation());
        assertEquals("rows 1..2, columns 2..4", walk.step(1, 1, 0).patch().toString());
    }

    @Test
    void unevenPadsStandInTheFormula() {
        ConvolutionWalk walk =
                ConvolutionWalk.of(NINE, Matrices.parse("1 1; 1 1"), Padding.of(List.of(1, 0), List.of(0, 2)));
        assertEquals("floor((3 + 1 + 0 - 2)/1) + 1 = 3", walk.height().formula());
        assertEquals("floor((3 + 0 + 2 - 2)/1) + 1 = 4", walk.width().formula());
        assertEquals("rows -1..0, columns 0..1", walk.step(0).patch().toString());
        assertEquals(3, walk.step(0).value());
    }

    @Test
    void partialWindowsDivideByWhatTheyHold() {
        PoolingWalk walk = PoolingWalk.of(Kind.AVERAGE, NINE, 2).ceilMode(true);
        assertEquals("ceil((3 + 2·0 - 2)/2) + 1 = 2", walk.height().formula());
        assertEquals("average(1, 2, 4, 5) = 12/4 = 3", walk.step(0).equation());
        assertEquals("average(3, 6) = 9/2 = 4.5", walk.step(1).equation());
        assertEquals("average(9) = 9/1 = 9", walk.step(3).equation());
    }

    @Test
    void windowsThatStartInThePaddingBehindAreDropped() {
        // ceil((3 + 2 - 1)/3) + 1 would be 3, and the third window would start at 5, behind the 3 + 1 in front of it.
        PoolingWalk walk =
                PoolingWalk.of(Kind.MAX, NINE, Padding.of(1), 2).strides(3).ceilMode(true);
        assertEquals("ceil((3 + 2·1 - 2)/3) + 1 = 2", walk.height().formula());
        PoolingWalk dropped = PoolingWalk.of(Kind.MAX, NINE, Padding.of(List.of(0), List.of(1)), 2)
                .strides(3)
                .ceilMode(true);
        assertEquals("ceil((3 + 0 + 1 - 2)/3) + 1 - 1 = 1", dropped.height().formula());
    }

    @Test
    void maximaNeverTakePadding() {
        PoolingWalk walk = PoolingWalk.of(Kind.MAX, Matrices.parse("-1 -2; -3 -4"), Padding.of(1), 2);
        assertEquals("max(-1) = -1", walk.step(0).equation());
        assertEquals("max(-4) = -4", walk.step(3).equation());
    }

    @Test
    void thirdsAreRounded() {
        PoolingWalk walk = PoolingWalk.of(Kind.AVERAGE, Matrices.parse("1 2 7"), 1, 3);
        assertEquals(
                "average(1, 2, 7) = 10/3 = 3.3333333333333335", walk.step(0).equation());
    }

    @Test
    void numbersAreShort() {
        assertEquals("24", Decimals.shortest(24));
        assertEquals("0", Decimals.shortest(-0.0));
        assertEquals("100000", Decimals.shortest(1e5));
        assertEquals("-0.001", Decimals.shortest(-0.001));
        assertEquals("1.0E-9", Decimals.shortest(1e-9));
        assertEquals("1.5E300", Decimals.shortest(1.5e300));
    }

    @Test
    void misfitsAreRefused() {
        Tensor four = Matrices.parse("1 1 1 1; 1 1 1 1; 1 1 1 1; 1 1 1 1");
        assertRefused(
                "The kernel of 4×4 is larger than the input of 3×3. Remedy: take a smaller kernel, or more padding,"
                        + " 'same' for example",
                () -> ConvolutionWalk.of(NINE, four));
        assertRefused(
                "The kernel of 2×2, which dilation spreads over 6×6, is larger than the input of 3×3, which padding"
                        + " makes 5×5. Remedy: take a smaller kernel, or more padding, 'same' for example",
                () -> ConvolutionWalk.of(NINE, Matrices.parse("1 1; 1 1"), Padding.of(1))
                        .dilationRate(5));
        assertRefused(
                "The kernel has 2 channels, the input has 1. Remedy: give the kernel one plane for each channel of the"
                        + " input",
                () -> ConvolutionWalk.of(NINE, Matrices.parse("1|1")));
        assertRefused(
                "There are 2 biases for 1 filters. Remedy: give one bias for each filter",
                () -> ConvolutionWalk.of(NINE, Matrices.parse("1")).bias(1.0, 2.0));
        assertRefused(
                "A walkthrough takes finite numbers, the input holds NaN",
                () -> ConvolutionWalk.of(Tensor.of(new double[] {Double.NaN}, 1, 1, 1), Matrices.parse("1")));
        assertRefused(
                "Under window 0 along the height there is nothing but padding. Remedy: take less padding or a larger"
                        + " pool",
                () -> PoolingWalk.of(Kind.MAX, NINE, Padding.of(2), 2));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> ConvolutionWalk.of(NINE, NINE).step(0, 1, 0));
    }

    static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, refused.getMessage());
    }

    @Test
    void patchesKnowWhatTheyCover() {
        Patch patch = ConvolutionWalk.of(NINE, Matrices.parse("1 2; 3 4"))
                .step(1, 0, 0)
                .patch();
        assertTrue(patch.covers(2, 1));
        assertTrue(!patch.covers(0, 0));
    }
}
