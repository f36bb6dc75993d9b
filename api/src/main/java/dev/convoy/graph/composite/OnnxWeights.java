package dev.convoy.graph.composite;

import dev.convoy.graph.composite.Resampling.Alignment;
import dev.convoy.graph.composite.Resampling.CropAndResize;
import dev.convoy.graph.composite.Resampling.Kernel;
import dev.convoy.graph.composite.Resampling.Rounding;
import java.util.function.DoubleUnaryOperator;

/**
 * From which elements of an axis {@link Resampling.Onnx} takes the new ones, and with what weights.
 *
 * @param axis number of the axis among those that are resized
 * @param from the axis's old length
 * @param to its new length
 */
record OnnxWeights(Resampling.Onnx rules, int axis, int from, int to) {

    /** Whether every new element is the old one. */
    boolean isIdentity() {
        return from == to && scale() == 1 && !(rules.coordinates() instanceof CropAndResize);
    }

    private double scale() {
        return rules.scales().get(axis);
    }

    /** For each new element the old one. Places are floats, as in ONNX Runtime, which decides what a tie goes to. */
    int[] nearest(Rounding rounding) {
        int[] indices = new int[to];
        for (int i = 0; i < to; i++) {
            float place = (float) place(i);
            double index = switch (rounding) {
                case ROUND_PREFER_FLOOR -> Math.ceil(place - 0.5);
                case ROUND_PREFER_CEIL -> Math.floor(place + 0.5);
                case FLOOR -> Math.floor(place);
                case CEIL -> Math.ceil(place);
            };
            indices[i] = Math.clamp((long) index, 0, from - 1);
        }
        return indices;
    }

    float[] linear(Kernel.Linear kernel) {
        return matrix(1, d -> Math.max(1 - d, 0), kernel.antialias(), kernel.excludeOutside());
    }

    float[] cubic(Kernel.Cubic kernel) {
        double a = kernel.coefficient();
        return matrix(2, d -> keys(d, a), kernel.antialias(), kernel.excludeOutside());
    }

    private static double keys(double d, double a) {
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
    }

    /** The weights {@code [to, from]}, whose rows sum to 1. */
    private float[] matrix(int radius, DoubleUnaryOperator kernel, boolean antialias, boolean excludeOutside) {
        double shrink = antialias ? Math.min(scale(), 1) : 1;
        long first = (long) Math.floor(-radius / shrink) + 1;
        float[] matrix = new float[Math.multiplyExact(from, to)];
        for (int i = 0; i < to; i++) {
            double place = place(i);
            long base = (long) Math.floor(place);
            double[] row = new double[from];
            double sum = 0;
            for (long j = base + first; j <= base + 1 - first; j++) {
                if (excludeOutside && (j < 0 || j >= from)) {
                    continue;
                }
                double weight = kernel.applyAsDouble(Math.abs(j - place) * shrink);
                row[Math.clamp(j, 0, from - 1)] += weight;
                sum += weight;
            }
            for (int j = 0; j < from; j++) {
                matrix[i * from + j] = (float) (sum == 0 ? 0 : row[j] / sum);
            }
        }
        return matrix;
    }

    /** For each new element whether its place is one of the operand's. */
    boolean[] inside() {
        boolean[] inside = new boolean[to];
        for (int i = 0; i < to; i++) {
            inside[i] = place(i) >= 0 && place(i) <= from - 1;
        }
        return inside;
    }

    private double place(int i) {
        double length = scale() * from;
        return switch (rules.coordinates()) {
            case Alignment.HALF_PIXEL -> halfPixel(i);
            case Alignment.HALF_PIXEL_SYMMETRIC -> from / 2.0 * (1 - to / length) + halfPixel(i);
            case Alignment.PYTORCH_HALF_PIXEL -> to == 1 ? 0 : halfPixel(i);
            case Alignment.ALIGN_CORNERS -> to == 1 ? 0 : ratio(i * (from - 1.0), length - 1);
            case Alignment.ASYMMETRIC -> ratio(i, scale());
            case Alignment.TF_HALF_PIXEL_FOR_NN -> ratio(i + 0.5, scale());
            case CropAndResize crop -> {
                double start = crop.starts().get(axis);
                double part = crop.ends().get(axis) - start;
                yield (from - 1) * (start + (to == 1 ? part / 2 : i * part / (length - 1)));
            }
        };
    }

    private double halfPixel(int i) {
        return ratio(i + 0.5, scale()) - 0.5;
    }

    private double ratio(double a, double b) {
        return rules.kernel() instanceof Kernel.Nearest ? (float) (a / b) : a / b;
    }
}
