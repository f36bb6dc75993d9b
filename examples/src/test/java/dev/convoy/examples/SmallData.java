package dev.convoy.examples;

import dev.convoy.data.Image;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
