package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done to an image before a network sees it; must be what was done in training. {@link #named} has the usual
 * ones, {@code with…} adapts them.
 *
 * @param name for messages
 * @param height of the tensor
 * @param width of the tensor
 * @param fit what happens if the aspect ratios differ
 * @param method how pixels are made
 * @param channels in their order
 * @param scaling of the pixel values
 */
public record Preprocessing(
        String name, int height, int width, Fit fit, ResizeMethod method, Channels channels, Scaling scaling) {

    /**
     * What happens if the image and the network's input have different aspect ratios; with an {@link Interpolation} as
     * Keras' {@code crop_to_aspect_ratio} and {@code pad_to_aspect_ratio}.
     */
    public enum Fit {
        /** The image's edges are cut off: {@link Image#fit}. */
        CROP,
        /** The image is distorted: {@link Image#resize}. */
        STRETCH,
        /** Black borders are added: {@link Image#pad}. */
        PAD
    }

    /** The order of a tensor's channels. */
    public enum Channels {
        RGB,
        BGR,
        GREY;

        /** 3, or 1 for grey. */
        public int count() {
            return this == GREY ? 1 : 3;
        }
    }

    private static final Map<String, Preprocessing> NAMED = new LinkedHashMap<>();

    static {
        add("teachable-machine", Fit.CROP, Resampling.LANCZOS, Channels.RGB, Scaling.TF);
        add("tf", Fit.STRETCH, Resampling.NEAREST, Channels.RGB, Scaling.TF);
        add("caffe", Fit.STRETCH, Resampling.NEAREST, Channels.BGR, Scaling.CAFFE);
        add("torch", Fit.STRETCH, Resampling.NEAREST, Channels.RGB, Scaling.TORCH);
        add("unit", Fit.STRETCH, Resampling.NEAREST, Channels.RGB, Scaling.UNIT);
        add("dataset", Fit.STRETCH, Interpolation.BILINEAR, Channels.RGB, Scaling.NONE);
        add("none", Fit.STRETCH, Resampling.NEAREST, Channels.RGB, Scaling.NONE);
    }

    /**
     * @throws IllegalArgumentException if a size is not positive, or the scaling has three values for grey images
     */
    public Preprocessing {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Sizes are positive, got " + height + "x" + width);
        }
        if (channels == Channels.GREY && !scaling.isUniform()) {
            throw new IllegalArgumentException("Preprocessing '" + name
                    + "' scales three channels, the network takes grey images. Remedy: take 'unit' or 'tf'");
        }
    }

    private static void add(String name, Fit fit, ResizeMethod method, Channels channels, Scaling scaling) {
        NAMED.put(name, new Preprocessing(name, 224, 224, fit, method, channels, scaling));
    }

    /**
     * A usual preprocessing, to 224 by 224 pixels: {@code teachable-machine} as the code that Teachable Machine exports
     * ({@code ImageOps.fit(image, (224, 224), Image.Resampling.LANCZOS)}, -1 to 1); {@code tf}, {@code caffe} and
     * {@code torch} as {@code keras.utils.load_img} with {@code target_size} and {@code preprocess_input} of that mode;
     * {@code unit} (0 to 1) and {@code none} (0 to 255) with the same resizing; {@code dataset} (0 to 255) as
     * {@code keras.utils.image_dataset_from_directory}, for models with a {@code Rescaling} layer of their own.
     *
     * @throws IllegalArgumentException if there is none of this name; lists all
     */
    public static Preprocessing named(String name) {
        Preprocessing found = NAMED.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no preprocessing '" + name + "'. Remedy: take one of " + String.join(", ", names()));
        }
        return found;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.copyOf(NAMED.keySet());
    }

    public Preprocessing withSize(int newHeight, int newWidth) {
        return new Preprocessing(name, newHeight, newWidth, fit, method, channels, scaling);
    }

    public Preprocessing withFit(Fit newFit) {
        return new Preprocessing(name, height, width, newFit, method, channels, scaling);
    }

    public Preprocessing withMethod(ResizeMethod newMethod) {
        return new Preprocessing(name, height, width, fit, newMethod, channels, scaling);
    }

    public Preprocessing withChannels(Channels newChannels) {
        return new Preprocessing(name, height, width, fit, method, newChannels, scaling);
    }

    public Preprocessing withScaling(Scaling newScaling) {
        return new Preprocessing(name, height, width, fit, method, channels, newScaling);
    }

    /**
     * This preprocessing for a network's input: its height, width and number of channels, where they are known.
     *
     * @param input {@code [n, h, w, c]} or {@code [n, c, h, w]}, see {@link PictureInput}
     * @throws IllegalArgumentException if the input does not take images
     */
    public Preprocessing forInput(TensorSpec input) {
        Shape shape = new PictureInput(input).pictures().shape();
        boolean grey = channels == Channels.GREY;
        Channels wanted = shape.size(3) == 1 ? Channels.GREY : grey ? Channels.RGB : channels;
        return withChannels(wanted)
                .withSize(
                        shape.dim(1).isKnown() ? shape.size(1) : height,
                        shape.dim(2).isKnown() ? shape.size(2) : width);
    }

    /**
     * @return float32 {@code [1, height, width, c]}
     */
    public Tensor apply(Image image) {
        return apply(List.of(image));
    }

    /**
     * A batch of images, which may differ in size.
     *
     * @return float32 {@code [n, height, width, c]}
     */
    public Tensor apply(List<Image> images) {
        TensorSpec spec = TensorSpec.of(DataType.FLOAT32, images.size(), height, width, channels.count());
        float[] values = new float[Math.toIntExact(spec.shape().elements())];
        int perImage = height * width * channels.count();
        for (int n = 0; n < images.size(); n++) {
            write(images.get(n), values, n * perImage);
        }
        return Tensor.wrap(spec, values);
    }

    private void write(Image image, float[] values, int offset) {
        Image coloured = channels == Channels.GREY ? image.toGrey() : image.toRgb();
        float[] pixels = switch (method) {
            case Resampling resampling ->
                fitted(coloured, resampling).toTensor().floats();
            case Interpolation interpolation -> fitted(coloured, interpolation).floats();
        };
        int count = channels.count();
        for (int i = 0; i < pixels.length; i += count) {
            for (int c = 0; c < count; c++) {
                int source = channels == Channels.BGR ? count - 1 - c : c;
                values[offset + i + c] = scaling.apply(pixels[i + source], c);
            }
        }
    }

    /**
     * The picture in its new size, before scaling and with its own order of channels; what an {@link Interpolation} makes
     * is rounded to whole grey levels.
     */
    Image picture(Image image) {
        if (image.width() == width && image.height() == height) {
            return image;
        }
        return switch (method) {
            case Resampling resampling -> fitted(image, resampling);
            case Interpolation interpolation -> {
                float[] values = fitted(image, interpolation).floats();
                byte[] pixels = new byte[values.length];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) Math.clamp(Math.round(values[i]), 0, 255);
                }
                yield Image.wrap(width, height, image.channels(), pixels);
            }
        };
    }

    private Image fitted(Image image, Resampling resampling) {
        return switch (fit) {
            case CROP -> image.fit(width, height, resampling);
            case STRETCH -> image.resize(width, height, resampling);
            case PAD -> image.pad(width, height, resampling);
        };
    }

    private Tensor fitted(Image image, Interpolation interpolation) {
        Tensor whole = image.toTensor().reshape(1, image.height(), image.width(), image.channels());
        Tensor framed = switch (fit) {
            case CROP -> TensorResize.cropToAspectRatio(whole, height, width);
            case STRETCH -> whole;
            case PAD -> TensorResize.padToAspectRatio(whole, height, width, 0);
        };
        return TensorResize.resize(framed, height, width, interpolation, false);
    }
}
