package dev.convoy.examples.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnPicturesTest {

    private static final Path SHIPPED =
            Path.of(System.getProperty("convoy.root", ".."), "examples", "models", "pictures");

    @Test
    void theFilesAreWhatTheProgramDraws() throws IOException {
        Map<String, Image> drawn = DrawnPictures.all();
        assertEquals(30, drawn.size());
        for (var picture : drawn.entrySet()) {
            assertEquals(picture.getValue(), Image.read(SHIPPED.resolve(picture.getKey())), picture.getKey());
        }
        assertEquals(drawn.keySet(), names(SHIPPED));
    }

    @Test
    void theProgramWritesThem(@TempDir Path folder) throws IOException {
        DrawnPictures.main(folder.toString());
        assertEquals(names(SHIPPED), names(folder));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new HashSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** MNIST's own setting: 20 by 20 pixels at most, the centre of mass in the middle. */
    @Test
    void digitsAreSetAsInMnist() {
        for (Digits font : Digits.values()) {
            for (int digit = 0; digit < 10; digit++) {
                Image picture = font.picture(digit);
                double mass = 0;
                double x = 0;
                double y = 0;
                int left = 28;
                int right = -1;
                int top = 28;
                int bottom = -1;
                for (int i = 0; i < 28 * 28; i++) {
                    int light = picture.get(i % 28, i / 28, 0);
                    mass += light;
                    x += light * (i % 28 + 0.5);
                    y += light * (i / 28 + 0.5);
                    if (light > 0) {
                        left = Math.min(left, i % 28);
                        right = Math.max(right, i % 28);
                        top = Math.min(top, i / 28);
                        bottom = Math.max(bottom, i / 28);
                    }
                }
                String name = digit + " " + font;
                assertEquals(14, x / mass, 0.1, name);
                assertEquals(14, y / mass, 0.1, name);
                int longest = Math.max(right - left, bottom - top) + 1;
                assertTrue(longest == 20 || longest == 21, name + ": " + longest);
            }
        }
    }

    @Test
    void clothesReachTheEdges() {
        Clothes.all().forEach((name, picture) -> {
            boolean rows = touches(picture, true);
            boolean columns = touches(picture, false);
            assertTrue(rows || columns, name);
        });
    }

    /** Whether there is light within one pixel of both opposite edges. */
    private static boolean touches(Image picture, boolean rows) {
        boolean first = false;
        boolean last = false;
        for (int i = 0; i < 28; i++) {
            for (int depth = 0; depth <= 1; depth++) {
                first |= (rows ? picture.get(i, depth, 0) : picture.get(depth, i, 0)) > 0;
                last |= (rows ? picture.get(i, 27 - depth, 0) : picture.get(27 - depth, i, 0)) > 0;
            }
        }
        return first && last;
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThrows(IllegalArgumentException.class, () -> Outline.of("M0,0 H4"));
    }
}
