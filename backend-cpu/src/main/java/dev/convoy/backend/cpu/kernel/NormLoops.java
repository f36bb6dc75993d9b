package dev.convoy.backend.cpu.kernel;

import java.util.Arrays;

/**
 * Loops over rows of channels for batch normalisation: row i of an array begins at {@code start + i * c}, and per-channel
 * arrays have c elements. What is summed is computed in float32 and added row by row in double. The plain loops.
 */
public interface NormLoops {

    /** Sets {@code y[at + j]} to the sum of {@code (x - mean)²}. */
    default void squareRows(float[] x, float[] mean, int start, int rows, int c, double[] y, int at) {
        Arrays.fill(y, at, at + c, 0);
        for (int i = 0, row = start; i < rows; i++, row += c) {
            for (int j = 0; j < c; j++) {
                float centred = x[row + j] - mean[j];
                y[at + j] += centred * centred;
            }
        }
    }

    /** {@code y = (x - mean) · factor + offset}. */
    default void normalRows(
            float[] x, float[] mean, float[] factor, float[] offset, int start, int rows, int c, float[] y) {
        for (int i = 0, row = start; i < rows; i++, row += c) {
            for (int j = 0; j < c; j++) {
                y[row + j] = (x[row + j] - mean[j]) * factor[j] + offset[j];
            }
        }
    }

    /** Sets {@code y[at + j]} to the sum of dy, and {@code y[at + c + j]} to that of {@code dy · (x - mean)}. */
    default void gradientSums(float[] x, float[] mean, float[] dy, int start, int rows, int c, double[] y, int at) {
        Arrays.fill(y, at, at + 2 * c, 0);
        for (int i = 0, row = start; i < rows; i++, row += c) {
            for (int j = 0; j < c; j++) {
                y[at + j] += dy[row + j];
                y[at + c + j] += dy[row + j] * (x[row + j] - mean[j]);
            }
        }
    }

    /** {@code dx = factor · (dy - shift - (x - mean) · slope)}. */
    default void gradientRows(
            float[] x, float[] mean, float[] dy, Slopes slopes, int start, int rows, int c, float[] dx) {
        for (int i = 0, row = start; i < rows; i++, row += c) {
            for (int j = 0; j < c; j++) {
                float tilt = (x[row + j] - mean[j]) * slopes.slope()[j];
                dx[row + j] = slopes.factor()[j] * (dy[row + j] - slopes.shift()[j] - tilt);
            }
        }
    }

    /** What the gradient of x takes, per channel. */
    record Slopes(float[] factor, float[] shift, float[] slope) {}
}
