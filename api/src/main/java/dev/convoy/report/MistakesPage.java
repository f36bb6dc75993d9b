package dev.convoy.report;

import dev.convoy.data.Image;
import dev.convoy.models.Scored;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The pictures that a classifier got most wrong as one HTML page: each with its true class, what it was taken for, and the
 * probabilities of the three most likely classes and of the true one. Pictures are part of the page; nothing is loaded
 * from elsewhere and no script runs.
 */
public final class MistakesPage {

    private static final int BARS = 3;
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private static final String STYLE = """
        * { box-sizing: border-box; }
        body { margin: 0; padding: 32px; background: var(--page); color: var(--ink); %s line-height: 1.4; }
        h1 { margin: 0; font-size: 24px; font-weight: 600; }
        p { margin: 4px 0 24px; color: var(--quiet); }
        main { display: grid; grid-template-columns: repeat(auto-fill, minmax(232px, 1fr)); gap: 20px; }
        figure { margin: 0; padding: 16px; border: 1px solid var(--line); border-radius: 8px; }
        img { display: block; width: 168px; height: 168px; margin: 0 auto 14px; object-fit: contain;
              image-rendering: pixelated; background: var(--line); }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; margin: 0 0 12px; font-size: 14px; }
        dt { color: var(--quiet); }
        dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
        ol { margin: 0; padding: 0; list-style: none; font-size: 12px; }
        li { display: grid; grid-template-columns: 1fr auto; gap: 2px 8px; margin-top: 6px; }
        li span { overflow-wrap: anywhere; }
        li b { font-weight: 400; color: var(--quiet); font-variant-numeric: tabular-nums; }
        i { grid-column: 1 / -1; height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
        i u { display: block; height: 100%%; border-radius: 3px; background: var(--orange); }
        li.true u { background: var(--blue); }
        """.formatted(Theme.FONT);

    private final Markup html = new Markup("<!DOCTYPE html>\n");
    private final List<String> names;

    private MistakesPage(List<String> names) {
        this.names = names;
    }

    /**
     * Writes the page.
     *
     * @param mistakes shown in the order of the probability that the wrong class got, the highest first
     * @param names of the classes, or empty for the labels of the predictions
     * @param wrong how many mistakes there were in all
     * @param samples how many samples were looked at
     * @return an HTML document
     */
    public static String html(List<Mistake> mistakes, List<String> names, long wrong, long samples) {
        return new MistakesPage(names).page(mistakes, wrong, samples);
    }

    private String page(List<Mistake> mistakes, long wrong, long samples) {
        html.open("html", "lang", "en").open("head");
        html.leaf("meta", "charset", "utf-8");
        html.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.leaf("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.element("title", "Worst mistakes");
        html.element("style", Theme.variables(":root") + STYLE);
        html.close().open("body");
        html.element("h1", wrong == 0 ? "No mistakes" : "Worst mistakes");
        html.element("p", subtitle(mistakes.size(), wrong, samples));
        html.open("main");
        mistakes.stream()
                .sorted(Comparator.comparingDouble((Mistake m) -> m.prediction().probability())
                        .reversed()
                        .thenComparingInt(Mistake::sample))
                .forEach(this::figure);
        return html.close().close().close().toString();
    }

    private static String subtitle(int shown, long wrong, long samples) {
        String all = Texts.count(samples) + (samples == 1 ? " sample" : " samples");
        if (wrong == 0) {
            return "All " + all + " were taken for what they are.";
        }
        return Texts.count(wrong) + " of " + all + " were taken for something else ("
                + Texts.percent((double) wrong / samples) + "); these are the " + Texts.count(shown)
                + " of which the classifier was surest.";
    }

    private void figure(Mistake mistake) {
        Scored best = mistake.prediction().best();
        html.open("figure");
        html.leaf(
                "img",
                "src",
                data(mistake.picture()),
                "alt",
                "Sample " + mistake.sample() + ", " + name(mistake.truth(), mistake));
        html.open("dl");
        html.element("dt", "true").element("dd", name(mistake.truth(), mistake));
        html.element("dt", "predicted").element("dd", name(best.index(), mistake));
        html.element("dt", "sample").element("dd", Integer.toString(mistake.sample()));
        html.close().open("ol");
        List<Scored> ranking = mistake.prediction().ranking();
        for (int rank = 0; rank < ranking.size(); rank++) {
            Scored scored = ranking.get(rank);
            if (rank < BARS || scored.index() == mistake.truth()) {
                bar(scored, mistake);
            }
        }
        html.close().close();
    }

    private void bar(Scored scored, Mistake mistake) {
        html.open("li", "class", scored.index() == mistake.truth() ? "true" : "false");
        html.element("span", name(scored.index(), mistake));
        html.element("b", String.format(Locale.ROOT, "%.1f %%", 100 * scored.probability()));
        html.open("i");
        html.element("u", "", "style", "width: " + Markup.number(100 * scored.probability()) + "%");
        html.close().close();
    }

    private String name(int number, Mistake mistake) {
        if (!names.isEmpty()) {
            return names.get(number);
        }
        return mistake.prediction().ranking().stream()
                .filter(scored -> scored.index() == number)
                .findFirst()
                .orElseThrow()
                .label();
    }

    private static String data(Image picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture.toPng());
    }
}
