package dev.convoy.cli;

import com.google.common.primitives.Bytes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/** Data sets of a few pictures, on disk. */
final class TinyPictures {

    private static final int SIDE = 28;

    private TinyPictures() {}

    /** The four files of MNIST: a picture of class c has a bright block at the place c, in noise. */
    static Path mnist(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        part(folder, "train", train, 1);
        part(folder, "t10k", test, 2);
        return folder;
    }

    private static void part(Path folder, String name, int count, long seed) throws IOException {
        Random random = new Random(seed);
        ByteBuffer pictures = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        pictures.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int number = i % 10;
            labels.put((byte) number);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = y / 9 == number / 4 && x / 7 == number % 4;
                    pictures.put((byte) (random.nextInt(60) + (inside ? 180 : 0)));
                }
            }
        }
        Files.write(folder.resolve(name + "-images-idx3-ubyte"), pictures.array());
        Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    }

    /** A folder with dark and light pictures, so many of each. */
    static Path folder(Path folder, int side, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            picture(folder.resolve("dark"), i, side, 20 + i);
            picture(folder.resolve("light <&>"), i, side, 200 + i);
        }
        return folder;
    }

    /** What is in a .keras file, byte for byte, but for metadata.json, which says when it was written. */
    static Map<String, List<Byte>> content(Path model) throws IOException {
        Map<String, List<Byte>> content = new TreeMap<>();
        try (ZipFile zip = new ZipFile(model.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                content.put(
                        entry.getName(), Bytes.asList(zip.getInputStream(entry).readAllBytes()));
            }
        }
        content.remove("metadata.json");
        return content;
    }

    static void picture(Path folder, int number, int side, int grey) throws IOException {
        Files.createDirectories(folder);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, grey * 0x010101);
        }
        ImageIO.write(image, "png", folder.resolve(number + ".png").toFile());
    }
}
