package dev.convoy.report;

import dev.convoy.training.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The curves of a training as one SVG picture: a panel for the loss and one for each metric, epochs from left to right,
 * training data and validation data in two colours, line styles and markers. Shares such as the accuracy are in percent.
 * Values that are missing or not finite leave a gap.
 */
public final class HistoryChart {

    static final String VALIDATION = "val_";

    private static final double WIDTH = 340;
    private static final double HEIGHT = 220;
    private static final double LEFT = 66;
    private static final double RIGHT = 26;
    private static final double TOP = 62;
    private static final double BOTTOM = 56;
    private static final double HEADER = 64;
    private static final double MARGIN = 12;
    private static final int TICKS = 5;
    private static final int MANY_EPOCHS = 40;
    private static final Pattern SHARES =
            Pattern.compile(".*(accuracy|precision|recall|auc|iou|f1).*", Pattern.CASE_INSENSITIVE);

    private static final String STYLE = """
        svg { background: var(--page); %s }
        .page { fill: var(--page); }
        text { fill: var(--ink); font-size: 12px; }
        .title { font-size: 17px; font-weight: 600; }
        .name { font-size: 14px; font-weight: 600; }
        .quiet { fill: var(--quiet); }
        .grid { stroke: var(--line); stroke-width: 1; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .training { stroke: var(--blue); }
        .validation { stroke: var(--orange); }
        .curve.validation { stroke-dasharray: 6 4; }
        circle.training { fill: var(--blue); }
        path.validation.marker { fill: var(--page); stroke-width: 2; }
        """.formatted(Theme.FONT);

    private final History history;
    private final Axis epochs;
    private final Markup svg = new Markup("");

    private HistoryChart(History history) {
        this.history = history;
        this.epochs = epochs(history);
    }

    /**
     * Draws a history.
     *
     * @return an SVG document
     * @throws IllegalArgumentException if the history has no epochs
     */
    public static String svg(History history) {
        if (history.epochs().isEmpty()) {
            throw new IllegalArgumentException("There is nothing to draw, the history has no epochs");
        }
        return new HistoryChart(history).draw();
    }

    /** Whole numbers; one epoch has a place to each side. */
    private static Axis epochs(History history) {
        int first = history.epochs().getFirst().epoch();
        int last = history.last().epoch();
        return first == last ? new Axis(first - 1, 1, 2) : new Axis(first, 1, last - first);
    }

    private String draw() {
        List<String> names = names();
        int columns = Math.min(2, names.size());
        int rows = Math.ceilDiv(names.size(), columns);
        double width = 2 * MARGIN + columns * (LEFT + WIDTH + RIGHT);
        double height = HEADER + rows * (TOP + HEIGHT + BOTTOM) + MARGIN;
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
        svg.element("title", "Training history: " + String.join(", ", names));
        svg.element("style", Theme.variables(":root") + STYLE);
        svg.leaf("rect", "class", "page", "width", "100%", "height", "100%");
        svg.element("text", "Training history", "class", "title", "x", MARGIN + 16, "y", 34.0);
        svg.element("text", subtitle(), "class", "quiet", "x", MARGIN + 16, "y", 54.0);
        for (int i = 0; i < names.size(); i++) {
            double x = MARGIN + i % columns * (LEFT + WIDTH + RIGHT);
            double y = HEADER + (double) (i / columns) * (TOP + HEIGHT + BOTTOM);
            panel(names.get(i), x + LEFT, y + TOP);
        }
        return svg.close().toString();
    }

    /** Loss first, then the metrics in order; those of validation data stand with those of training data. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>(Set.of("loss"));
        for (History.Epoch epoch : history.epochs()) {
            epoch.values().keySet().forEach(name -> names.add(name.startsWith(VALIDATION) ? name.substring(4) : name));
        }
        return names.stream().filter(this::isMeasured).toList();
    }

    private boolean isMeasured(String name) {
        return history.epochs().stream()
                .anyMatch(e -> e.values().containsKey(name) || e.values().containsKey(VALIDATION + name));
    }

    private String subtitle() {
        int count = history.epochs().size();
        double seconds =
                history.epochs().stream().mapToDouble(History.Epoch::seconds).sum();
        return count + (count == 1 ? " epoch, " : " epochs, ") + Texts.duration(seconds);
    }

    private void panel(String name, double x, double y) {
        boolean share = SHARES.matcher(name).matches();
        List<Double> training = values(name, share);
        List<Double> validation = values(VALIDATION + name, share);
        Axis axis = axis(training, validation);
        svg.open("g", "class", "panel", "data-name", name, "transform", translate(x, y));
        svg.element("text", label(name) + (share ? " (%)" : ""), "class", "name", "x", 0.0, "y", -36.0);
        legend(training, validation, share);
        for (double tick : axis.ticks()) {
            double height = HEIGHT * (1 - axis.position(tick));
            svg.leaf("line", "class", "grid", "x1", 0.0, "x2", WIDTH, "y1", height, "y2", height);
            svg.element(
                    "text", axis.label(tick), "class", "quiet tick", "x", -10.0, "y", height + 4, "text-anchor", "end");
        }
        for (int epoch : ticks()) {
            svg.element(
                    "text",
                    Integer.toString(epoch),
                    "class",
                    "quiet epoch",
                    "x",
                    WIDTH * epochs.position(epoch),
                    "y",
                    HEIGHT + 20,
                    "text-anchor",
                    "middle");
        }
        svg.element("text", "epoch", "class", "quiet", "x", WIDTH / 2, "y", HEIGHT + 40, "text-anchor", "middle");
        curve("training", training, axis);
        curve("validation", validation, axis);
        svg.close();
    }

    private static String translate(double x, double y) {
        return "translate(" + Markup.number(x) + " " + Markup.number(y) + ")";
    }

    private static String label(String name) {
        return name.replace('_', ' ');
    }

    private List<Double> values(String name, boolean share) {
        return history.epochs().stream()
                .map(epoch -> epoch.values().getOrDefault(name, Double.NaN) * (share ? 100 : 1))
                .toList();
    }

    private static Axis axis(List<Double> training, List<Double> validation) {
        List<Double> finite = new ArrayList<>(training);
        finite.addAll(validation);
        finite.removeIf(value -> !Double.isFinite(value));
        return finite.isEmpty()
                ? new Axis(0, 1, 1)
                : Axis.around(
                        finite.stream().mapToDouble(v -> v).min().orElseThrow(),
                        finite.stream().mapToDouble(v -> v).max().orElseThrow(),
                        TICKS);
    }

    /** Epochs that get a number: the first, and those at round steps. */
    private List<Integer> ticks() {
        int first = history.epochs().getFirst().epoch();
        int last = history.last().epoch();
        int step = Math.max(1, (int) Axis.around(0, last - first + 1, 8).step());
        List<Integer> ticks = new ArrayList<>();
        for (int epoch = first; epoch <= last; epoch++) {
            if (epoch % step == 0 || step == 1 || epoch == first && step - epoch % step > step / 2) {
                ticks.add(epoch);
            }
        }
        return ticks;
    }

    /** The names of the curves with their last values. */
    private void legend(List<Double> training, List<Double> validation, boolean share) {
        double x = 0;
        for (String kind : List.of("training", "validation")) {
            List<Double> values = kind.equals("training") ? training : validation;
            if (values.stream().allMatch(value -> value.isNaN())) {
                continue;
            }
            String text = kind + " " + value(values.getLast(), share);
            svg.leaf("line", "class", "curve " + kind, "x1", x, "x2", x + 24, "y1", -18.0, "y2", -18.0);
            marker(kind, x + 12, -18);
            svg.element("text", text, "x", x + 31, "y", -14.0);
            x += 31 + Texts.width(text, 12) + 14;
        }
    }

    private static String value(double value, boolean share) {
        double size = Math.abs(value);
        if (share) {
            return String.format(Locale.ROOT, "%.1f %%", value);
        }
        return String.format(Locale.ROOT, size == 0 || size >= 1e-3 && size < 1e5 ? "%.4f" : "%.2e", value);
    }

    private void curve(String kind, List<Double> values, Axis axis) {
        List<List<Place>> pieces = new ArrayList<>();
        boolean gap = true;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (Double.isFinite(value)) {
                if (gap) {
                    pieces.add(new ArrayList<>());
                }
                double x = WIDTH * epochs.position(history.epochs().get(i).epoch());
                pieces.getLast().add(new Place(x, HEIGHT * (1 - axis.position(value))));
            }
            gap = !Double.isFinite(value);
        }
        for (List<Place> piece : pieces) {
            String points = piece.stream().map(Place::toString).collect(Collectors.joining(" "));
            svg.leaf("polyline", "class", "curve " + kind, "points", points);
            if (values.size() <= MANY_EPOCHS || piece.size() == 1) {
                piece.forEach(place -> marker(kind, place.x(), place.y()));
            }
        }
    }

    private void marker(String kind, double x, double y) {
        if (kind.equals("training")) {
            svg.leaf("circle", "class", kind, "cx", x, "cy", y, "r", 3.0);
        } else {
            svg.leaf(
                    "path",
                    "class",
                    kind + " marker",
                    "d",
                    "M" + new Place(x, y - 4.5) + " L" + new Place(x + 4.5, y) + " L" + new Place(x, y + 4.5) + " L"
                            + new Place(x - 4.5, y) + " Z");
        }
    }

    private record Place(double x, double y) {
        @Override
        public String toString() {
            return Markup.number(x) + "," + Markup.number(y);
        }
    }
}
