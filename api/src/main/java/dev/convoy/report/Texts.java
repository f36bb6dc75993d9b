package dev.convoy.report;

import java.util.Locale;

/** Names and numbers as the pictures show them. */
final class Texts {

    private static final double NARROW = 0.6;
    private static final double WIDE = 1.05;
    /** Hangul, and what follows from the CJK radicals on: characters as wide as they are high. */
    private static final int FIRST_WIDE = 0x2e80;

    private Texts() {}

    /** An estimate, rather too wide, of a text's width in pixels in a sans-serif font. */
    static double width(String text, double fontSize) {
        return fontSize
                * text.codePoints()
                        .mapToDouble(point -> point >= FIRST_WIDE ? WIDE : NARROW)
                        .sum();
    }

    /** A text that is not wider than so many narrow characters; what is cut off becomes an ellipsis. */
    static String shortened(String text, int characters) {
        double room = characters * NARROW;
        if (width(text, 1) <= room) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        double used = NARROW;
        for (int point : text.codePoints().toArray()) {
            used += point >= FIRST_WIDE ? WIDE : NARROW;
            if (used > room) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString().strip() + "…";
    }

    /** For example {@code 10,000}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** For example {@code 91.5 %}; {@code –} for a share of nothing. */
    static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** For example {@code 2 min 5 s}. */
    static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
