package dev.convoy.examples.pictures;

import dev.convoy.data.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** The pictures in {@code examples/models/pictures}, which programs show and tests classify. */
public final class DrawnPictures {

    private DrawnPictures() {}

    /** The file of a piece of clothing, {@code ankle-boot.png} for example. */
    public static String file(String clothing) {
        return clothing.toLowerCase(Locale.ROOT).replaceAll("[ /]", "-") + ".png";
    }

    /** The file of a digit, {@code digit-7-pen.png} for example. */
    public static String file(int digit, Digits font) {
        return "digit-" + digit + "-" + font.name().toLowerCase(Locale.ROOT) + ".png";
    }

    /** All pictures by their files. */
    public static SequencedMap<String, Image> all() {
        SequencedMap<String, Image> pictures = new LinkedHashMap<>();
        Clothes.all().forEach((name, picture) -> pictures.put(file(name), picture));
        for (Digits font : Digits.values()) {
            for (int digit = 0; digit < 10; digit++) {
                pictures.put(file(digit, font), font.picture(digit));
            }
        }
        return pictures;
    }

    /** Draws all pictures into a folder: {@code DrawnPictures examples/models/pictures}. */
    public static void main(String... args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (var picture : all().entrySet()) {
            picture.getValue().writePng(folder.resolve(picture.getKey()));
        }
    }
}
