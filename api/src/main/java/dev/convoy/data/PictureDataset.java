package dev.convoy.data;

import dev.convoy.data.Preprocessing.Channels;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Pictures of one size with their classes, held as the bytes they came as: a quarter of the memory of float32. A batch's
 * inputs {@code float32[n, h, w, c]} are made when it is asked for, from 0 to 1 ({@link Scaling#UNIT}) unless told
 * otherwise; its targets are class numbers, {@code int32[n]}.
 */
public final class PictureDataset implements Dataset {

    private static final int BYTE_VALUES = 256;

    private final List<Image> pictures;
    private final int[] classes;
    private final List<String> classNames;
    private final String source;
    private final Channels channels;
    private final Scaling scaling;
    /** What each byte becomes, for each channel of the tensor. */
    private final float[][] scaled;

    private PictureDataset(
            List<Image> pictures,
            int[] classes,
            List<String> classNames,
            String source,
            Channels channels,
            Scaling scaling) {
        this.pictures = pictures;
        this.classes = classes;
        this.classNames = classNames;
        this.source = source;
        this.channels = channels;
        this.scaling = scaling;
        this.scaled = new float[channels.count()][BYTE_VALUES];
        for (int c = 0; c < scaled.length; c++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                scaled[c][value] = scaling.apply(value, c);
            }
        }
    }

    /**
     * Pictures with their classes, without names of classes.
     *
     * @param pictures of one size, all grey or all in colour
     * @param classes a class number for each, from 0
     * @throws IllegalArgumentException if there are none, they differ in size, or the numbers do not fit
     */
    public static PictureDataset of(List<Image> pictures, int[] classes) {
        List<Image> copy = List.copyOf(pictures);
        if (copy.isEmpty() || copy.size() != classes.length) {
            throw new IllegalArgumentException("There are " + copy.size() + " pictures and " + classes.length
                    + " classes; there is at least one picture, and each has one class");
        }
        Image first = copy.getFirst();
        for (int i = 0; i < classes.length; i++) {
            Image picture = copy.get(i);
            if (picture.width() != first.width()
                    || picture.height() != first.height()
                    || picture.channels() != first.channels()) {
                throw new IllegalArgumentException("Pictures of a data set have one size, got " + first
                        + " and, as number " + i + ", " + picture + ". Remedy: Image.resize, toRgb or toGrey");
            }
            if (classes[i] < 0) {
                throw new IllegalArgumentException(
                        "Classes are numbered from 0, got " + classes[i] + " for picture " + i);
            }
        }
        Channels channels = first.channels() == 1 ? Channels.GREY : Channels.RGB;
        return new PictureDataset(copy, classes.clone(), List.of(), "pictures in memory", channels, Scaling.UNIT);
    }

    /**
     * Pictures with their classes, without names of classes.
     *
     * @param pixels {@code uint8[n, h, w]} or {@code uint8[n, h, w, c]}, c being 1 (grey) or 3 (red, green, blue)
     * @param classes a class number for each, from 0
     * @throws IllegalArgumentException if the pixels are something else, or the numbers do not fit
     */
    public static PictureDataset of(Tensor pixels, int[] classes) {
        int rank = pixels.shape().rank();
        int depth = rank == 4 ? pixels.shape().size(3) : 1;
        if (pixels.type() != DataType.UINT8 || rank < 3 || rank > 4 || depth != 1 && depth != 3) {
            throw new IllegalArgumentException(
                    "Pictures are uint8[n, h, w], [n, h, w, 1] or [n, h, w, 3], got " + pixels.spec());
        }
        int height = pixels.shape().size(1);
        int width = pixels.shape().size(2);
        int length = height * width * depth;
        List<Image> pictures = new ArrayList<>();
        for (int n = 0; n < pixels.shape().size(0); n++) {
            byte[] one = new byte[length];
            System.arraycopy(pixels.array(), n * length, one, 0, length);
            pictures.add(Image.wrap(width, height, depth, one));
        }
        return of(pictures, classes);
    }

    /**
     * The same pictures with names for their classes; an empty list takes names away.
     *
     * @throws IllegalArgumentException if there are fewer names than classes
     */
    @Override
    public PictureDataset withClassNames(List<String> names) {
        for (int number : classes) {
            if (!names.isEmpty() && number >= names.size()) {
                throw new IllegalArgumentException(
                        "There are " + names.size() + " names of classes, but a picture is of class " + number);
            }
        }
        return new PictureDataset(pictures, classes, List.copyOf(names), source, channels, scaling);
    }

    /**
     * The same pictures with another scaling of their values.
     *
     * @throws IllegalArgumentException if it scales three channels and the pictures are grey
     */
    public PictureDataset withScaling(Scaling newScaling) {
        if (channels == Channels.GREY && !newScaling.isUniform()) {
            throw new IllegalArgumentException("This scaling is for three channels, the pictures are grey");
        }
        return new PictureDataset(pictures, classes, classNames, source, channels, newScaling);
    }

    /** For pictures in colour, the order of the tensor's channels. */
    PictureDataset withChannels(Channels order) {
        return new PictureDataset(pictures, classes, classNames, source, order, scaling);
    }

    PictureDataset withSource(String newSource) {
        return new PictureDataset(pictures, classes, classNames, newSource, channels, scaling);
    }

    /** Where the pictures come from, in words for a log or a report. */
    public String source() {
        return source;
    }

    /** How bytes become numbers. */
    public Scaling scaling() {
        return scaling;
    }

    /**
     * The class number of a picture.
     *
     * @throws IndexOutOfBoundsException if the number is outside {@code [0, size)}
     */
    public int classOf(int sample) {
        return classes[sample];
    }

    @Override
    public int size() {
        return classes.length;
    }

    @Override
    public TensorSpec input() {
        Image first = pictures.getFirst();
        return TensorSpec.float32(first.height(), first.width(), first.channels());
    }

    @Override
    public TensorSpec target() {
        return TensorSpec.of(DataType.INT32);
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public Optional<Image> picture(int sample) {
        return Optional.of(pictures.get(Objects.checkIndex(sample, size())));
    }

    @Override
    public Batch batch(int[] samples) {
        Image first = pictures.getFirst();
        int length = first.pixels().length;
        TensorSpec spec = TensorSpec.float32(samples.length, first.height(), first.width(), first.channels());
        float[] values = new float[Math.multiplyExact(samples.length, length)];
        int[] numbers = new int[samples.length];
        for (int n = 0; n < samples.length; n++) {
            numbers[n] = classes[samples[n]];
            write(pictures.get(samples[n]).pixels(), values, n * length);
        }
        return new Batch(Tensor.wrap(spec, values), Tensor.of(numbers, numbers.length), null);
    }

    private void write(byte[] pixels, float[] values, int at) {
        int count = scaled.length;
        for (int c = 0; c < count; c++) {
            float[] table = scaled[c];
            int from = channels == Channels.BGR ? count - 1 - c : c;
            for (int i = 0; i < pixels.length; i += count) {
                values[at + i + c] = table[pixels[i + from] & 0xff];
            }
        }
    }

    /** For example {@code 60000 pictures float32[28, 28, 1] of 10 classes (folder/train-images-idx3-ubyte)}. */
    @Override
    public String toString() {
        return size() + " pictures " + input() + (classNames.isEmpty() ? "" : " of " + classNames.size() + " classes")
                + " (" + source + ")";
    }
}
