package dev.convoy.data;

import dev.convoy.data.Preprocessing.Channels;
import dev.convoy.data.archive.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a folder, a {@code .zip}, a {@code .tar} or a {@code .tar.gz}, sorted into sub-folders by class: as
 * {@code keras.utils.image_dataset_from_directory}, the classes are the names of the sub-folders in the order of the
 * alphabet (of code points), and PNG, JPEG, GIF and BMP files are taken in the order of their names. Or
 * {@linkplain #labels a rule} finds the class in the file's name. Nothing is unpacked to disk; an archive is read as
 * untrusted. Immutable: {@link #size} and the others give a new one.
 *
 * <p>Folders {@code train}, {@code validation} and {@code test} (or {@code training}, {@code val}, {@code valid},
 * {@code testing}) at the top are {@linkplain #parts parts}, read one at a time; all have the same classes.
 */
public final class ImageFolder {

    private static final System.Logger LOG = System.getLogger(ImageFolder.class.getName());

    /** Called as pictures are decoded, from any thread, one call at a time. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, int total);
    }

    private final Path path;
    private final Settings settings;

    private static final class Settings implements Cloneable {
        @Nullable
        String part;

        @Nullable
        Pattern labels;

        List<String> classes = List.of();

        @Nullable
        Preprocessing preprocessing;

        Channels channels = Channels.RGB;
        int threads = Runtime.getRuntime().availableProcessors();

        @Nullable
        Progress progress;

        @Nullable
        Consumer<UnreadableFile> broken;

        Settings with(Consumer<Settings> change) {
            try {
                Settings copy = (Settings) clone();
                change.accept(copy);
                return copy;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ImageFolder(Path path, Settings settings) {
        this.path = path;
        this.settings = settings;
    }

    /** Pictures in colour, of the size they have, values from 0 to 1, decoded on all processors. */
    public static ImageFolder at(Path path) {
        return new ImageFolder(path, new Settings());
    }

    /**
     * Pictures resized by {@code preprocessing}, in its channels and its scaling. An {@link Interpolation} gives
     * fractions; the pictures are kept as bytes, so that they are rounded to whole grey levels.
     */
    public ImageFolder preprocessing(Preprocessing preprocessing) {
        return with(s -> {
            s.preprocessing = preprocessing;
            s.channels = preprocessing.channels();
        });
    }

    /**
     * Pictures stretched to a size with TensorFlow's bilinear interpolation, as {@code image_size} of Keras; otherwise
     * all must have one size. Values from 0 to 1, or as {@link #preprocessing} said.
     *
     * @throws IllegalArgumentException if a size is not positive
     */
    public ImageFolder size(int height, int width) {
        Preprocessing base = settings.preprocessing;
        if (base == null) {
            base = Preprocessing.named("dataset").withScaling(Scaling.UNIT).withChannels(settings.channels);
        }
        return preprocessing(base.withSize(height, width));
    }

    /** Pictures in grey: one channel. */
    public ImageFolder grey() {
        Preprocessing base = settings.preprocessing;
        return with(s -> {
            s.preprocessing = base == null ? null : base.withChannels(Channels.GREY);
            s.channels = Channels.GREY;
        });
    }

    /**
     * The class stands in the name instead: {@code "_(?<label>\\d+)\\.jpg$"} for {@code 00017_3.jpg}.
     *
     * @param rule is searched in the name with its folders, separated by slashes; its group {@code label} is the class,
     *     by number if it is a number for every picture, else by name
     * @throws IllegalArgumentException if the rule is no regular expression or has no group of that name
     */
    public ImageFolder labels(String rule) {
        Pattern pattern = Pattern.compile(rule);
        if (!pattern.namedGroups().containsKey("label")) {
            throw new IllegalArgumentException(
                    "The rule '" + rule + "' has no group 'label'. Remedy: write (?<label>…) around the class");
        }
        return with(s -> s.labels = pattern);
    }

    /** The names of the classes in the order of their numbers, instead of those found. Pictures of others are errors. */
    public ImageFolder classes(List<String> names) {
        List<String> copy = List.copyOf(names);
        return with(s -> s.classes = copy);
    }

    /** Only the pictures of one of the {@link #parts}. */
    public ImageFolder part(String folder) {
        return with(s -> s.part = folder);
    }

    /**
     * On how many threads pictures are decoded.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ImageFolder threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Pictures are decoded on at least one thread, got " + threads);
        }
        return with(s -> s.threads = threads);
    }

    /** Tells how far reading is. */
    public ImageFolder progress(Progress progress) {
        return with(s -> s.progress = progress);
    }

    /** Pictures that cannot be used are handed to the report, each once, and left out; otherwise they are an error. */
    public ImageFolder skipBroken(Consumer<UnreadableFile> report) {
        return with(s -> s.broken = report);
    }

    private ImageFolder with(Consumer<Settings> change) {
        return new ImageFolder(path, settings.with(change));
    }

    /**
     * The parts there are, by the names of their folders; empty if the pictures lie in other folders.
     *
     * @throws IOException as {@link #read}
     */
    public List<String> parts() throws IOException {
        return PictureNames.of(FileSource.of(path).list().entries()).parts();
    }

    /**
     * Reads the pictures.
     *
     * @throws UnreadableFilesException if pictures are broken or of no class: all of them at once
     * @throws DatasetException if there are no pictures or no classes, the part is not there or has to be chosen, or the
     *     pictures need more memory than there is
     * @throws dev.convoy.data.archive.ArchiveException if the archive is broken or its names are not allowed
     * @throws IOException if the folder or archive cannot be read
     */
    public PictureDataset read() throws IOException {
        FileSource source = FileSource.of(path);
        FileSource.Listing listing = source.list();
        listing.notes().forEach(note -> LOG.log(System.Logger.Level.WARNING, path + ": " + note));
        PictureNames found = PictureNames.of(listing.entries());
        if (found.names().isEmpty()) {
            throw problem(
                    "there are no pictures (png, jpg, gif, bmp), but "
                            + listing.entries().size() + " other files and "
                            + listing.notes().size() + " links or devices",
                    "name the folder that has a sub-folder of pictures for each class");
        }
        PictureClasses classes = PictureClasses.of(found, settings.labels, settings.classes, path.toString());
        List<String> names = chosen(found);
        Map<String, UnreadableFile> problems = new TreeMap<>(classes.problems());
        problems.keySet().retainAll(Set.copyOf(names));
        Set<String> wanted = new HashSet<>(names);
        wanted.removeAll(problems.keySet());
        Map<String, Image> pictures = new HashMap<>();
        if (!wanted.isEmpty()) {
            PictureLoader loader = new PictureLoader(source, path.toString(), this::changed, settings.progress);
            PictureLoader.Loaded loaded = loader.load(wanted, settings.threads);
            problems.putAll(loaded.unreadable());
            pictures.putAll(loaded.pictures());
        }
        report(names, problems);
        List<String> good = names.stream().filter(pictures::containsKey).toList();
        return dataset(good, pictures, classes);
    }

    private List<String> chosen(PictureNames found) throws DatasetException {
        List<String> parts = found.parts();
        if (settings.part == null) {
            if (parts.size() > 1) {
                throw problem("there are the parts " + parts, "choose one with part(\"" + parts.getFirst() + "\")");
            }
            return found.names();
        }
        if (!parts.contains(settings.part)) {
            throw problem(
                    "there is no part '" + settings.part + "', but " + (parts.isEmpty() ? "no parts at all" : parts),
                    "read all and divide it with split or splitByClass");
        }
        return found.names().stream().filter(found.in(settings.part)).toList();
    }

    private Image changed(Image image) {
        Image coloured = settings.channels == Channels.GREY ? image.toGrey() : image.toRgb();
        return settings.preprocessing == null ? coloured : settings.preprocessing.picture(coloured);
    }

    private void report(List<String> names, Map<String, UnreadableFile> problems) throws IOException {
        List<UnreadableFile> inOrder =
                names.stream().map(problems::get).filter(Objects::nonNull).toList();
        if (settings.broken != null) {
            inOrder.forEach(settings.broken);
        } else if (!inOrder.isEmpty()) {
            throw new UnreadableFilesException(path.toString(), inOrder, names.size());
        }
        if (inOrder.size() == names.size()) {
            throw problem("none of the " + names.size() + " pictures can be used", "repair or replace them");
        }
    }

    private PictureDataset dataset(List<String> names, Map<String, Image> pictures, PictureClasses classes)
            throws DatasetException {
        List<Image> images = names.stream().map(pictures::get).toList();
        TreeMap<String, Long> sizes = images.stream()
                .collect(Collectors.groupingBy(i -> i.height() + "x" + i.width(), TreeMap::new, Collectors.counting()));
        if (sizes.size() > 1) {
            throw problem(
                    "the pictures have " + sizes.size() + " sizes, "
                            + sizes.firstEntry().getKey() + " to "
                            + sizes.lastEntry().getKey(),
                    "give one size with size(height, width)");
        }
        int[] numbers = names.stream().mapToInt(classes::number).toArray();
        String source = settings.part == null ? path.toString() : path + ", part " + settings.part;
        PictureDataset data = PictureDataset.of(images, numbers)
                .withSource(source)
                .withClassNames(classes.names())
                .withChannels(settings.channels);
        return settings.preprocessing == null ? data : data.withScaling(settings.preprocessing.scaling());
    }

    private DatasetException problem(String problem, String remedy) {
        return new DatasetException(path.toString(), problem, remedy);
    }
}
