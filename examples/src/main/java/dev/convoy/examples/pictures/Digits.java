package dev.convoy.examples.pictures;

import dev.convoy.data.Image;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The ten digits in stroke fonts of this project's own, set as MNIST sets its digits (LeCun et al. 1998): white on black,
 * scaled to fit 20 by 20 pixels, the centre of mass in the middle of 28 by 28.
 */
public enum Digits {
    /** Upright, as on a sign. */
    SIGN(
            2.6,
            0,
            "M10,0 C16,0 18,7 18,14 C18,21 16,28 10,28 C4,28 2,21 2,14 C2,7 4,0 10,0",
            "M6,5 L11,0 L11,28",
            "M2,7 C2,2 6,0 10,0 C15,0 18,3 18,8 C18,14 8,20 2,28 L18,28",
            "M3,4 C5,1 8,0 10,0 C15,0 17,3 17,7 C17,11 14,13 10,13 C15,13 18,16 18,20 C18,25 15,28 10,28 C6,28 3,26"
                    + " 2,23",
            "M14,28 L14,0 L2,19 L19,19",
            "M17,0 L5,0 L4,12 C6,10 8,10 10,10 C15,10 18,14 18,19 C18,25 15,28 10,28 C6,28 3,26 2,23",
            "M14,0 C8,4 2,12 2,20 C2,25 5,28 10,28 C15,28 18,24 18,20 C18,16 15,13 10,13 C6,13 3,15 2,20",
            "M2,0 L18,0 C13,8 9,18 8,28",
            "M10,13 C5,13 3,10 3,7 C3,3 6,0 10,0 C14,0 17,3 17,7 C17,10 15,13 10,13 C5,13 2,16 2,20 C2,25 5,28 10,28"
                    + " C15,28 18,25 18,20 C18,16 15,13 10,13",
            "M18,9 C17,14 14,16 10,16 C5,16 2,13 2,8 C2,3 5,0 10,0 C15,0 18,4 18,9 C18,18 14,26 6,28"),

    /** Slanted, as with a pen. */
    PEN(
            2.1,
            0.3,
            "M11,0 C4,2 2,9 2,16 C2,24 5,28 9,28 C14,28 17,20 17,12 C17,5 14,0 10,1",
            "M10,0 L10,28",
            "M3,6 C4,2 7,0 11,0 C15,0 17,3 16,8 C15,14 9,21 3,26 C1,28 3,22 7,24 C12,27 15,28 20,25",
            "M3,2 C8,-1 15,0 15,5 C15,10 10,12 7,13 C13,12 17,15 16,20 C15,26 8,29 2,26",
            "M4,0 C4,6 2,12 2,16 C6,17 12,16 18,15 M15,3 C15,12 14,20 14,28",
            "M6,2 C5,6 4,10 4,13 C9,11 16,13 16,19 C16,26 8,29 1,26 M6,2 C10,2 14,1 19,0",
            "M14,0 C7,5 3,13 3,20 C3,26 6,28 10,28 C14,28 17,24 17,20 C17,16 13,14 10,15 C6,16 4,20 4,23",
            "M2,3 C7,2 13,2 18,1 C14,9 10,18 9,28 M5,14 L17,13",
            "M16,4 C14,0 5,-1 4,5 C3,11 16,14 16,21 C16,27 11,28 8,28 C3,28 1,23 4,19 C8,14 17,10 16,4",
            "M16,7 C15,1 8,-1 4,4 C1,9 3,14 7,14 C12,14 15,10 16,5 C16,13 15,20 13,28");

    private static final double BOX = 20;

    private final double pen;
    private final double slant;
    private final List<String> glyphs;

    Digits(double pen, double slant, String... glyphs) {
        this.pen = pen;
        this.slant = slant;
        this.glyphs = List.of(glyphs);
    }

    /** The picture of a digit from 0 to 9. */
    public Image picture(int digit) {
        Path2D glyph = Outline.of(glyphs.get(digit));
        glyph.transform(AffineTransform.getShearInstance(-slant, 0));
        Rectangle2D bounds = glyph.getBounds2D();
        double scale = (BOX - pen) / Math.max(bounds.getWidth(), bounds.getHeight());
        glyph.transform(AffineTransform.getTranslateInstance(-bounds.getCenterX(), -bounds.getCenterY()));
        glyph.transform(AffineTransform.getScaleInstance(scale, scale));
        double middle = Canvas.SIZE / 2.0;
        Path2D centred = moved(glyph, middle, middle);
        double[] mass = new Canvas().stroke(centred, pen, 255).centre();
        return new Canvas()
                .stroke(moved(centred, middle - mass[0], middle - mass[1]), pen, 255)
                .picture();
    }

    private static Path2D moved(Path2D path, double x, double y) {
        return new Path2D.Double(path, AffineTransform.getTranslateInstance(x, y));
    }
}
