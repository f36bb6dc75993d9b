package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/**
 * Resizing along one axis as a linear map, computed in single precision as TensorFlow does
 * ({@code scale_and_translate_op.cc}, {@code resize_bilinear_op.cc}, {@code resize_bicubic_op.cc},
 * {@code resize_area_op.cc}). Resizing an image is
 * one map along its height and one along its width.
 */
public final class AxisWeights {

    /** TensorFlow rounds the distances of its bicubic resizing to this fraction of a pixel. */
    private static final float CUBIC_TABLE_SIZE = 1024;

    /** Below this, TensorFlow leaves a sum of weights as it is. */
    private static final float SMALLEST_SUM = 1000 * Float.MIN_NORMAL;

    private final int inSize;
    private final int[] first;
    private final float[][] weights;

    private AxisWeights(int inSize, int outSize) {
        this.inSize = inSize;
        this.first = new int[outSize];
        this.weights = new float[outSize][];
    }

    /**
     * @param antialias whether the kernel widens when the axis shrinks, so that every source pixel counts; Keras'
     *     {@code Resizing} does not
     * @throws IllegalArgumentException if a size is not positive
     */
    public static AxisWeights of(Interpolation interpolation, int inSize, int outSize, boolean antialias) {
        if (inSize < 1 || outSize < 1) {
            throw new IllegalArgumentException("Sizes are positive, got " + inSize + " and " + outSize);
        }
        AxisWeights axis = new AxisWeights(inSize, outSize);
        for (int i = 0; i < outSize; i++) {
            switch (interpolation) {
                case NEAREST -> axis.nearest(i);
                case AREA -> axis.area(i);
                case BICUBIC -> {
                    if (antialias) {
                        axis.kernel(i, interpolation, true);
                    } else {
                        axis.cubic(i);
                    }
                }
                case BILINEAR -> {
                    if (antialias) {
                        axis.kernel(i, interpolation, true);
                    } else {
                        axis.linear(i);
                    }
                }
                case LANCZOS3, LANCZOS5, GAUSSIAN, MITCHELLCUBIC -> axis.kernel(i, interpolation, antialias);
            }
        }
        return axis;
    }

    /** The map as a float32 matrix {@code [outSize, inSize]}. */
    public Tensor matrix() {
        float[] matrix = new float[Math.multiplyExact(first.length, inSize)];
        for (int i = 0; i < first.length; i++) {
            System.arraycopy(weights[i], 0, matrix, i * inSize + first[i], weights[i].length);
        }
        return Tensor.wrap(TensorSpec.of(DataType.FLOAT32, first.length, inSize), matrix);
    }

    /**
     * Applies the map to the middle axis of an array {@code [outer, inSize, inner]}.
     *
     * @return an array {@code [outer, outSize, inner]}
     */
    float[] apply(float[] source, int outer, int inner) {
        int outSize = first.length;
        float[] target = new float[Math.multiplyExact(Math.multiplyExact(outer, outSize), inner)];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < outSize; i++) {
                int to = (o * outSize + i) * inner;
                for (int j = 0; j < weights[i].length; j++) {
                    int from = (o * inSize + first[i] + j) * inner;
                    float weight = weights[i][j];
                    for (int k = 0; k < inner; k++) {
                        target[to + k] += weight * source[from + k];
                    }
                }
            }
        }
        return target;
    }

    private void nearest(int i) {
        float scale = inSize / (float) first.length;
        first[i] = Math.min((int) ((i + 0.5f) * scale), inSize - 1);
        weights[i] = new float[] {1};
    }

    private void area(int i) {
        float scale = inSize / (float) first.length;
        float from = i * scale;
        float to = (i + 1) * scale;
        int start = Math.min((int) from, inSize - 1);
        int end = Math.clamp((int) Math.ceil(to), start + 1, inSize);
        float[] overlap = new float[end - start];
        for (int j = 0; j < overlap.length; j++) {
            overlap[j] = (Math.min(start + j + 1, to) - Math.max(start + j, from)) / scale;
        }
        first[i] = start;
        weights[i] = overlap;
    }

    private void kernel(int i, Interpolation kernel, boolean antialias) {
        float inverseScale = 1 / (first.length / (float) inSize);
        float kernelScale = antialias ? Math.max(inverseScale, 1) : 1;
        float position = (i + 0.5f) * inverseScale;
        float reach = kernel.radius() * kernelScale;
        int start = Math.clamp((long) Math.ceil(position - reach - 0.5f), 0, inSize - 1);
        int end = Math.clamp((long) Math.floor(position + reach - 0.5f), 0, inSize - 1) + 1;
        float[] values = new float[end - start];
        for (int j = 0; j < values.length; j++) {
            values[j] = kernel.weight(Math.abs((start + j + 0.5f - position) * (1 / kernelScale)));
        }
        first[i] = start;
        weights[i] = normalised(values);
    }

    private void linear(int i) {
        float scale = inSize / (float) first.length;
        float position = (i + 0.5f) * scale - 0.5f;
        int floor = (int) Math.floor(position);
        int lower = Math.max(floor, 0);
        int upper = Math.min((int) Math.ceil(position), inSize - 1);
        float fraction = position - floor;
        first[i] = lower;
        weights[i] = lower < upper ? new float[] {1 - fraction, fraction} : new float[] {1};
    }

    private void cubic(int i) {
        float scale = inSize / (float) first.length;
        float position = (i + 0.5f) * scale - 0.5f;
        int left = (int) Math.floor(position);
        float delta = (float) Math.rint((position - left) * CUBIC_TABLE_SIZE) / CUBIC_TABLE_SIZE;
        int start = Math.clamp(left - 1, 0, inSize - 1);
        int end = Math.clamp(left + 2, 0, inSize - 1) + 1;
        float[] values = new float[end - start];
        for (int j = 0; j < values.length; j++) {
            values[j] = Interpolation.BICUBIC.weight(Math.abs(start + j - left - delta));
        }
        first[i] = start;
        weights[i] = normalised(values);
    }

    private static float[] normalised(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        if (Math.abs(sum) < SMALLEST_SUM) {
            return new float[values.length];
        }
        float factor = 1 / sum;
        for (int j = 0; j < values.length; j++) {
            values[j] *= factor;
        }
        return values;
    }
}
