package dev.convoy.backend.cpu.kernel;

/**
 * The error function to float accuracy: a Taylor polynomial of degree 4 around the nearest of 257 points, at which the
 * series {@code erf(x) = 2/√π · exp(-x²) · Σ 2^n x^(2n+1) / (2n+1)!!} (Abramowitz and Stegun 7.1.6) was summed.
 */
final class Erf {

    private static final double LIMIT = 4;
    private static final int STEPS = 64;
    private static final double[] VALUES = table();

    private Erf() {}

    private static double[] table() {
        double[] values = new double[(int) LIMIT * STEPS + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = series((double) i / STEPS);
        }
        return values;
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 1e-18; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return slope(x) * sum;
    }

    private static double slope(double x) {
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
    }

    static float of(float x) {
        double magnitude = Math.abs((double) x);
        if (!(magnitude < LIMIT)) {
            return Float.isNaN(x) ? x : Math.signum(x);
        }
        int nearest = (int) (magnitude * STEPS + 0.5);
        double a = (double) nearest / STEPS;
        double h = magnitude - a;
        // Derivatives of erf: slope · 1, -2a, 4a² - 2, -8a³ + 12a.
        double taylor = 1 + h * (-a + h * ((2 * a * a - 1) / 3 + h * (a * (3 - 2 * a * a) / 6)));
        return (float) Math.copySign(VALUES[nearest] + slope(a) * h * taylor, x);
    }
}
