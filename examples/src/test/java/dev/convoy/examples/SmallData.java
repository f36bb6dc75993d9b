package dev.convoy.examples;

import dev.convoy.data.Image;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Data sets of a few pictures in the files of the real ones. */
final class SmallData {

    private SmallData() {}

    /** The four files of MNIST with these pictures, one of each class, in both parts; each so many times to train on. */
    static void writeMnist(Path folder, List<Image> classes, int times) throws IOException {
        write(folder, "train", classes, times);
        write(folder, "t10k", classes, 1);
    }

    private static void write(Path folder, String part, List<Image> classes, int times) throws IOException {
        int count = classes.size() * times;
        try (DataOutputStream images = open(folder.resolve(part + "-images-idx3-ubyte.gz"));
                DataOutputStream labels = open(folder.resolve(part + "-labels-idx1-ubyte.gz"))) {
            images.writeInt(0x803);
            labels.writeInt(0x801);
            for (int size : new int[] {count, 28, 28}) {
                images.writeInt(size);
            }
            labels.writeInt(count);
            for (int i = 0; i < count; i++) {
                images.write(classes.get(i % classes.size()).pixels());
                labels.writeByte(i % classes.size());
            }
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }

    /** The files of CIFAR-10 with squares, a colour of its own for each class; so many of each in each file. */
    static void writeCifar10(Path folder, int times) throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            writeSquares(folder.resolve("data_batch_" + batch + ".bin"), times);
        }
        writeSquares(folder.resolve("test_batch.bin"), times);
    }

    private static void writeSquares(Path file, int times) throws IOException {
        var records = new ByteArrayOutputStream();
        for (int i = 0; i < 10 * times; i++) {
            int number = i % 10;
            records.write(number);
            for (int channel = 0; channel < 3; channel++) {
                for (int pixel = 0; pixel < 32 * 32; pixel++) {
                    boolean inside = Math.abs(pixel % 32 - 16) < 8 && Math.abs(pixel / 32 - 16) < 8;
                    records.write(inside && (number + 1 >> channel & 1) == 1 ? 25 * number + 30 : 0);
                }
            }
        }
        Files.write(file, records.toByteArray());
    }

    /** A folder for each class with pictures of one colour. */
    static void writeColours(Path folder, Map<String, int[]> colours, int times) throws IOException {
        for (var colour : colours.entrySet()) {
            Path own = Files.createDirectories(folder.resolve(colour.getKey()));
            for (int i = 0; i < times; i++) {
                byte[] pixels = new byte[64 * 48 * 3];
                for (int at = 0; at < pixels.length; at++) {
                    pixels[at] = (byte) (colour.getValue()[at % 3] - 10 * i);
                }
                Image.of(64, 48, 3, pixels).writePng(own.resolve(i + ".png"));
            }
        }
    }
}
