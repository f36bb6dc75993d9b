package dev.convoy.backend.cpu.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.layers.Activations;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A small training with everything that a checkpoint has to keep: shuffled batches, dropout, moving statistics, slots,
 * accumulated gradients. Also a program that is killed: {@code main} trains with a checkpoint after every batch, goes on
 * from the one it finds, and writes the bits of the parameters when it ends.
 */
public final class ResumableTraining {

    private static final int SAMPLES = 22;

    private ResumableTraining() {}

    static Trainer trainer() {
        return trainer(Sequential.of(
                Input.of(8, 8, 1),
                Conv2D.of(4, 3).useBias(false),
                BatchNormalization.of(),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dropout.of(0.3),
                Dense.of(24).activation(Activations.RELU),
                Dense.of(3).activation(Activations.SOFTMAX)));
    }

    static Trainer trainer(Model model) {
        return Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .optimizer(Optimizer.adam().accumulate(2))
                .batchSize(8)
                .epochs(5)
                .seed(3)
                .on("cpu");
    }

    static Dataset data() {
        SplitMix64 random = SplitMix64.of(77);
        float[] pixels = new float[SAMPLES * 64];
        int[] classes = new int[SAMPLES];
        for (int i = 0; i < pixels.length; i++) {
            classes[i / 64] = i / 64 % 3;
            pixels[i] = (float) random.uniform(i) + (i % 3 == classes[i / 64] ? 1 : 0);
        }
        return Dataset.of(Tensor.of(pixels, SAMPLES, 8, 8, 1), Tensor.of(classes, SAMPLES));
    }

    /** As many samples of another data set. */
    static Dataset data(Dataset other) {
        int[] first = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            first[i] = i;
        }
        Batch batch = other.batch(first);
        return Dataset.of(batch.inputs(), batch.targets());
    }

    /** Arguments: the checkpoint file, the number of epochs, the file for the result. */
    public static void main(String[] arguments) throws IOException {
        Model trained = trainer()
                .epochs(Integer.parseInt(arguments[1]))
                .checkpoint(Path.of(arguments[0]), 1)
                .resume(true)
                .fit(data())
                .model();
        StringBuilder text = new StringBuilder();
        trained.parameters().asMap().forEach((name, tensor) -> {
            text.append(name);
            for (float value : tensor.floats()) {
                text.append(' ').append(HexFormat.of().toHexDigits(Float.floatToRawIntBits(value)));
            }
            text.append('\n');
        });
        Files.writeString(Path.of(arguments[2]), text);
    }
}
