package dev.convoy.walkthrough;

import static dev.convoy.walkthrough.WalkthroughTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Image;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatricesTest {

    private static final Tensor SIX = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void literalsHaveRowsAndChannels() {
        assertEquals(SIX, Matrices.parse("1 2 3; 4 5 6"));
        assertEquals(SIX, Matrices.parse("1,2,3;4 , 5  6;"));
        assertEquals(SIX, Matrices.parse("1 2 3\n4 5 6\n"));
        assertEquals(Tensor.of(new double[] {1, 3, 2, -0.5}, 1, 2, 2), Matrices.parse("1 2 | 3 -.5"));
        assertEquals(Tensor.of(new double[] {1000, 0.25}, 1, 2, 1), Matrices.parse("1e3 25e-2"));
    }

    @Test
    void raggedRowsAreRefused() {
        assertRefused(
                "Row 2 of '1 2 3; 4 5' has 2 numbers, row 1 has 3. Remedy: give every row the same number of them",
                () -> Matrices.parse("1 2 3; 4 5"));
        assertRefused(
                "A channel is 1×1, another 1×2. Remedy: give all of them the same size", () -> Matrices.parse("1 2|3"));
    }

    @Test
    void whatIsNoNumberIsNamed() {
        for (String word : new String[] {"NaN", "1d", "0x10", "1.2.3", "--1", "1e999"}) {
            assertRefused(
                    "Row 1 of '2 " + word + "' has '" + word
                            + "', which is no number. Remedy: write numbers as 3, -0.5 or 1e-3",
                    () -> Matrices.parse("2 " + word));
        }
        assertRefused(
                "Row 1 of '1,,2' has '', which is no number. Remedy: write numbers as 3, -0.5 or 1e-3",
                () -> Matrices.parse("1,,2"));
        assertRefused("'' holds no numbers. Remedy: write a matrix as '1 2 3; 4 5 6'", () -> Matrices.parse("1|"));
    }

    @Test
    void literalsAreToldFromFiles() {
        assertTrue(Matrices.isLiteral("1 2; -3 4e5 | .5"));
        assertFalse(Matrices.isLiteral("x.csv"));
        assertFalse(Matrices.isLiteral("./1"));
        assertFalse(Matrices.isLiteral(" ; "));
    }

    @Test
    void tablesAreRead() throws IOException {
        for (String text :
                new String[] {"1,2,3\n4,5,6\n", "1;2;3\r\n4;5;6", "1\t2\t3\n\n4\t5\t6\n", "1 2 3\n4, 5, 6"}) {
            assertEquals(SIX, Matrices.read(Files.writeString(folder.resolve("x.csv"), text)));
        }
        Path ragged = Files.writeString(folder.resolve("ragged.csv"), "1,2\n3\n");
        assertRefused(
                "Row 2 of '" + ragged + "' has 1 number, row 1 has 2. Remedy: give every row the same number of them",
                () -> Matrices.read(ragged));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(assertThrows(IOException.class, () -> Matrices.read(binary))
                .getMessage()
                .contains("is no text. Remedy: "));
    }

    @Test
    void picturesAreReadInGrey() throws IOException {
        Path file = folder.resolve("x.png");
        Image.of(2, 1, 1, new byte[] {0, (byte) 200}).writePng(file);
        assertEquals(Tensor.of(new double[] {0, 200}, 1, 2, 1), Matrices.read(file));
    }
}
