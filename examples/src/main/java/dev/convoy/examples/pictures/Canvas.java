package dev.convoy.examples.pictures;

import dev.convoy.data.Image;
import dev.convoy.tensor.SplitMix64;
import java.awt.geom.AffineTransform;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A black square of 28 by 28 pixels, drawn on eight times finer and averaged over areas at the end. Uses arithmetic alone,
 * no fonts and no graphics system, so that a drawing has the same bytes everywhere.
 */
final class Canvas {

    static final int SIZE = 28;
    private static final int FINE = 8;
    private static final int POINTS = SIZE * FINE;

    /** What one point is lit with, from its coordinates in pixels. */
    @FunctionalInterface
    interface Shade {
        double at(double x, double y);
    }

    private final double[] light = new double[POINTS * POINTS];

    /** Fills an {@link Outline}; 0 is black, 255 white. */
    Canvas fill(String path, Shade shade) {
        Path2D outline = Outline.of(path);
        Rectangle2D bounds = outline.getBounds2D();
        for (int i = 0; i < light.length; i++) {
            double x = (i % POINTS + 0.5) / FINE;
            double y = (i / POINTS + 0.5) / FINE;
            if (bounds.contains(x, y) && outline.contains(x, y)) {
                light[i] = shade.at(x, y);
            }
        }
        return this;
    }

    /** Fills an outline evenly. */
    Canvas fill(String path, double brightness) {
        return fill(path, (x, y) -> brightness);
    }

    /** Draws along an outline with a round pen. */
    Canvas stroke(String path, double width, double brightness) {
        return stroke(Outline.of(path), width, brightness);
    }

    Canvas stroke(Path2D outline, double width, double brightness) {
        List<Line2D> lines = lines(outline);
        for (int i = 0; i < light.length; i++) {
            double x = (i % POINTS + 0.5) / FINE;
            double y = (i / POINTS + 0.5) / FINE;
            if (lines.stream().anyMatch(line -> line.ptSegDistSq(x, y) <= width * width / 4)) {
                light[i] = brightness;
            }
        }
        return this;
    }

    private static List<Line2D> lines(Path2D outline) {
        List<Line2D> lines = new ArrayList<>();
        double[] to = new double[6];
        double x = 0;
        double y = 0;
        PathIterator path = new FlatteningPathIterator(outline.getPathIterator(new AffineTransform()), 0.02);
        for (; !path.isDone(); path.next()) {
            if (path.currentSegment(to) == PathIterator.SEG_LINETO) {
                lines.add(new Line2D.Double(x, y, to[0], to[1]));
            }
            x = to[0];
            y = to[1];
        }
        return lines;
    }

    /** The centre of mass, in pixels. */
    double[] centre() {
        double mass = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < light.length; i++) {
            mass += light[i];
            x += light[i] * (i % POINTS + 0.5) / FINE;
            y += light[i] * (i / POINTS + 0.5) / FINE;
        }
        return new double[] {x / mass, y / mass};
    }

    /** The drawing, each pixel the mean of its points. */
    Image picture() {
        return picture(0, 0);
    }

    /**
     * The drawing with a weave: lit pixels differ at random from the mean of their points.
     *
     * @param weave by how much at most, as a part of their light
     */
    Image picture(double weave, long seed) {
        SplitMix64 random = SplitMix64.of(seed);
        byte[] pixels = new byte[SIZE * SIZE];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            double sum = 0;
            for (int i = 0; i < FINE * FINE; i++) {
                int row = pixel / SIZE * FINE + i / FINE;
                int column = pixel % SIZE * FINE + i % FINE;
                sum += light[row * POINTS + column];
            }
            double mean = sum / (FINE * FINE) * (1 + weave * (2 * random.uniform(pixel) - 1));
            pixels[pixel] = (byte) Math.clamp(Math.round(mean), 0, 255);
        }
        return Image.of(SIZE, SIZE, 1, pixels);
    }
}
