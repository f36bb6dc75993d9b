package dev.convoy.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Runs the command in-process. */
final class Cli {

    /** What a run did. */
    record Result(int status, String out, String err) {}

    private Cli() {}

    static Result run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int status = Main.run(new Terminal(new PrintWriter(out), new PrintWriter(err), false), words);
        return new Result(status, lines(out), lines(err));
    }

    private static String lines(StringWriter text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** A model file that {@link TinyImporter} reads. */
    static Path model(Path folder, String kind) throws IOException {
        return Files.writeString(folder.resolve(kind + ".tiny"), "tiny " + kind);
    }

    /** A picture of one grey value. */
    static Path picture(Path folder, String name, int grey) throws IOException {
        BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 8; x++) {
            for (int y = 0; y < 6; y++) {
                image.setRGB(x, y, grey * 0x010101);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
