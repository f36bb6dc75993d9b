package dev.convoy.cli;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.data.Preprocessing;
import dev.convoy.models.Model;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How images become the input of a model.
 *
 * @param preprocessing for the input's size and channels
 * @param channelsFirst whether the model takes {@code [n, c, h, w]}
 * @param guessed whether neither the user nor the model said how
 */
record ImageInput(Preprocessing preprocessing, boolean channelsFirst, boolean guessed) {

    private static final int TEACHABLE_MACHINE_SIZE = 224;

    /**
     * @param name of the preprocessing, or null for the model's own; a model without one is taken for Teachable
     *     Machine's if it takes colour images of that size, else for one that takes values from 0 to 1
     */
    static ImageInput of(Model model, @Nullable String name) {
        if (model.inputs().size() != 1) {
            throw new UserError("Model '" + model.name() + "' has "
                    + model.inputs().size() + " inputs, predict works on models with one. Remedy: use 'convoy run'");
        }
        TensorSpec declared = model.inputs().firstEntry().getValue();
        boolean first = isChannelsFirst(declared.shape());
        TensorSpec input = first ? declared.withShape(declared.shape().permute(List.of(0, 2, 3, 1))) : declared;
        Optional<Preprocessing> known = name == null ? model.preprocessing() : Optional.of(Preprocessing.named(name));
        Preprocessing preprocessing = known.orElseGet(() -> Preprocessing.named(guess(input.shape())));
        return new ImageInput(preprocessing.forInput(input), first, known.isEmpty());
    }

    private static String guess(Shape shape) {
        boolean teachable = shape.rank() == 4
                && shape.dim(1).equals(Dim.of(TEACHABLE_MACHINE_SIZE))
                && shape.dim(2).equals(Dim.of(TEACHABLE_MACHINE_SIZE))
                && shape.dim(3).equals(Dim.of(3));
        return teachable ? "teachable-machine" : "unit";
    }

    private static boolean isChannelsFirst(Shape shape) {
        return shape.rank() == 4 && isChannels(shape.dim(1)) && !isChannels(shape.dim(3));
    }

    private static boolean isChannels(Dim dim) {
        return dim.equals(Dim.of(1)) || dim.equals(Dim.of(3));
    }

    /** @return the model's input with a batch of one */
    Tensor tensor(Image image) {
        Tensor tensor = preprocessing.apply(image);
        return channelsFirst ? transposed(tensor) : tensor;
    }

    /** The pictures of a data set, whatever their size, as the model's inputs. */
    Dataset dataset(Dataset pictures) {
        return arranged(new Prepared(pictures, preprocessing));
    }

    /** Inputs that were prepared already. */
    Dataset arranged(Dataset prepared) {
        return channelsFirst ? prepared.mapInputs(ImageInput::transposed) : prepared;
    }

    /** From {@code [n, h, w, c]} to {@code [n, c, h, w]}. */
    private static Tensor transposed(Tensor tensor) {
        int[] sizes = tensor.shape().sizes();
        int pixels = sizes[1] * sizes[2];
        int channels = sizes[3];
        float[] source = tensor.floats();
        float[] target = new float[source.length];
        for (int i = 0; i < source.length; i++) {
            int picture = i / (pixels * channels);
            int pixel = i / channels % pixels;
            target[(picture * channels + i % channels) * pixels + pixel] = source[i];
        }
        return Tensor.wrap(TensorSpec.float32(sizes[0], channels, sizes[1], sizes[2]), target);
    }

    /** Each picture prepared when it is asked for. */
    private record Prepared(Dataset data, Preprocessing preprocessing) implements Dataset {

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public TensorSpec input() {
            return TensorSpec.float32(
                    preprocessing.height(),
                    preprocessing.width(),
                    preprocessing.channels().count());
        }

        @Override
        public TensorSpec target() {
            return data.target();
        }

        @Override
        public Batch batch(int[] samples) {
            List<Image> pictures = Arrays.stream(samples)
                    .mapToObj(sample -> data.picture(sample).orElseThrow())
                    .toList();
            Batch batch = data.batch(samples);
            return new Batch(preprocessing.apply(pictures), batch.targets(), batch.weights());
        }

        @Override
        public List<String> classNames() {
            return data.classNames();
        }

        @Override
        public Optional<Image> picture(int sample) {
            return data.picture(sample);
        }
    }
}
