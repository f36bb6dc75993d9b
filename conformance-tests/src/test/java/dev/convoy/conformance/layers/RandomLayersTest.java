package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.ActivityRegularization;
import dev.convoy.layers.AlphaDropout;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.GaussianDropout;
import dev.convoy.layers.GaussianNoise;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Noise;
import dev.convoy.layers.RandomAugmentation;
import dev.convoy.layers.RandomCrop;
import dev.convoy.layers.SpatialDropout1D;
import dev.convoy.layers.SpatialDropout2D;
import dev.convoy.layers.SpatialDropout3D;
import dev.convoy.models.Mode;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers that draw random numbers: what they ask for, and by hand what they do with given numbers. */
class RandomLayersTest {

    /** The elements of {@link LayerRun#input}. */
    private static final double[] X = {-0.5, 1.25, 0.25, -0.75};

    @Test
    void atInferenceNothingChanges() {
        for (Layer layer : List.of(
                Dropout.of(0.5),
                AlphaDropout.of(0.5),
                GaussianDropout.of(0.5),
                GaussianNoise.of(0.5),
                ActivityRegularization.of(1, 1),
                RandomAugmentation.of("RandomFlip"))) {
            LayerRun.of(layer, shape(1, 4)).gives(shape(1, 4), X);
        }
        LayerRun.of(SpatialDropout1D.of(0.5), shape(1, 2, 2)).gives(shape(1, 2, 2), X);
        LayerRun.of(SpatialDropout2D.of(0.5), shape(1, 2, 2, 1)).gives(shape(1, 2, 2, 1), X);
        LayerRun.of(SpatialDropout3D.of(0.5), shape(1, 2, 1, 2, 1)).gives(shape(1, 2, 1, 2, 1), X);
    }

    @Test
    void aRateOfZeroDrawsNothing() {
        for (Layer layer : List.of(Dropout.of(0), AlphaDropout.of(0), GaussianDropout.of(0), GaussianNoise.of(0))) {
            LayerRun.of(layer, shape(1, 4)).training().gives(shape(1, 4), X);
        }
        LayerRun.of(ActivityRegularization.of(0, 0), shape(1, 4)).training().gives(shape(1, 4), X);
    }

    @Test
    void dropoutDropsAndScales() {
        Tensor kept = Tensor.of(new boolean[] {true, false, true, true}, 1, 4);
        LayerRun.of(Dropout.of(0.2), shape(1, 4)).training(kept).gives(shape(1, 4), -0.625, 0, 0.3125, -0.9375);
        Tensor shared = Tensor.of(new boolean[] {false, true}, 1, 1, 2);
        LayerRun.of(Dropout.of(0.5).sharedAxes(1), shape(1, 2, 2))
                .training(shared)
                .gives(shape(1, 2, 2), 0, 2.5, 0, -1.5);
        assertEquals(new Noise.Bernoulli(0.75), noise(Dropout.of(0.25)));
    }

    @Test
    void spatialDropoutDropsChannels() {
        boolean[] second = {false, true};
        LayerRun.of(SpatialDropout1D.of(0.5), shape(1, 2, 2))
                .training(Tensor.of(second, 1, 1, 2))
                .gives(shape(1, 2, 2), 0, 2.5, 0, -1.5);
        LayerRun.of(SpatialDropout2D.of(0.5), shape(1, 2, 1, 2))
                .training(Tensor.of(second, 1, 1, 1, 2))
                .gives(shape(1, 2, 1, 2), 0, 2.5, 0, -1.5);
        LayerRun.of(SpatialDropout2D.of(0.5).dataFormat(CHANNELS_FIRST), shape(1, 2, 1, 2))
                .training(Tensor.of(second, 1, 2, 1, 1))
                .gives(shape(1, 2, 1, 2), 0, 0, 0.5, -1.5);
        LayerRun.of(SpatialDropout3D.of(0.5), shape(1, 1, 2, 1, 2))
                .training(Tensor.of(second, 1, 1, 1, 1, 2))
                .gives(shape(1, 1, 2, 1, 2), 0, 2.5, 0, -1.5);
        LayerRun.of(SpatialDropout3D.of(0.5).dataFormat(CHANNELS_FIRST), shape(1, 2, 1, 1, 2))
                .training(Tensor.of(second, 1, 2, 1, 1, 1))
                .gives(shape(1, 2, 1, 1, 2), 0, 0, 0.5, -1.5);
    }

    /** Klambauer et al. 2017: dropped elements become -1.7581 before a · x + b. */
    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        double p = -1.7580993408473766;
        double a = Math.pow(0.8 * (1 + 0.2 * p * p), -0.5);
        double b = -a * p * 0.2;
        Tensor kept = Tensor.of(new boolean[] {true, false, true, true}, 1, 4);
        LayerRun.of(AlphaDropout.of(0.2), shape(1, 4))
                .training(kept)
                .gives(shape(1, 4), -0.5 * a + b, p * a + b, 0.25 * a + b, -0.75 * a + b);
        Tensor shared = Tensor.of(new boolean[] {false, true}, 1, 1, 2);
        LayerRun.of(AlphaDropout.of(0.2).sharedAxes(1), shape(1, 2, 2))
                .training(shared)
                .gives(shape(1, 2, 2), p * a + b, 1.25 * a + b, p * a + b, -0.75 * a + b);
    }

    @Test
    void gaussianLayersMultiplyAndAdd() {
        Tensor drawn = Tensor.of(new float[] {1, 2, -1, 0.5f}, 1, 4);
        LayerRun.of(GaussianDropout.of(0.2), shape(1, 4)).training(drawn).gives(shape(1, 4), -0.5, 2.5, -0.25, -0.375);
        LayerRun.of(GaussianNoise.of(0.2), shape(1, 4)).training(drawn).gives(shape(1, 4), 0.5, 3.25, -0.75, -0.25);
        assertEquals(new Noise.Normal(1, 0.5), noise(GaussianDropout.of(0.2)));
        assertEquals(new Noise.Normal(0, 0.3), noise(GaussianNoise.of(0.3)));
    }

    private static Noise noise(Layer layer) {
        return Sequential.of(Input.of(4), layer)
                .trace(Map.of(), Mode.TRAINING)
                .noise()
                .firstEntry()
                .getValue();
    }

    /** At inference Keras 3.15's {@code smart_resize}, which Keras 2 calls there; in training by hand. */
    @Test
    void randomCropTakesAPart() {
        LayerRun.of(RandomCrop.of(2, 2), shape(1, 3, 4, 1))
                .gives(shape(1, 2, 2, 1), 0.140625, 0.1875, -0.1875, -0.140625);
        LayerRun.of(RandomCrop.of(4, 2), shape(1, 3, 4, 1))
                .training()
                .gives(shape(1, 4, 2, 1), 1.25, 1.25, 0.46875, 0.46875, -0.46875, -0.46875, -1.25, -1.25);
        Tensor row = Tensor.of(new float[] {1.9f}, 1);
        Tensor column = Tensor.of(new float[] {2.1f}, 1);
        LayerRun.of(RandomCrop.of(2, 2), shape(1, 3, 4, 1))
                .training(row, column)
                .gives(shape(1, 2, 2, 1), -1, 0.75, 0.5, -0.5);
        LayerRun.of(RandomCrop.of(2, 2).dataFormat(CHANNELS_FIRST), shape(1, 1, 3, 4))
                .training(row, column)
                .gives(shape(1, 1, 2, 2), -1, 0.75, 0.5, -0.5);
    }

    @Test
    void whatCannotBeTrainedIsRefused() {
        refusedInTraining(
                "RandomRotation in layer 'layer': images are augmented before the model; leave the layer out and give"
                    + " Trainer.augment(…) the augmentation; expected inference, got training. [random_rotation.L2]",
                RandomAugmentation.of("RandomRotation"));
        refusedInTraining(
                "ActivityRegularization in layer 'layer': a layer cannot add to the loss in training; leave it out, or"
                        + " regularize weights instead; expected l1 0 and l2 0, got l1 0.5 and l2 0.0."
                        + " [activity_regularization.L1]",
                ActivityRegularization.of(0.5, 0));
    }

    private static void refusedInTraining(String message, Layer layer) {
        LayerRun run = LayerRun.of(layer, shape(1, 4)).training();
        assertEquals(
                message,
                assertThrows(GraphException.class, () -> run.gives(shape(1))).getMessage());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "AlphaDropout: rate is what is dropped, not what is kept; expected 0 <= rate < 1, got 1.0."
                        + " [alpha_dropout.L1]",
                assertThrows(GraphException.class, () -> AlphaDropout.of(1)).getMessage());
        assertEquals(
                "GaussianNoise: stddev is at least 0; expected >= 0, got -1.0. [gaussian_noise.L1]",
                assertThrows(GraphException.class, () -> GaussianNoise.of(-1)).getMessage());
        assertThrows(GraphException.class, () -> SpatialDropout1D.of(-0.1));
        assertThrows(GraphException.class, () -> SpatialDropout2D.of(1));
        assertThrows(GraphException.class, () -> SpatialDropout3D.of(1));
        assertThrows(GraphException.class, () -> GaussianDropout.of(1));
        assertThrows(GraphException.class, () -> RandomCrop.of(0, 1));
        assertThrows(GraphException.class, () -> RandomAugmentation.of("Resizing"));
    }
}
