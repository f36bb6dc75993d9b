package dev.convoy.data;

import dev.convoy.data.archive.FileSource;
import dev.convoy.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads the zip files of several arrays that {@code numpy.savez} and {@code savez_compressed} write, and the data sets in
 * them that Keras users have: {@code mnist.npz} holds {@code x_train, y_train, x_test, y_test}.
 */
public final class Npz {

    private static final String ENDING = ".npy";
    /** The entry, the array's bytes and the array. */
    private static final int COPIES = 3;

    private Npz() {}

    /**
     * The arrays by name, in the order of the file.
     *
     * @throws NpyException if one of them is broken, or of a type that is not supported
     * @throws DatasetException if the file holds something else, or more than the memory does
     * @throws dev.convoy.data.archive.ArchiveException if the zip file is broken
     * @throws IOException if it cannot be read
     */
    public static SequencedMap<String, Tensor> read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file.toString(), "this is a folder", "name a .npz file in it");
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        FileSource.of(file).read(entry -> fits(entry, file), new FileSource.Sink() {
            @Override
            public void accept(String name, byte[] content) throws IOException {
                Tensor array = Npy.read(new ByteArrayInputStream(content), content.length, file + "/" + name);
                arrays.put(name.substring(0, name.length() - ENDING.length()), array);
            }

            @Override
            public void unreadable(String name, IOException reason) throws DatasetException {
                throw new DatasetException(
                        file + "/" + name, String.valueOf(reason.getMessage()), "copy the file again");
            }
        });
        return arrays;
    }

    private static boolean fits(FileSource.Entry entry, Path file) throws DatasetException {
        String name = file + "/" + entry.name();
        if (!entry.name().endsWith(ENDING)) {
            throw new DatasetException(name, "this is no array (.npy)", "write the file with numpy.savez");
        }
        if (!Memory.holds(COPIES * entry.size())) {
            throw new DatasetException(
                    name,
                    "the array needs " + Memory.mebibytes(COPIES * entry.size()) + " to read; "
                            + Memory.mebibytes(Memory.free()) + " are free",
                    "give Java more memory (-Xmx)");
        }
        return true;
    }

    /**
     * The samples to train on: {@code x_train} and {@code y_train}, or {@code x} and {@code y}. Pictures stay bytes
     * ({@link PictureDataset}) if x is {@code uint8[n, h, w]} or {@code [n, h, w, 1 or 3]} and y class numbers; their
     * values go from 0 to 1. Other inputs become float32 with the values that they have. Targets are class numbers,
     * {@code int32[n]}, if y is of integers {@code [n]} or {@code [n, 1]}, else float32.
     *
     * @throws DatasetException if there are no such arrays, or they do not belong together
     * @throws IOException as {@link #read}
     */
    public static Dataset train(Path file) throws IOException {
        Map<String, Tensor> arrays = read(file);
        return arrays.containsKey("x_train") ? dataset(arrays, "_train", file) : dataset(arrays, "", file);
    }

    /** The samples to test with: {@code x_test} and {@code y_test}. As {@link #train}. */
    public static Dataset test(Path file) throws IOException {
        return dataset(read(file), "_test", file);
    }

    /** The samples of two {@code .npy} files, x and y as in {@link #train}. */
    public static Dataset pair(Path x, Path y) throws IOException {
        for (Path file : new Path[] {x, y}) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        return ArrayDatasets.of(Npy.read(x), Npy.read(y), x + " and " + y);
    }

    private static Dataset dataset(Map<String, Tensor> arrays, String part, Path file) throws DatasetException {
        Tensor x = arrays.get("x" + part);
        Tensor y = arrays.get("y" + part);
        if (x == null || y == null) {
            throw new DatasetException(
                    file.toString(),
                    "there are no arrays x" + part + " and y" + part + ", but " + arrays.keySet(),
                    "save them with numpy.savez(file, x" + part + "=…, y" + part + "=…), or read them with Npz.read");
        }
        return ArrayDatasets.of(x, y, file + (part.isEmpty() ? "" : ", x" + part));
    }
}
