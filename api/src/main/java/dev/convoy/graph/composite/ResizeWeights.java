package dev.convoy.graph.composite;

/** From which elements of an axis {@link Resize} takes the new ones, and with what weights. */
final class ResizeWeights {

    private static final int CUBIC_STEPS = 1024;

    private ResizeWeights() {}

    /** For each new element the old one, in the float arithmetic of TensorFlow, which decides what a tie goes to. */
    static int[] nearest(int from, int to) {
        float scale = from / (float) to;
        int[] indices = new int[to];
        for (int i = 0; i < to; i++) {
            indices[i] = Math.min((int) Math.floor((i + 0.5f) * scale), from - 1);
        }
        return indices;
    }

    /** The weights as a matrix {@code [to, from]} whose rows sum to 1. */
    static float[] matrix(int from, int to, Interpolation method, boolean antialias) {
        double scale = from / (double) to;
        float[] matrix = new float[Math.multiplyExact(from, to)];
        for (int i = 0; i < to; i++) {
            double[] row = method == Interpolation.AREA
                    ? overlaps(i * scale, (i + 1) * scale, from)
                    : kernel(place(i, scale, method, antialias), antialias ? Math.max(scale, 1) : 1, from, method);
            double sum = 0;
            for (double weight : row) {
                sum += weight;
            }
            for (int j = 0; j < from; j++) {
                matrix[i * from + j] = (float) (row[j] / sum);
            }
        }
        return matrix;
    }

    /** Where a new element stands. TensorFlow takes the cubic without antialias from a table of {@value #CUBIC_STEPS} steps. */
    private static double place(int i, double scale, Interpolation method, boolean antialias) {
        double exact = (i + 0.5) * scale;
        return method == Interpolation.BICUBIC && !antialias
                ? 0.5 + Math.rint((exact - 0.5) * CUBIC_STEPS) / CUBIC_STEPS
                : exact;
    }

    private static double[] overlaps(double start, double end, int from) {
        double[] row = new double[from];
        for (int j = (int) start; j < Math.min(Math.ceil(end), from); j++) {
            row[j] = Math.min(end, j + 1.0) - Math.max(start, j);
        }
        return row;
    }

    private static double[] kernel(double place, double stretch, int from, Interpolation method) {
        double[] row = new double[from];
        for (int j = 0; j < from; j++) {
            double distance = Math.abs(j + 0.5 - place) / stretch;
            if (distance < method.radius()) {
                row[j] = method.kernel(distance);
            }
        }
        return row;
    }
}
