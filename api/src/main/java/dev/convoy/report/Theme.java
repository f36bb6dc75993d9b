package dev.convoy.report;

/**
 * Colours and letters of all pictures, as style sheets; Okabe and Ito's colours, which the colour-blind tell apart. The
 * style sheets do without characters that XML escapes, for HTML reads them as they stand.
 */
final class Theme {

    static final String FONT = "font-family: system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial,"
            + " DejaVu Sans, sans-serif;";

    private static final String VARIABLES =
            "{ --page: %s; --ink: %s; --quiet: %s; --line: %s; --blue: %s; --orange: %s; --on-colour: %s; }\n";

    private static final String LIGHT =
            VARIABLES.formatted("#ffffff", "#1f2328", "#59636e", "#e1e4e8", "#0072b2", "#d55e00", "#ffffff");

    private static final String DARK =
            VARIABLES.formatted("#0d1117", "#e6edf3", "#9198a1", "#2d333b", "#56b4e9", "#e69f00", "#0d1117");

    private Theme() {}

    /** The variables that style sheets use, light, and dark where the reader prefers it. */
    static String variables(String root) {
        return root + " " + LIGHT + "@media (prefers-color-scheme: dark) { " + root + " " + DARK + "}\n";
    }
}
