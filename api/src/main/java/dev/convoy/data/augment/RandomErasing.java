package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * Erases a rectangle (Keras {@code RandomErasing}; Zhong et al., Random Erasing Data Augmentation, 2017). The sides are
 * the square roots of two numbers drawn from {@code scale}, as shares of the picture's sides.
 *
 * @param factor from which the probability of erasing is drawn, 0 to 1; by default 0 to 1, as in Keras, so that half of
 *     the pictures are changed
 * @param scale 0 to 1; by default 0.02 to 0.33
 * @param fillValue what is written, one number or one for each channel; by default none: normal noise with the deviation
 *     {@code valueRange.high()}. Either is clipped to the range
 * @param valueRange of the pixels
 */
public record RandomErasing(Factor factor, Factor scale, List<Double> fillValue, ValueRange valueRange)
        implements Augmentation {

    /**
     * @throws IllegalArgumentException if factor or scale is out of range
     */
    public RandomErasing {
        factor.within("RandomErasing: factor", 0, 1);
        scale.within("RandomErasing: scale", 0, 1);
        fillValue = List.copyOf(fillValue);
    }

    public static RandomErasing of(ValueRange valueRange) {
        return new RandomErasing(new Factor(0, 1), new Factor(0.02, 0.33), List.of(), valueRange);
    }

    /** Erases with exactly this probability. */
    public RandomErasing probability(double value) {
        return factor(new Factor(value, value));
    }

    public RandomErasing factor(Factor value) {
        return new RandomErasing(value, scale, fillValue, valueRange);
    }

    public RandomErasing scale(Factor value) {
        return new RandomErasing(factor, value, fillValue, valueRange);
    }

    public RandomErasing fillValue(Double... values) {
        return new RandomErasing(factor, scale, List.of(values), valueRange);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomErasing", picture);
        if (fillValue.size() > 1 && fillValue.size() != size.channels()) {
            throw new IllegalArgumentException(
                    "RandomErasing: the fill value is one number or one for each channel; got " + fillValue.size()
                            + " for " + picture.spec());
        }
        if (random.uniform(0) >= factor.at(random.uniform(1))) {
            return picture;
        }
        Span across = span(random.uniform(2), random.uniform(3), size.width());
        Span down = span(random.uniform(4), random.uniform(5), size.height());
        SplitMix64 noise = random.stream("fill");
        float[] pixels = picture.floats().clone();
        for (int y = down.start(); y < down.end(); y++) {
            for (int x = across.start(); x < across.end(); x++) {
                for (int c = 0; c < size.channels(); c++) {
                    int at = (y * size.width() + x) * size.channels() + c;
                    pixels[at] = valueRange.clip((float) fill(noise, at, c));
                }
            }
        }
        return Tensor.wrap(picture.spec(), pixels);
    }

    private double fill(SplitMix64 noise, int at, int channel) {
        return fillValue.isEmpty()
                ? noise.gaussian(at) * valueRange.high()
                : fillValue.get(fillValue.size() == 1 ? 0 : channel);
    }

    private record Span(int start, int end) {}

    /** The pixels {@code from <= x < from + part}. */
    private Span span(double share, double place, int length) {
        double part = StrictMath.sqrt(scale.at(share)) * length;
        double from = place * (length - part);
        return new Span((int) Math.ceil(from), (int) Math.ceil(from + part));
    }
}
