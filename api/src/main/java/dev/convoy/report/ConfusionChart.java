package dev.convoy.report;

import dev.convoy.training.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A confusion matrix as an SVG picture: a row for each true class, a column for each predicted one. A cell holds the count
 * and the share of its row, and is coloured by that share: blue where class and prediction agree, orange where not. With
 * more than {@value #BOTH} classes the shares are in the cells' tooltips alone, and empty cells stay empty.
 */
public final class ConfusionChart {

    static final int BOTH = 40;

    private static final int NAME_LENGTH = 24;
    private static final int DETAILED = 14;
    private static final double MARGIN = 24;
    private static final double HEADER = 70;
    private static final double LEGEND = 86;
    private static final double LEAST_WIDTH = 420;
    private static final double DARK_FILL = 0.55;
    private static final List<Double> LEGEND_SHARES = List.of(0.01, 0.05, 0.2, 0.5, 1.0);

    private static final String STYLE = """
        svg { background: var(--page); %s }
        .page { fill: var(--page); }
        text { fill: var(--ink); }
        .title { font-size: 17px; font-weight: 600; }
        .small { font-size: 12px; }
        .axis { font-size: 13px; font-weight: 600; }
        .quiet { fill: var(--quiet); }
        .frame { fill: none; stroke: var(--line); stroke-width: 1; }
        .right { fill: var(--blue); }
        .wrong { fill: var(--orange); }
        .on { fill: var(--on-colour); }
        .number { text-anchor: middle; font-variant-numeric: tabular-nums; }
        """.formatted(Theme.FONT);

    private final ConfusionMatrix matrix;
    private final List<String> names;
    private final int classes;
    private final double cell;
    private final double nameSize;
    private final double nameWidth;
    private final double slant;
    private final Markup svg = new Markup("");

    private ConfusionChart(ConfusionMatrix matrix, List<String> names) {
        this.matrix = matrix;
        this.names = names;
        classes = matrix.classes();
        cell = classes <= DETAILED ? 58 : classes <= 24 ? 42 : classes <= BOTH ? 32 : 22;
        nameSize = classes <= DETAILED ? 13 : classes <= BOTH ? 12 : 11;
        nameWidth = IntStream.range(0, classes)
                .mapToDouble(i -> Texts.width(shortName(i), nameSize))
                .max()
                .orElseThrow();
        slant = nameWidth <= cell - 4 ? 0 : classes <= BOTH ? 45 : 90;
    }

    /**
     * Draws a matrix.
     *
     * @param names of the classes, or empty for their numbers
     * @return an SVG document
     * @throws IllegalArgumentException if there are names, but not one for each class
     */
    public static String svg(ConfusionMatrix matrix, List<String> names) {
        if (!names.isEmpty() && names.size() != matrix.classes()) {
            throw new IllegalArgumentException("The matrix is of " + matrix.classes() + " classes, there are "
                    + names.size() + " names. Remedy: give one for each class, in order");
        }
        return new ConfusionChart(
                        matrix,
                        names.isEmpty()
                                ? IntStream.range(0, matrix.classes())
                                        .mapToObj(Integer::toString)
                                        .toList()
                                : names)
                .draw();
    }

    private String shortName(int number) {
        return Texts.shortened(names.get(number), NAME_LENGTH);
    }

    private String draw() {
        double angle = Math.toRadians(slant);
        double overhang = slant == 45 ? nameWidth * Math.cos(angle) : 0;
        double namesHeight = slant == 0 ? nameSize + 8 : nameWidth * Math.sin(angle) + nameSize;
        double left = MARGIN + 24 + nameWidth + 12;
        double top = HEADER + 30 + namesHeight;
        double side = classes * cell;
        double width = Math.max(left + side + Math.max(MARGIN, overhang), LEAST_WIDTH + 2 * MARGIN);
        double height = top + side + LEGEND;
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + Markup.number(width) + " " + Markup.number(height),
                "width",
                width,
                "height",
                height,
                "role",
                "img");
        svg.element("title", "Confusion matrix of " + classes + " classes, " + accuracy());
        svg.element("style", Theme.variables(":root") + STYLE);
        svg.leaf("rect", "class", "page", "width", "100%", "height", "100%");
        svg.element("text", "Confusion matrix", "class", "title", "x", MARGIN, "y", 34.0);
        svg.element("text", accuracy(), "class", "quiet small", "x", MARGIN, "y", 54.0);
        svg.open("g", "transform", "translate(" + Markup.number(left) + " " + Markup.number(top) + ")");
        axes(side, namesHeight);
        for (int truth = 0; truth < classes; truth++) {
            for (int guess = 0; guess < classes; guess++) {
                cell(truth, guess);
            }
        }
        grid(side);
        svg.close();
        legend(MARGIN, top + side + 30);
        return svg.close().toString();
    }

    private String accuracy() {
        long all = IntStream.range(0, classes).mapToLong(matrix::support).sum();
        long right =
                IntStream.range(0, classes).mapToLong(i -> matrix.count(i, i)).sum();
        return Texts.count(right) + " of " + Texts.count(all) + " right, " + Texts.percent((double) right / all);
    }

    private void axes(double side, double namesHeight) {
        svg.element(
                "text",
                "predicted class",
                "class",
                "axis",
                "x",
                side / 2,
                "y",
                -namesHeight - 14,
                "text-anchor",
                "middle");
        double x = -nameWidth - 26;
        svg.element(
                "text",
                "true class",
                "class",
                "axis",
                "transform",
                "translate(" + Markup.number(x) + " " + Markup.number(side / 2) + ") rotate(-90)",
                "text-anchor",
                "middle");
        for (int i = 0; i < classes; i++) {
            double middle = (i + 0.5) * cell;
            name("row", i, "translate(-10 " + Markup.number(middle + nameSize * 0.35) + ")", "end");
            boolean level = slant == 0;
            double right = slant == 90 ? nameSize * 0.35 : 0;
            name(
                    "column",
                    i,
                    "translate(" + Markup.number(middle + right) + " -9)"
                            + (level ? "" : " rotate(-" + Markup.number(slant) + ")"),
                    level ? "middle" : "start");
        }
    }

    private void name(String kind, int number, String transform, String anchor) {
        String shown = shortName(number);
        svg.open("text", "class", kind + " name", "font-size", nameSize, "transform", transform, "text-anchor", anchor);
        svg.text(shown);
        if (!shown.equals(names.get(number))) {
            svg.element("title", names.get(number));
        }
        svg.close();
    }

    private void cell(int truth, int guess) {
        long count = matrix.count(truth, guess);
        if (count == 0 && classes > DETAILED) {
            return;
        }
        double share = (double) count / matrix.support(truth);
        svg.open(
                "g",
                "class",
                "cell",
                "data-true",
                truth,
                "data-predicted",
                guess,
                "transform",
                "translate(" + Markup.number(guess * cell) + " " + Markup.number(truth * cell) + ")");
        svg.element(
                "title",
                names.get(truth) + (truth == guess ? " taken for itself: " : " taken for " + names.get(guess) + ": ")
                        + Texts.count(count) + " (" + Texts.percent(share) + ")");
        double opacity = count == 0 ? 0 : opacity(share);
        svg.leaf(
                "rect",
                "class",
                truth == guess ? "right" : "wrong",
                "width",
                cell,
                "height",
                cell,
                "fill-opacity",
                opacity);
        String tone = opacity >= DARK_FILL ? " on" : count == 0 ? " quiet" : "";
        boolean both = classes <= BOTH && count > 0;
        number("count", tone, Texts.count(count), cell * (both ? 0.48 : 0.62), classes <= BOTH ? cell * 0.26 : 10);
        if (both) {
            number("share", tone, Texts.percent(share), cell * 0.78, Math.min(11, cell * 0.24));
        }
        svg.close();
    }

    /** Centred in a cell, made small enough for it. */
    private void number(String kind, String tone, String text, double y, double size) {
        double fitting = Math.min(size, (cell - 8) / Texts.width(text, 1));
        svg.element("text", text, "class", "number " + kind + tone, "x", cell / 2, "y", y, "font-size", fitting);
    }

    /** Small shares are what a matrix is looked at for, so the scale is that of their roots. */
    private static double opacity(double share) {
        return Math.sqrt(share);
    }

    private void grid(double side) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= classes; i++) {
            String at = Markup.number(i * cell);
            String end = Markup.number(side);
            lines.append("M0 ").append(at).append("H").append(end);
            lines.append("M").append(at).append(" 0V").append(end);
        }
        svg.leaf("path", "class", "frame", "d", lines);
    }

    private void legend(double x, double y) {
        double swatch = 44;
        double first = x + 82;
        svg.element("text", "share of row", "class", "quiet small", "x", x, "y", y + 11);
        for (int i = 0; i < LEGEND_SHARES.size(); i++) {
            double share = LEGEND_SHARES.get(i);
            double at = first + i * swatch;
            for (int row = 0; row < 2; row++) {
                svg.leaf(
                        "rect",
                        "class",
                        row == 0 ? "right" : "wrong",
                        "x",
                        at,
                        "y",
                        y - 8 + row * 15,
                        "width",
                        swatch,
                        "height",
                        15.0,
                        "fill-opacity",
                        opacity(share));
            }
            String text = String.format(Locale.ROOT, "%.0f %%", 100 * share);
            double middle = at + swatch / 2;
            svg.element("text", text, "class", "quiet small", "x", middle, "y", y + 38, "text-anchor", "middle");
        }
        double end = first + LEGEND_SHARES.size() * swatch + 8;
        svg.element("text", "right", "class", "small", "x", end, "y", y + 4);
        svg.element("text", "wrong", "class", "small", "x", end, "y", y + 19);
    }
}
