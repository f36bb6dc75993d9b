package dev.convoy.conformance.onnx;

/** How near a real number has to be: {@code |actual - expected| <= absolute + relative * |expected|}. */
public record Tolerance(double relative, double absolute) {

    /** That of the tests themselves (onnx/backend/test/runner and loader, ONNX 1.0 to 1.22). */
    public static final Tolerance ONNX = new Tolerance(1e-3, 1e-7);

    /** That of {@code light_densenet121}, a deep network of equal weights (onnx/backend/test/case/model, ONNX 1.12). */
    public static final Tolerance LIGHT_DENSENET = new Tolerance(2e-3, 1e-7);

    /** NaN accepts NaN only, and an infinity itself. */
    boolean accepts(double actual, double expected) {
        if (!Double.isFinite(expected)) {
            return Double.compare(actual, expected) == 0;
        }
        return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
    }
}
