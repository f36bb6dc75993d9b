package dev.convoy.benchmarks.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for people. */
final class Figures {

    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_EVEN);

    private Figures() {}

    /** Three digits, whatever the size. */
    static String digits(double value) {
        BigDecimal rounded = new BigDecimal(value).round(THREE);
        int missing = THREE.getPrecision() - rounded.precision();
        return (missing > 0 ? rounded.setScale(rounded.scale() + missing) : rounded).toPlainString();
    }
}
