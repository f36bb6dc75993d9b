package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data sets that come in the four files of MNIST: MNIST (LeCun, Cortes and Burges), Fashion-MNIST (Xiao, Rasul and
 * Vollgraf 2017), KMNIST. Inputs are {@code float32[28, 28, 1]} from 0 to 1, targets class numbers, {@code int32[]}.
 */
public final class Mnist {

    private Mnist() {}

    /**
     * The 60,000 pictures to train on: {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, with
     * {@code .gz} or without.
     *
     * @throws IdxException if a file is broken
     * @throws IOException if a file is missing or cannot be read
     */
    public static PictureDataset train(Path folder) throws IOException {
        return read(folder, "train");
    }

    /**
     * The 10,000 pictures to test with: {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, with
     * {@code .gz} or without.
     *
     * @throws IdxException if a file is broken
     * @throws IOException if a file is missing or cannot be read
     */
    public static PictureDataset test(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    private static PictureDataset read(Path folder, String part) throws IOException {
        Path imageFile = file(folder, part + "-images-idx3-ubyte");
        Path labelFile = file(folder, part + "-labels-idx1-ubyte");
        Tensor images = bytes(imageFile, 3);
        Tensor labels = bytes(labelFile, 1);
        if (images.shape().size(0) == 0
                || images.shape().size(0) != labels.shape().size(0)) {
            throw new IdxException(
                    imageFile.toString(),
                    0,
                    "there are " + images.shape().size(0) + " pictures and "
                            + labels.shape().size(0) + " labels in " + labelFile,
                    "take both files from one data set");
        }
        byte[] numbers = (byte[]) labels.array();
        int[] classes = new int[labels.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = Byte.toUnsignedInt(numbers[i]);
        }
        return PictureDataset.of(images, classes).withSource(imageFile.toString());
    }

    private static Path file(Path folder, String name) {
        Path plain = folder.resolve(name);
        return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
    }

    private static Tensor bytes(Path file, int rank) throws IOException {
        Tensor tensor = Idx.read(file);
        if (tensor.type() != DataType.UINT8 || tensor.shape().rank() != rank) {
            throw new IdxException(
                    file.toString(),
                    0,
                    "expected uint8 with " + rank + " axes, got " + tensor.spec(),
                    "take the data set's own files");
        }
        return tensor;
    }
}
