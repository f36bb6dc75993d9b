package dev.convoy.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML that is well-formed whatever the texts in it: SVG, and HTML in XML's syntax. */
final class Markup {

    private static final int REPLACEMENT = 0xfffd;

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts with a line that is no element, a document type for example. */
    Markup(String prolog) {
        text.append(prolog);
    }

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; numbers are written with at most two decimals
     */
    Markup open(String tag, Object... attributes) {
        tag(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    Markup close() {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element without content, which HTML must know as such. */
    Markup leaf(String tag, Object... attributes) {
        tag(tag, attributes).append("/>\n");
        return this;
    }

    /** An element with a text. */
    Markup element(String tag, String content, Object... attributes) {
        return open(tag, attributes).text(content).close();
    }

    Markup text(String content) {
        escape(content);
        return this;
    }

    private StringBuilder tag(String tag, Object... attributes) {
        text.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1] instanceof Double number ? number(number) : attributes[i + 1].toString());
            text.append('"');
        }
        return text;
    }

    /** At most two decimals, no zeros at the end. */
    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void escape(String content) {
        content.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.appendCodePoint(isAllowed(point) ? point : REPLACEMENT);
            }
        });
    }

    /** XML 1.0, production 2, without the controls that it discourages. */
    private static boolean isAllowed(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\t';
        return !control && Character.getType(point) != Character.SURROGATE && point != 0xfffe && point != 0xffff;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> is not closed");
        }
        return text.toString();
    }
}
