package dev.convoy.data;

import dev.convoy.data.archive.FileSource;
import dev.convoy.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * CIFAR-10 (Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009): pictures of 32x32 pixels in colour,
 * ten classes. Inputs are {@code float32[32, 32, 3]} from 0 to 1, targets class numbers, {@code int32[]}.
 *
 * <p>Of what lies in a folder, the first of these is taken; {@link PictureDataset#source} tells which:
 *
 * <ol>
 *   <li>{@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}, {@code .gz} or not, in the folder
 *       or in {@code cifar-10-batches-bin} below it
 *   <li>{@code cifar-10-binary.tar.gz}, which has these files
 *   <li>{@code cifar10-jpeg-train.tar.gz} and {@code cifar10-jpeg-test.tar.gz}: pictures {@code train/<index>_<label>.jpg}
 *       and {@code test/<label>_<n>.jpg}. JPEG loses detail
 *   <li>{@code cifar10-exact-train-*.bin.gz} and {@code cifar10-exact-test-*.bin.gz}, in the order of their names: some of
 *       the pictures
 * </ol>
 *
 * <p>Instead of the folder, one such archive or {@code .bin} file can be named; of a {@code .bin} file all pictures are
 * taken. A record is a byte for the class, then 1,024 bytes red, 1,024 green and 1,024 blue, row by row
 * (<a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data set's page</a>).
 */
public final class Cifar10 {

    /** The classes in the order of their numbers. */
    public static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + 3 * PLANE;

    /** Twenty times the data set; so many are read of one file. */
    private static final int MOST_PICTURES = 1_200_000;

    private static final int PICTURES_BETWEEN_CHECKS = 1000;
    private static final String REMEDY = "download the data set again";

    private enum Part {
        TRAIN(
                "train",
                IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin"),
                "train/\\d+_(?<label>\\d)\\.jpe?g$"),
        TEST("test", Stream.of("test_batch.bin"), "test/(?<label>\\d)_\\d+\\.jpe?g$");

        private final String folder;
        private final List<String> files;
        private final String names;

        Part(String folder, Stream<String> files, String names) {
            this.folder = folder;
            this.files = files.toList();
            this.names = names;
        }
    }

    private final Part part;
    private final List<Image> pictures = new ArrayList<>();
    private final List<Integer> classes = new ArrayList<>();

    private Cifar10(Part part) {
        this.part = part;
    }

    /**
     * The pictures to train on: 50,000 if the folder has all.
     *
     * @param path the folder, or an archive or file itself
     * @throws NoSuchFileException if there is none of the files; lists what was looked for
     * @throws DatasetException if a file is broken, or one of several is missing
     * @throws IOException if a file cannot be read
     */
    public static PictureDataset train(Path path) throws IOException {
        return new Cifar10(Part.TRAIN).read(path);
    }

    /**
     * The pictures to test with: 10,000 if the folder has all. Parameter and exceptions as {@link #train}.
     */
    public static PictureDataset test(Path path) throws IOException {
        return new Cifar10(Part.TEST).read(path);
    }

    private PictureDataset read(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            String name = path.toString();
            return name.endsWith(".bin") || name.endsWith(".bin.gz") ? records(List.of(path)) : archive(path);
        }
        for (Path folder : List.of(path, path.resolve("cifar-10-batches-bin"))) {
            List<Path> files =
                    part.files.stream().map(name -> plainOrPacked(folder, name)).toList();
            if (files.stream().anyMatch(Files::exists)) {
                return records(files);
            }
        }
        for (String name : List.of("cifar-10-binary.tar.gz", "cifar10-jpeg-" + part.folder + ".tar.gz")) {
            if (Files.exists(path.resolve(name))) {
                return archive(path.resolve(name));
            }
        }
        List<Path> exact = exactParts(path);
        if (exact.isEmpty()) {
            throw new NoSuchFileException(
                    path.toString(),
                    null,
                    "there is no CIFAR-10 here: neither " + String.join(", ", part.files)
                            + ", nor cifar-10-binary.tar.gz, nor cifar10-jpeg-" + part.folder
                            + ".tar.gz, nor cifar10-exact-" + part.folder + "-*.bin.gz. Remedy: unpack or download it");
        }
        return records(exact);
    }

    private static Path plainOrPacked(Path folder, String name) {
        Path packed = folder.resolve(name + ".gz");
        return Files.exists(packed) && !Files.exists(folder.resolve(name)) ? packed : folder.resolve(name);
    }

    private List<Path> exactParts(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, "cifar10-exact-" + part.folder + "-*.bin.gz")) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    private PictureDataset records(List<Path> files) throws IOException {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new DatasetException(file.toString(), "one of " + files.size() + " files is missing", REMEDY);
            }
            try (InputStream in = content(file)) {
                records(in, file.toString());
            } catch (EOFException | ZipException e) {
                throw new DatasetException(
                        file.toString(), 0, "the compressed content is broken: " + e.getMessage(), REMEDY);
            }
        }
        Path first = files.getFirst();
        return dataset(files.size() == 1 ? first.toString() : first + " and " + (files.size() - 1) + " more");
    }

    private static InputStream content(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new BufferedInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, 16 * RECORD);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private PictureDataset archive(Path path) throws IOException {
        FileSource source = FileSource.of(path);
        Map<String, byte[]> files = new TreeMap<>();
        source.read(
                entry -> {
                    boolean wanted = part.files.contains(fileName(entry.name()));
                    if (wanted
                            && (entry.size() > (long) MOST_PICTURES * RECORD / 5 || !Memory.holds(2 * entry.size()))) {
                        throw new DatasetException(
                                path.toString(),
                                "'" + entry.name() + "' has " + entry.size() + " bytes, too many to hold",
                                "give Java more memory (-Xmx)");
                    }
                    return wanted;
                },
                new FileSource.Sink() {
                    @Override
                    public void accept(String name, byte[] content) throws IOException {
                        if (files.put(fileName(name), content) != null) {
                            throw new DatasetException(
                                    path.toString(), "there are two files " + fileName(name), REMEDY);
                        }
                    }

                    @Override
                    public void unreadable(String name, IOException reason) throws IOException {
                        throw new DatasetException(path.toString(), name + ": " + reason.getMessage(), REMEDY);
                    }
                });
        if (files.isEmpty()) {
            return jpegs(path);
        }
        for (String name : part.files) {
            byte[] content = files.get(name);
            if (content == null) {
                throw new DatasetException(path.toString(), "there is no " + name, REMEDY);
            }
            records(new ByteArrayInputStream(content), path + "/" + name);
        }
        return dataset(path.toString());
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private PictureDataset jpegs(Path path) throws IOException {
        PictureDataset data = ImageFolder.at(path)
                .part(part.folder)
                .labels(part.names)
                .classes(CLASS_NAMES)
                .read();
        if (!data.input().shape().equals(Shape.of(SIDE, SIDE, 3))) {
            throw new DatasetException(
                    path.toString(),
                    "CIFAR-10's pictures are [32, 32, 3], these are "
                            + data.input().shape(),
                    REMEDY);
        }
        return data;
    }

    private void records(InputStream in, String name) throws IOException {
        long position = 0;
        for (byte[] bytes = in.readNBytes(RECORD); bytes.length > 0; bytes = in.readNBytes(RECORD)) {
            if (bytes.length < RECORD) {
                throw new DatasetException(
                        name,
                        position,
                        "the last picture has " + bytes.length + " of its " + RECORD + " bytes",
                        REMEDY);
            }
            int label = bytes[0] & 0xff;
            if (label >= CLASS_NAMES.size()) {
                throw new DatasetException(
                        name, position, "the class is 0 to 9, got " + label + "; this is no file of CIFAR-10", REMEDY);
            }
            if (pictures.size() == MOST_PICTURES
                    || pictures.size() % PICTURES_BETWEEN_CHECKS == 0
                            && !Memory.holds((long) PICTURES_BETWEEN_CHECKS * RECORD * 2)) {
                throw new DatasetException(
                        name,
                        position,
                        "there are more than " + pictures.size() + " pictures, the memory is full",
                        "give Java more memory (-Xmx)");
            }
            pictures.add(picture(bytes));
            classes.add(label);
            position += RECORD;
        }
    }

    /** Planes to pixels. */
    private static Image picture(byte[] bytes) {
        byte[] pixels = new byte[3 * PLANE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = bytes[1 + i % 3 * PLANE + i / 3];
        }
        return Image.wrap(SIDE, SIDE, 3, pixels);
    }

    private PictureDataset dataset(String source) throws DatasetException {
        if (pictures.isEmpty()) {
            throw new DatasetException(source, "there are no pictures", REMEDY);
        }
        int[] numbers = classes.stream().mapToInt(Integer::intValue).toArray();
        return PictureDataset.of(pictures, numbers).withClassNames(CLASS_NAMES).withSource(source);
    }
}
