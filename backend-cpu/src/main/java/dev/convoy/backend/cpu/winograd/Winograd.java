package dev.convoy.backend.cpu.winograd;

import java.util.function.IntBinaryOperator;

/**
 * The forms F(m×m, 3×3): a tile of m×m results is {@code Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A} of the (m+2)×(m+2) data under it,
 * summed over the channels before A (Lavin and Gray, <i>Fast Algorithms for Convolutional Neural Networks</i>, 2015).
 *
 * <p>The matrices follow from m+1 points and infinity (Toom and Cook). Row i of Bᵀ holds the coefficients of the product
 * of {@code x - q} over the other points q, row i of Aᵀ's transpose the powers of the point, and row i of G those powers
 * over the product of {@code p - q}. All of Bᵀ and A are binary fractions of few digits, so that only sums round.
 *
 * <p>The result is linear in the weights, so the gradient of a window's weights follows from that of the tile's results, dy,
 * by the transposed matrices: {@code Gᵀ [(A dy Aᵀ) ⊙ (Bᵀ x B)] G}, summed over the tiles before G.
 */
public enum Winograd {
    /** 2.25 times fewer multiplications. */
    F2(2, 0, 1, -1),

    /** 4 times fewer; the points ±3/4, ±3/2 lose a third of the digits that the customary ±1, ±2 lose. */
    F4(4, 0, 0.75, -0.75, 1.5, -1.5);

    /** Elements of a window along an axis. */
    public static final int WINDOW = 3;

    private final int outputs;
    private final double[] points;

    Winograd(int outputs, double... points) {
        this.outputs = outputs;
        this.points = points;
    }

    /** Results of a tile along an axis. */
    public int outputs() {
        return outputs;
    }

    /** Elements of the data under a tile along an axis. */
    public int inputs() {
        return outputs + WINDOW - 1;
    }

    /** Products of a tile: pairs of points. */
    public int products() {
        return inputs() * inputs();
    }

    /**
     * {@code G w Gᵀ}, computed in double and rounded once.
     *
     * @param w the weights of a window, element (row, column) of which is at {@code at.applyAsInt(row, column)}
     * @param u where to write the elements row by row
     */
    public void transformWeights(float[] w, IntBinaryOperator at, float[] u) {
        int n = inputs();
        double[][] half = new double[n][WINDOW];
        for (int i = 0; i < n; i++) {
            for (int column = 0; column < WINDOW; column++) {
                for (int row = 0; row < WINDOW; row++) {
                    half[i][column] += g(i, row) * w[at.applyAsInt(row, column)];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int column = 0; column < WINDOW; column++) {
                    sum += half[i][column] * g(j, column);
                }
                u[i * n + j] = (float) sum;
            }
        }
    }

    /** An element of G. */
    double g(int i, int power) {
        if (i == points.length) {
            return power == WINDOW - 1 ? 1 : 0;
        }
        double product = 1;
        for (int j = 0; j < points.length; j++) {
            product *= j == i ? 1 : points[i] - points[j];
        }
        return Math.pow(points[i], power) / product;
    }
}
