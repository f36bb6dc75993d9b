package dev.convoy.examples.pictures;

import dev.convoy.data.Image;
import dev.convoy.examples.pictures.Canvas.Shade;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A piece of clothing for each class of Fashion-MNIST, drawn as that data set shows them: light on black, 28 by 28 pixels, as
 * large as the square allows, shoes with their toes to the left.
 */
public final class Clothes {

    private static final double WEAVE = 0.07;

    private Clothes() {}

    /** The pictures by class, in the order of the classes. */
    public static SequencedMap<String, Image> all() {
        SequencedMap<String, Canvas> drawings = new LinkedHashMap<>();
        drawings.put("T-shirt/top", shirtWithShortSleeves());
        drawings.put("Trouser", trouser());
        drawings.put("Pullover", pullover());
        drawings.put("Dress", dress());
        drawings.put("Coat", coat());
        drawings.put("Sandal", sandal());
        drawings.put("Shirt", shirt());
        drawings.put("Sneaker", sneaker());
        drawings.put("Bag", bag());
        drawings.put("Ankle boot", ankleBoot());
        SequencedMap<String, Image> pictures = new LinkedHashMap<>();
        drawings.forEach((name, drawing) -> pictures.put(name, drawing.picture(WEAVE, pictures.size())));
        return pictures;
    }

    /** Cloth around a body: brightest left and right of the middle, with a few soft folds from top to bottom. */
    private static Shade cloth(double brightness) {
        return (x, y) ->
                brightness * (0.93 + 0.05 * StrictMath.cos((x - 14) * 0.9) + 0.02 * StrictMath.cos(x * 2.1 + y * 0.4));
    }

    private static Canvas shirtWithShortSleeves() {
        return new Canvas()
                .fill(
                        "M10,0.5 Q14,3.5 18,0.5 L22,2 Q25,4 27,9 L22.2,11 L21,8.5 L21,27 Q14,28 7,27 L7,8.5 L5.8,11"
                                + " L1,9 Q3,4 6,2 Z",
                        cloth(205))
                .stroke("M10,0.8 Q14,4.2 18,0.8", 0.7, 235)
                .stroke("M7,8.5 L7.6,4", 0.5, 150)
                .stroke("M21,8.5 L20.4,4", 0.5, 150);
    }

    private static Canvas trouser() {
        return new Canvas()
                .fill("M9,0 L19,0 Q20,10 20,28 L15.6,28 L14.4,9 L13.6,9 L12.4,28 L8,28 Q8,10 9,0 Z", cloth(215))
                .stroke("M9,1.6 L19,1.6", 0.6, 160)
                .stroke("M14,2 L14,8", 0.6, 165);
    }

    private static Canvas pullover() {
        return new Canvas()
                .fill(
                        "M10,1.5 Q14,3.5 18,1.5 L21.5,2.8 Q24.5,4.5 25.5,11 L27,26.5 L23.6,27.5 L21.6,12 L21.4,24.5"
                                + " L6.6,24.5 L6.4,12 L4.4,27.5 L1,26.5 L2.5,11 Q3.5,4.5 6.5,2.8 Z",
                        cloth(225))
                .stroke("M10,2 Q14,5 18,2", 0.8, 150)
                .stroke("M7,23 L21,23", 0.6, 150)
                .stroke("M1.6,24.6 L4.6,25.6 M26.4,24.6 L23.4,25.6", 0.5, 150);
    }

    private static Canvas dress() {
        return new Canvas()
                .fill(
                        "M10,0.3 L11.4,0.3 Q14,5 16.6,0.3 L18,0.3 Q17.9,5 18.8,8 Q17,11 17.2,13 Q19.5,20 20.5,27.7"
                                + " L7.5,27.7 Q8.5,20 10.8,13 Q11,11 9.2,8 Q10.1,5 10,0.3 Z",
                        cloth(205))
                .stroke("M10.9,12.6 L17.1,12.6", 0.7, 150)
                .stroke("M12.6,14 L11.2,27", 0.4, 170)
                .stroke("M15.4,14 L16.8,27", 0.4, 170);
    }

    private static Canvas coat() {
        return new Canvas()
                .fill(
                        "M10.5,0.6 Q14,-0.4 17.5,0.6 L18.6,3 Q22.5,3.6 24,6.5 Q25.4,10 26.6,25 L23.4,26 L22,13"
                                + " L22.3,27.8 L5.7,27.8 L6,13 L4.6,26 L1.4,25 Q2.6,10 4,6.5 Q5.5,3.6 9.4,3 Z",
                        cloth(220))
                .fill("M11.3,1 L16.7,1 L14,4.6 Z", 70)
                .stroke("M9.6,3.2 L13.6,5.4 M18.4,3.2 L14.4,5.4", 0.6, 150)
                .stroke("M6.2,13 L6.8,8 M21.8,13 L21.2,8", 0.5, 130)
                .stroke("M8.6,20 L10.8,16.5 M19.4,20 L17.2,16.5", 0.6, 120)
                .stroke("M14,4.6 L14,27.8", 0.9, 80);
    }

    private static Canvas sandal() {
        return new Canvas()
                .fill(
                        "M0.5,20.5 Q7,19.5 13,19 Q19,17 26,14 L27.5,20.8 L24.8,22 L24.3,17.8 Q18,21 12,21.8 L1,22.2 Z",
                        190)
                .stroke("M3,20 Q5,14.5 9,15 L10.5,19", 1.3, 225)
                .stroke("M6,15 L11,19", 0.9, 160)
                .stroke("M12,19 Q17,13 19.5,9 Q22,7.5 25,8.5 L26,14", 1.1, 215)
                .stroke("M19,11 Q22,13 26,10.5", 0.9, 200);
    }

    private static Canvas shirt() {
        return new Canvas()
                .fill(
                        "M10.5,1 L17.5,1 L19,2.4 Q22.5,3 23.6,6 Q25,12 25.6,25 L22.6,25.6 L21.4,11 L21.2,26 Q14,29"
                                + " 6.8,26 L6.6,11 L5.4,25.6 L2.4,25 Q3,12 4.4,6 Q5.5,3 9,2.4 Z",
                        Clothes::tartan)
                .fill("M11.5,0.6 L16.5,0.6 L14,3.6 Z", 90)
                .stroke("M10.6,1 L10.6,3.4 L14,4.2 L17.4,3.4 L17.4,1", 0.7, 235)
                .stroke("M14,4.4 L14,27.2", 0.5, 235);
    }

    /** Checks of four pixels, crossed by dark bands. */
    private static double tartan(double x, double y) {
        double bands = (Math.floorMod((int) x, 4) == 0 ? 1 : 0) + (Math.floorMod((int) y, 4) == 1 ? 1 : 0);
        return 225 - 75 * bands;
    }

    private static Canvas sneaker() {
        return new Canvas()
                .fill(
                        "M0.5,17.5 Q1,15.2 6,14.4 Q11,13.5 15.5,9.2 Q17,8.4 18.5,9.8 Q22,11.4 25,8.8 Q27,9 27.3,13"
                                + " L27.7,18 L27.5,19.5 L0.8,19.8 Z",
                        cloth(185))
                .fill("M0.4,17.8 Q14,18.6 27.7,17.4 L27.6,19.8 L1,20 Z", 240)
                .stroke("M12.5,12.2 L15,14.6", 0.6, 90)
                .stroke("M10.6,13.3 L13,15.4", 0.6, 90)
                .stroke("M14.3,10.8 L17,13.4", 0.6, 90)
                .stroke("M17,17 Q20,13 24,12.5", 0.9, 240)
                .stroke("M1,17.6 Q14,18.3 27.5,17.1", 0.5, 110);
    }

    private static Canvas bag() {
        return new Canvas()
                .stroke("M8,11 Q8,2.2 14,2.2 Q20,2.2 20,11", 1.4, 180)
                .fill("M2.5,10.5 L25.5,10.5 L27.5,26 L0.5,26 Z", cloth(195))
                .stroke("M2.3,14 L25.7,14", 0.6, 130)
                .fill("M12.6,12.6 L15.4,12.6 L15.4,15.6 L12.6,15.6 Z", 245);
    }

    private static Canvas ankleBoot() {
        return new Canvas()
                .fill(
                        "M13.5,2.5 Q19,3.6 25,2 Q24.6,10 26.4,16.5 Q27,19 26.8,25.5 L20.2,25.5 L19.6,22.8 Q14,23"
                                + " 11,24.5 L1,24.8 Q0.4,21 4,19 Q11,16.5 12.6,12 Q13.6,8 13.5,2.5 Z",
                        cloth(205))
                .stroke("M1,23.6 Q10,24.2 13,22.8 Q17,21.6 26.6,22.4", 0.7, 120)
                .stroke("M13.6,5 Q19,6 24.8,4.6", 0.5, 150)
                .stroke("M20,5 Q18.6,9 20.4,13", 0.8, 140);
    }
}
