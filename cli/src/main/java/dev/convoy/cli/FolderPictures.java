package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.data.DatasetException;
import dev.convoy.data.ImageFolder;
import dev.convoy.data.PictureDataset;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Pictures in a folder or archive, a sub-folder for each class. */
final class FolderPictures {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");
    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("validation", "val", "valid");
    private static final List<String> TEST = List.of("test", "testing");

    /** The share of a folder without parts that is trained on. */
    private static final double TRAINED = 0.8;

    @Option(
            names = "--size",
            paramLabel = "HxW",
            description = "For a folder: stretch pictures to this height and width; default: what the model takes, else"
                    + " their own size.")
    private @Nullable String size;

    @Option(
            names = "--grey",
            description = "For a folder: take pictures in grey; default: what the model takes, else colour.")
    private boolean grey;

    boolean isGiven() {
        return size != null || grey;
    }

    /**
     * Reads a folder to train on: its parts {@code train}, {@code validation} and {@code test}; without parts a fifth of
     * each class is dealt out to test with.
     *
     * @param wanted by the model that is trained, or null if the model follows the pictures
     */
    Pictures read(Path folder, @Nullable Preprocessing wanted, long seed) throws IOException {
        try {
            return parts(folder, wanted, seed);
        } catch (DatasetException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()).replace("size(height, width)", "--size, 64x64 for example"));
        }
    }

    private Pictures parts(Path folder, @Nullable Preprocessing wanted, long seed) throws IOException {
        ImageFolder reader = reader(folder, wanted);
        List<String> parts = reader.parts();
        Optional<String> train = first(parts, TRAIN);
        if (train.isEmpty()) {
            PictureDataset all = requireClasses(folder, reader.read());
            Split split = all.splitByClass(TRAINED, seed);
            return new Pictures(
                    split.first(), Optional.empty(), split.second(), preprocessing(all, wanted), folder.toString());
        }
        PictureDataset trained = requireClasses(folder, reader.part(train.get()).read());
        Optional<String> test = first(parts, TEST);
        Optional<String> validation = first(parts, VALIDATION);
        if (test.isEmpty() && validation.isEmpty()) {
            throw new UserError("'" + folder + "' has pictures to train on, in '" + train.get()
                    + "', but none to test with. Remedy: put some into 'test', or the classes' folders into '" + folder
                    + "' itself, of which a fifth is then tested with");
        }
        Dataset tested = reader.part(test.orElseGet(validation::orElseThrow)).read();
        Optional<Dataset> validated = test.isPresent() && validation.isPresent()
                ? Optional.of(reader.part(validation.get()).read())
                : Optional.empty();
        return new Pictures(trained, validated, tested, preprocessing(trained, wanted), folder.toString());
    }

    /**
     * Reads a folder to test with: its part {@code test} if it has parts, else all.
     *
     * @param classes in the order of the model's outputs, or empty for the folders in the order of their names
     */
    static PictureDataset test(Path folder, Preprocessing wanted, List<String> classes) throws IOException {
        ImageFolder reader = ImageFolder.at(folder).preprocessing(wanted);
        List<String> parts = reader.parts();
        Optional<String> part = first(parts, TEST).or(() -> first(parts, VALIDATION));
        ImageFolder chosen = part.map(reader::part).orElse(reader);
        return requireClasses(folder, (classes.isEmpty() ? chosen : chosen.classes(classes)).read());
    }

    private ImageFolder reader(Path folder, @Nullable Preprocessing wanted) {
        ImageFolder reader = ImageFolder.at(folder);
        if (wanted != null) {
            if (isGiven()) {
                throw new UserError(
                        "The model says what it takes, pictures of " + wanted.height() + "x" + wanted.width()
                                + (wanted.channels() == Preprocessing.Channels.GREY ? " in grey" : " in colour")
                                + ". Remedy: leave --size and --grey out, or --model");
            }
            return reader.preprocessing(wanted);
        }
        ImageFolder coloured = grey ? reader.grey() : reader;
        if (size == null) {
            return coloured;
        }
        Matcher sizes = SIZE.matcher(size);
        if (!sizes.matches()) {
            throw new UserError("--size is height and width, got '" + size + "'. Remedy: write it as 64x64");
        }
        return coloured.size(Integer.parseInt(sizes.group(1)), Integer.parseInt(sizes.group(2)));
    }

    private static PictureDataset requireClasses(Path folder, PictureDataset data) {
        if (data.classNames().size() < 2) {
            throw new UserError("'" + folder + "' has pictures of one class alone, " + data.classNames()
                    + ". Remedy: name the folder that has a sub-folder of pictures for each class");
        }
        return data;
    }

    private static Preprocessing preprocessing(PictureDataset data, @Nullable Preprocessing wanted) {
        if (wanted != null) {
            return wanted;
        }
        boolean oneChannel = data.input().shape().size(2) == 1;
        return Preprocessing.named("dataset")
                .withScaling(data.scaling())
                .withChannels(oneChannel ? Preprocessing.Channels.GREY : Preprocessing.Channels.RGB)
                .withSize(data.input().shape().size(0), data.input().shape().size(1));
    }

    private static Optional<String> first(List<String> parts, List<String> names) {
        return names.stream().filter(parts::contains).findFirst();
    }
}
