package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.archive.ArchiveException;
import dev.convoy.data.archive.TarBytes;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** A PNG of 3x2 pixels whose red tells it from the others. */
    private void picture(String name, int red) throws IOException {
        files.put(name, PicturesOnDisk.png(3, 2, red << 16));
    }

    private Path onDisk() throws IOException {
        Path root = folder.resolve("pictures");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return root;
    }

    private byte[] tar() {
        TarBytes tar = new TarBytes();
        files.forEach(tar::file);
        return tar.bytes();
    }

    private Path packed(String name) throws IOException {
        Path path = folder.resolve(name);
        if (name.endsWith(".zip")) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                }
            }
            return path;
        }
        return Files.write(path, name.endsWith(".tar") ? tar() : TarBytes.gzip(tar()));
    }

    private static List<Integer> reds(Dataset data) {
        return IntStream.range(0, data.size())
                .mapToObj(i -> data.picture(i).orElseThrow().get(0, 0, 0))
                .toList();
    }

    private static List<Integer> classes(Dataset data) {
        int[] all = IntStream.range(0, data.size()).toArray();
        return Arrays.stream(data.batch(all).targets().ints()).boxed().toList();
    }

    private void catsAndDogs() throws IOException {
        picture("dog/b.png", 4);
        picture("cat/10.png", 1);
        picture("cat/9.PNG", 2);
        picture("dog/a/z.png", 5);
        picture("Zebra/1.png", 6);
        picture("cat/.hidden.png", 9);
        files.put("cat/notes.txt", new byte[] {1});
    }

    /** Python: sorted(['dog', 'cat', 'Zebra']), then sorted by folder and file name. */
    private static void assertCatsAndDogs(PictureDataset data) {
        assertEquals(List.of("Zebra", "cat", "dog"), data.classNames());
        assertEquals(List.of(6, 1, 2, 4, 5), reds(data));
        assertEquals(List.of(0, 1, 1, 2, 2), classes(data));
        assertEquals(TensorSpec.float32(2, 3, 3), data.input());
        assertEquals(6 / 255f, data.batch(new int[] {0}).inputs().floats()[0]);
    }

    @Test
    void classesAreTheSortedFolders() throws IOException {
        catsAndDogs();
        assertCatsAndDogs(ImageFolder.at(onDisk()).read());
    }

    @Test
    void archivesAreReadAsFoldersAre() throws IOException {
        catsAndDogs();
        for (String name : List.of("a.zip", "a.tar", "a.tar.gz", "a.tgz")) {
            assertCatsAndDogs(ImageFolder.at(packed(name)).threads(3).read());
        }
    }

    @Test
    void aFolderAroundAllIsPassedOver() throws IOException {
        picture("flowers/v1/rose/a.png", 1);
        picture("flowers/v1/tulip/a.png", 2);
        picture("__MACOSX/flowers/._a.png", 3);
        PictureDataset data = ImageFolder.at(packed("a.zip")).read();
        assertEquals(List.of("rose", "tulip"), data.classNames());
    }

    @Test
    void partsHaveTheSameClasses() throws IOException {
        picture("set/train/cat/a.png", 1);
        picture("set/train/dog/a.png", 2);
        picture("set/test/dog/a.png", 3);
        ImageFolder pictures = ImageFolder.at(onDisk());
        assertEquals(List.of("test", "train"), pictures.parts());
        PictureDataset test = pictures.part("test").read();
        assertEquals(List.of("cat", "dog"), test.classNames());
        assertEquals(List.of(1), classes(test));
        assertEquals(List.of(1, 2), reds(pictures.part("train").read()));
        DatasetException choose = assertThrows(DatasetException.class, pictures::read);
        assertTrue(choose.getMessage().contains("choose one with part(\"test\")"), choose::getMessage);
        DatasetException none =
                assertThrows(DatasetException.class, () -> pictures.part("val").read());
        assertTrue(none.getMessage().contains("there is no part 'val', but [test, train]"), none::getMessage);
    }

    @Test
    void aRuleFindsNumbersOrNamesInFileNames() throws IOException {
        picture("train/00001_9.png", 1);
        picture("train/00000_6.png", 2);
        PictureDataset numbers =
                ImageFolder.at(onDisk()).labels("_(?<label>\\d)\\.png$").read();
        assertEquals(List.of(6, 9), classes(numbers));
        assertEquals(List.of(2, 1), reds(numbers));
        assertEquals(List.of(), numbers.classNames());
        files.clear();
        picture("more/cat.0.png", 3);
        picture("more/ant.0.png", 4);
        PictureDataset names = ImageFolder.at(packed("a.tar"))
                .labels("(?<label>[a-z]+)\\.\\d+\\.png")
                .read();
        assertEquals(List.of("ant", "cat"), names.classNames());
        assertEquals(List.of(0, 1), classes(names));
        assertThrows(
                IllegalArgumentException.class, () -> ImageFolder.at(folder).labels("(\\d)"));
    }

    @Test
    void classesCanBeGiven() throws IOException {
        picture("dog/a.png", 1);
        picture("cat/a.png", 2);
        PictureDataset data =
                ImageFolder.at(onDisk()).classes(List.of("fish", "dog", "cat")).read();
        assertEquals(List.of(2, 1), classes(data));
        UnreadableFilesException unknown = assertThrows(
                UnreadableFilesException.class,
                () -> ImageFolder.at(onDisk()).classes(List.of("cat")).read());
        assertEquals(
                List.of(new UnreadableFile("dog/a.png", "its class 'dog' is none of the classes")), unknown.files());
    }

    @Test
    void picturesAreResizedAndGreyOnRequest() throws IOException {
        files.put("a/1.png", PicturesOnDisk.png(8, 4, 0xff0000));
        files.put("b/1.png", PicturesOnDisk.png(5, 5, 0x00ff00));
        ImageFolder pictures = ImageFolder.at(onDisk());
        DatasetException sizes = assertThrows(DatasetException.class, pictures::read);
        assertTrue(sizes.getMessage().contains("give one size with size(height, width)"), sizes::getMessage);
        PictureDataset colour = pictures.size(2, 3).read();
        assertEquals(TensorSpec.float32(2, 3, 3), colour.input());
        PictureDataset grey = pictures.grey().size(2, 3).read();
        assertEquals(TensorSpec.float32(2, 3, 1), grey.input());
        // ITU-R BT.601: 0.299 of red, 0.587 of green
        assertEquals(List.of(76, 150), reds(grey));
        assertEquals(grey.input(), pictures.size(2, 3).grey().read().input());
    }

    @Test
    void preprocessingIsAppliedAsToSinglePictures() throws IOException {
        files.put("a/1.jpg", PicturesOnDisk.jpeg(20, 16, 0x336699));
        Preprocessing caffe = Preprocessing.named("caffe").withSize(8, 8);
        PictureDataset data = ImageFolder.at(onDisk()).preprocessing(caffe).read();
        assertArrayEquals(
                caffe.apply(Image.decode(files.get("a/1.jpg"), "1.jpg")).floats(),
                data.batch(new int[1]).inputs().floats());
    }

    @Test
    void allBrokenPicturesAreNamedAtOnce() throws IOException {
        picture("a/1.png", 1);
        files.put("a/2.png", "<html>not found</html>".getBytes());
        byte[] cut = PicturesOnDisk.jpeg(64, 64, 0xabcdef);
        files.put("b/3.jpg", Arrays.copyOf(cut, cut.length / 2));
        files.put("b/4.png", new byte[0]);
        picture("stray.png", 2);
        picture("b/5.png", 7);
        UnreadableFilesException thrown = assertThrows(
                UnreadableFilesException.class, () -> ImageFolder.at(onDisk()).read());
        assertEquals(
                List.of("stray.png", "a/2.png", "b/3.jpg", "b/4.png"),
                thrown.files().stream().map(UnreadableFile::name).toList());
        assertTrue(thrown.getMessage().contains("4 of 6 pictures cannot be used"), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("a/2.png: this is no image format known"), thrown::getMessage);
        List<UnreadableFile> skipped = new ArrayList<>();
        PictureDataset rest = ImageFolder.at(onDisk()).skipBroken(skipped::add).read();
        assertEquals(thrown.files(), skipped);
        assertEquals(List.of(1, 7), reds(rest));
    }

    @Test
    void emptyFoldersAndFoldersWithoutClassesAreRefused() throws IOException {
        DatasetException empty = assertThrows(
                DatasetException.class, () -> ImageFolder.at(folder).read());
        assertTrue(empty.getMessage().contains("there are no pictures"), empty::getMessage);
        picture("1.png", 1);
        DatasetException flat = assertThrows(
                DatasetException.class, () -> ImageFolder.at(onDisk()).read());
        assertTrue(flat.getMessage().contains("they lie in no sub-folders"), flat::getMessage);
        files.put("a/x.png", new byte[3]);
        files.remove("1.png");
        DatasetException none = assertThrows(
                DatasetException.class,
                () -> ImageFolder.at(packed("a.zip")).skipBroken(file -> {}).read());
        assertTrue(none.getMessage().contains("none of the 1 pictures can be used"), none::getMessage);
    }

    @Test
    void progressCountsToTheEnd() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture("c" + i % 2 + "/" + i + ".png", i);
        }
        List<Integer> done = new ArrayList<>();
        ImageFolder.at(packed("a.tgz"))
                .threads(4)
                .progress((now, total) -> {
                    assertEquals(20, total);
                    done.add(now);
                })
                .read();
        assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), done);
    }

    @Test
    void whatTheCallersProgressThrowsEndsReading() throws IOException {
        picture("a/1.png", 1);
        ImageFolder pictures = ImageFolder.at(onDisk()).progress((done, total) -> {
            throw new UnsupportedOperationException("stop");
        });
        assertThrows(UnsupportedOperationException.class, pictures::read);
    }

    @Test
    void mutantsGiveTypedErrorsOnly() throws IOException {
        picture("a/1.png", 1);
        files.put("b/2.jpg", PicturesOnDisk.jpeg(3, 2, 0x123456));
        byte[][] seeds = {Files.readAllBytes(packed("a.tar")), Files.readAllBytes(packed("a.zip"))};
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] mutant = seeds[i % 2].clone();
            for (int change = 0; change <= i % 6; change++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            Path path = Files.write(folder.resolve("mutant.tar"), mutant);
            try {
                ImageFolder.at(path).read();
            } catch (ArchiveException | DatasetException | UnreadableFilesException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, refused + " of 300 mutants refused");
    }
}
