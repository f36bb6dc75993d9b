package dev.convoy.examples.pictures;

import java.awt.geom.Path2D;
import java.util.Scanner;

/** Paths written as in SVG, absolute commands only: {@code M}, {@code L}, {@code Q}, {@code C} and {@code Z}. */
final class Outline {

    private Outline() {}

    /**
     * @param path such as {@code M0,0 L4,0 Q4,4 0,4 Z}
     * @throws IllegalArgumentException if a command is none of these
     */
    static Path2D of(String path) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        try (Scanner in = new Scanner(path.replaceAll("([MLQCZ])", " $1 "))) {
            in.useDelimiter("[ ,\n]+").useLocale(java.util.Locale.ROOT);
            while (in.hasNext()) {
                String command = in.next();
                switch (command) {
                    case "M" -> outline.moveTo(in.nextDouble(), in.nextDouble());
                    case "L" -> outline.lineTo(in.nextDouble(), in.nextDouble());
                    case "Q" -> outline.quadTo(in.nextDouble(), in.nextDouble(), in.nextDouble(), in.nextDouble());
                    case "C" ->
                        outline.curveTo(
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble(),
                                in.nextDouble());
                    case "Z" -> outline.closePath();
                    default -> throw new IllegalArgumentException("No command '" + command + "' in " + path);
                }
            }
        }
        return outline;
    }
}
