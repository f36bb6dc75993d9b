package dev.convoy.cli;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.data.PictureInput;
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
 * @param input as the model declares it
 * @param guessed whether neither the user nor the model said how
 */
record ImageInput(Preprocessing preprocessing, PictureInput input, boolean guessed) {

    private static final int TEACHABLE_MACHINE_SIZE = 224;

    /**
     * @param name of the preprocessing, or null for the model's own. A model without one is taken for Teachable Machine's
     *     if it takes colour images of that size, channels last; for one of PyTorch's if it takes colour images, channels
     *     first; else for one that takes values from 0 to 1
     */
    static ImageInput of(Model model, @Nullable String name) {
        if (model.inputs().size() != 1) {
            throw new UserError("Model '" + model.name() + "' has "
                    + model.inputs().size() + " inputs, predict works on models with one. Remedy: use 'convoy run'");
        }
        PictureInput input = new PictureInput(model.inputs().firstEntry().getValue());
        Optional<Preprocessing> known = name == null ? model.preprocessing() : Optional.of(Preprocessing.named(name));
        Preprocessing preprocessing = known.orElseGet(() -> Preprocessing.named(guess(input)));
        return new ImageInput(preprocessing.forInput(input.spec()), input, known.isEmpty());
    }

    private static String guess(PictureInput input) {
        Shape shape = input.pictures().shape();
        if (!shape.dim(3).equals(Dim.of(3))) {
            return "unit";
        }
        if (input.channelsFirst()) {
            return "torch";
        }
        Dim size = Dim.of(TEACHABLE_MACHINE_SIZE);
        return shape.dim(1).equals(size) && shape.dim(2).equals(size) ? "teachable-machine" : "unit";
    }

    /** @return the model's input with a batch of one */
    Tensor tensor(Image image) {
        return input.arrange(preprocessing.apply(image));
    }

    /** The pictures of a data set, whatever their size, as the model's inputs. */
    Dataset dataset(Dataset pictures) {
        return arranged(new Prepared(pictures, preprocessing));
    }

    /** Inputs that were prepared already. */
    Dataset arranged(Dataset prepared) {
        return input.arranges() ? prepared.mapInputs(input::arrange) : prepared;
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
