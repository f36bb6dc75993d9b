package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines are those of the documents' walk over a 6×6 matrix; other numbers are worked out by hand. */
class ConvCommandTest {

    private static final String SIX = "2 4 5 6 2 3; 3 1 2 3 5 7; 2 3 1 3 6 0; 7 7 8 4 6 2; 8 4 6 9 4 8; 3 4 6 8 10 4";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static void assertPrints(String expected, Object... args) {
        Object[] all = new Object[args.length + 1];
        all[0] = "conv";
        System.arraycopy(args, 0, all, 1, args.length);
        assertEquals(new Cli.Result(0, expected, ""), Cli.run(all));
    }

    private static void assertRefused(String message, Object... args) {
        Object[] all = new Object[args.length + 1];
        all[0] = "conv";
        System.arraycopy(args, 0, all, 1, args.length);
        assertEquals(new Cli.Result(2, "", "convoy: " + message + "\n"), Cli.run(all));
    }

    @Test
    void walksAsTheDocumentDoes() {
        assertPrints("""
            Step 1 of 16, result [0, 0]: rows 0..2, columns 0..2
              (2×1)+(4×2)+(5×1)+(3×0)+(1×0)+(2×0)+(2×1)+(3×2)+(1×1) = 24
            Step 2 of 16, result [0, 1]: rows 0..2, columns 1..3
              (4×1)+(5×2)+(6×1)+(1×0)+(2×0)+(3×0)+(3×1)+(1×2)+(3×1) = 28
            Step 3 of 16, result [0, 2]: rows 0..2, columns 2..4
              (5×1)+(6×2)+(2×1)+(2×0)+(3×0)+(5×0)+(1×1)+(3×2)+(6×1) = 32
            Step 4 of 16, result [0, 3]: rows 0..2, columns 3..5
              (6×1)+(2×2)+(3×1)+(3×0)+(5×0)+(7×0)+(3×1)+(6×2)+(0×1) = 28
            Step 5 of 16, result [1, 0]: rows 1..3, columns 0..2
              (3×1)+(1×2)+(2×1)+(2×0)+(3×0)+(1×0)+(7×1)+(7×2)+(8×1) = 36
            Step 6 of 16, result [1, 1]: rows 1..3, columns 1..3
              (1×1)+(2×2)+(3×1)+(3×0)+(1×0)+(3×0)+(7×1)+(8×2)+(4×1) = 35
            Step 7 of 16, result [1, 2]: rows 1..3, columns 2..4
              (2×1)+(3×2)+(5×1)+(1×0)+(3×0)+(6×0)+(8×1)+(4×2)+(6×1) = 35
            Step 8 of 16, result [1, 3]: rows 1..3, columns 3..5
              (3×1)+(5×2)+(7×1)+(3×0)+(6×0)+(0×0)+(4×1)+(6×2)+(2×1) = 38
            Step 9 of 16, result [2, 0]: rows 2..4, columns 0..2
              (2×1)+(3×2)+(1×1)+(7×0)+(7×0)+(8×0)+(8×1)+(4×2)+(6×1) = 31
            Step 10 of 16, result [2, 1]: rows 2..4, columns 1..3
              (3×1)+(1×2)+(3×1)+(7×0)+(8×0)+(4×0)+(4×1)+(6×2)+(9×1) = 33
            Step 11 of 16, result [2, 2]: rows 2..4, columns 2..4
              (1×1)+(3×2)+(6×1)+(8×0)+(4×0)+(6×0)+(6×1)+(9×2)+(4×1) = 41
            Step 12 of 16, result [2, 3]: rows 2..4, columns 3..5
              (3×1)+(6×2)+(0×1)+(4×0)+(6×0)+(2×0)+(9×1)+(4×2)+(8×1) = 40
            Step 13 of 16, result [3, 0]: rows 3..5, columns 0..2
              (7×1)+(7×2)+(8×1)+(8×0)+(4×0)+(6×0)+(3×1)+(4×2)+(6×1) = 46
            Step 14 of 16, result [3, 1]: rows 3..5, columns 1..3
              (7×1)+(8×2)+(4×1)+(4×0)+(6×0)+(9×0)+(4×1)+(6×2)+(8×1) = 51
            Step 15 of 16, result [3, 2]: rows 3..5, columns 2..4
              (8×1)+(4×2)+(6×1)+(6×0)+(9×0)+(4×0)+(6×1)+(8×2)+(10×1) = 54
            Step 16 of 16, result [3, 3]: rows 3..5, columns 3..5
              (4×1)+(6×2)+(2×1)+(9×0)+(4×0)+(8×0)+(8×1)+(10×2)+(4×1) = 50

            Result
              24  28  32  28
              36  35  35  38
              31  33  41  40
              46  51  54  50

            Height: floor((6 + 2·0 - 3)/1) + 1 = 4
            Width: floor((6 + 2·0 - 3)/1) + 1 = 4
            Parameters: 3·3·1·1 + 1 = 10
            """, SIX, "--kernel", "1 2 1; 0 0 0; 1 2 1");
    }

    @Test
    void poolsAsTheDocumentDoes() {
        assertPrints("""
            Step 1 of 4, result [0, 0]: rows 0..1, columns 0..1
              max(2, 4, 4, 6) = 6
            Step 2 of 4, result [0, 1]: rows 0..1, columns 2..3
              max(3, 5, 1, 4) = 5
            Step 3 of 4, result [1, 0]: rows 2..3, columns 0..1
              max(7, 8, 3, 4) = 8
            Step 4 of 4, result [1, 1]: rows 2..3, columns 2..3
              max(5, 4, 1, 2) = 5

            Result
              6  5
              8  5

            Height: floor((4 + 2·0 - 2)/2) + 1 = 2
            Width: floor((4 + 2·0 - 2)/2) + 1 = 2
            Parameters: none
            """, "2 4 3 5; 4 6 1 4; 7 8 5 4; 3 4 1 2", "--pool", "max", "--pool-size", "2");
    }

    @Test
    void oneStepAlone() {
        assertPrints("""
            Step 2 of 4, result [0, 1]: rows 0..1, columns 2..3
              average(3, 5, 1, 4) = 13/4 = 3.25
            """, "2 4 3 5; 4 6 1 4; 7 8 5 4; 3 4 1 2", "--pool", "average", "--step", "2");
        assertRefused(
                "There is no step 17. Remedy: --step from 1 to 16",
                SIX,
                "--kernel",
                "1 2 1; 0 0 0; 1 2 1",
                "--step",
                "17");
    }

    @Test
    void channelsAreSummed() throws IOException {
        Path second = Files.writeString(folder.resolve("second.csv"), "5,6\n7,8\n");
        assertPrints("""
            Step 1 of 1, result [0, 0]: rows 0..1, columns 0..1
              channel 0: (1×1)+(2×0)+(3×0)+(4×1) = 5
              channel 1: (5×0)+(6×1)+(7×-2)+(8×0) = -8
              5 + (-8) + 0.5 = -2.5

            Result
              -2.5

            Height: floor((2 + 2·0 - 2)/1) + 1 = 1
            Width: floor((2 + 2·0 - 2)/1) + 1 = 1
            Parameters: 2·2·2·1 + 1 = 9
            """, "1 2; 3 4|" + second, "--kernel", "1 0; 0 1 | 0 1; -2 0", "--bias", "0.5");
    }

    @Test
    void everyKernelIsAFilter() {
        assertPrints(
                """
                channel 0
                  6  8
                channel 1
                  -4  -5
                """,
                "1 2 3; 4 5 6",
                "--kernel",
                "1 0; 0 1",
                "--kernel",
                "-1 0; 0 0",
                "--bias",
                "0,-3",
                "--quiet",
                "--padding",
                "0");
    }

    @Test
    void aMatrixMayBeginWithAMinus() {
        assertPrints("  2\n", "-1 2; 3 4", "--kernel", "-1 0.5; 0 0", "--quiet");
        assertPrints("  1.5\n", "--kernel=-1 0.5", "-1 1", "--quiet");
    }

    @Test
    void sameAndDilationAreExplained() {
        Cli.Result result =
                Cli.run("conv", SIX, "--kernel", "1 1; 1 1", "--padding", "same", "--stride", "2,1", "--dilation", "2");
        assertTrue(result.out().endsWith("""
            Height: ceil(6/2) = 3
              padding 'same': max((3 - 1)·2 + 3 - 6, 0) = 1, 0 before and 1 after
              extent of the dilated kernel: 2·(2 - 1) + 1 = 3
            Width: ceil(6/1) = 6
              padding 'same': max((6 - 1)·1 + 3 - 6, 0) = 2, 1 before and 1 after
              extent of the dilated kernel: 2·(2 - 1) + 1 = 3
            Parameters: 2·2·1·1 + 1 = 5
            """), result.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1             | 2·1     | 2·1     | 7 | 7",
                "1,0           | 2·1     | 2·0     | 7 | 5",
                "0,1,2,0       | 0 + 1   | 2 + 0   | 6 | 7"
            })
    void padsMayBeUneven(String padding, String vertical, String horizontal, int height, int width) {
        Cli.Result result = Cli.run("conv", SIX, "--kernel", "1 1; 1 1", "--padding", padding);
        assertTrue(
                result.out()
                        .contains("Height: floor((6 + " + vertical + " - 2)/1) + 1 = " + height + "\nWidth: floor((6 + "
                                + horizontal + " - 2)/1) + 1 = " + width + "\n"),
                result.out() + result.err());
    }

    @Test
    void picturesAreTakenInGrey() throws IOException {
        assertPrints("  50\n", Cli.picture(folder, "grey.png", 50), "--kernel", "box-blur", "--quiet", "--stride", "9");
    }

    @Test
    void aPersonGoesStepByStep() {
        StringWriter out = new StringWriter();
        Terminal terminal = new Terminal(
                new BufferedReader(new StringReader("\nq\n")),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                true,
                false);
        int status = Main.run(terminal, "conv", "1 2 3; 4 5 6", "--kernel", "1 0; 0 1", "--interactive");
        assertEquals(0, status);
        assertEquals("""
            Step 1 of 2, result [0, 0]: rows 0..1, columns 0..1
              (1×1)+(2×0)+(4×0)+(5×1) = 6

              [1]  [2]   3
              [4]  [5]   6

              6  ·

            Enter: go on, q: end Step 2 of 2, result [0, 1]: rows 0..1, columns 1..2
              (2×1)+(3×0)+(5×0)+(6×1) = 8

               1   [2]  [3]
               4   [5]  [6]

              6  8

            Enter: go on, q: end\s\
            """, out.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void noTerminalNoWaiting() {
        Cli.Result result = Cli.run("conv", "1 2 3; 4 5 6", "--kernel", "1 0; 0 1", "--interactive");
        assertEquals(0, result.status());
        assertFalse(result.out().contains("Enter"), result.out());
    }

    @Test
    void kernelsAreListed() {
        Cli.Result result = Cli.run("conv", "--kernels");
        assertEquals(0, result.status());
        assertEquals(13, result.out().lines().count());
        assertTrue(result.out().contains("\nsobel-top          [1 2 1; 0 0 0; -1 -2 -1]\n"), result.out());
    }

    @Test
    void misuseIsExplained() throws IOException {
        assertRefused(
                "Row 2 of '1 2; 3' has 1 number, row 1 has 2. Remedy: give every row the same number of them",
                "1 2; 3",
                "--kernel",
                "1");
        assertRefused(
                "The kernel of 3×3 is larger than the input of 1×1. Remedy: take a smaller kernel, or more padding,"
                        + " 'same' for example",
                "1",
                "--kernel",
                "sharpen");
        assertRefused(
                "'sobel' is no matrix, no file and no kernel. Remedy: write a matrix as '1 2 3; 4 5 6', give a CSV or"
                        + " picture file, or take one of the kernels identity, sobel-top, sobel-bottom, sobel-left,"
                        + " sobel-right, sharpen, box-blur, gaussian-blur, edge-detection, horizontal-top,"
                        + " vertical-left, horizontal-bottom, vertical-right",
                SIX,
                "--kernel",
                "sobel");
        assertRefused(
                "--padding cannot be 'full'. Remedy: take 'valid', 'same', one number for all sides, ROWS,COLUMNS or"
                        + " TOP,BOTTOM,LEFT,RIGHT",
                SIX,
                "--kernel",
                "1",
                "--padding",
                "full");
        assertRefused(
                "--stride is one number from 1 on, or two (ROWS,COLUMNS), got [0]. Remedy: --stride 2 or --stride 2,1",
                SIX,
                "--kernel",
                "1",
                "--stride",
                "0");
        assertRefused("Give either --kernel or --pool. Remedy: --kernel '1 0; 0 1' or --pool max", SIX);
        assertRefused("There is nothing to convolve. Remedy: give a MATRIX, or a picture with --image");
        assertRefused(
                "--dilation belongs to a convolution. Remedy: leave it out", SIX, "--pool", "max", "--dilation", "2");
        assertRefused(
                "there is no file or folder 'gone.png'. Remedy: check the path",
                "--image",
                "gone.png",
                "--kernel",
                "sharpen",
                "--output",
                folder.resolve("x.png"));
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        assertRefused(
                broken
                        + ": this is no image format known; PNG, JPEG, GIF and BMP are read. Remedy: convert it to PNG"
                        + " or JPEG",
                broken,
                "--kernel",
                "sharpen");
        assertRefused(
                "Pictures are written as PNG, not 'x.jpg'. Remedy: give --output FILE.png",
                "--image",
                broken,
                "--kernel",
                "sharpen",
                "--output",
                "x.jpg");
        assertRefused("'" + folder + "' is a folder. Remedy: name a CSV or picture file", folder, "--kernel", "1");
        assertRefused(
                "The result would be 1999999×1999999, too large to walk through. Remedy: take less padding or a smaller"
                        + " input",
                "1",
                "--kernel",
                "1",
                "--padding",
                "999999");
        assertRefused(
                "A walkthrough takes windows, strides, dilations and pads up to 1048576, got 2147483647. Remedy: take"
                        + " smaller ones",
                "1 2",
                "--kernel",
                "1 1",
                "--dilation",
                "2147483647");
        assertRefused(
                "There is no place for the picture. Remedy: give --output FILE.png",
                "--image",
                broken,
                "--kernel",
                "sharpen");
    }
}
