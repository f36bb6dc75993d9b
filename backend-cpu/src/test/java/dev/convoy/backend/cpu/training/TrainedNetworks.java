package dev.convoy.backend.cpu.training;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Activations.SOFTMAX;
import static dev.convoy.layers.Activations.TANH;
import static dev.convoy.layers.Padding.SAME;

import dev.convoy.data.Dataset;
import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The networks that tests train, with numbers that any language can draw again, and pictures to train them on. */
final class TrainedNetworks {

    private static final int SAMPLES = 64;
    private static final int CLASSES = 10;
    private static final long PATTERNS = 100;
    private static final long NOISE = 200;
    private static final long WEIGHTS = 1000;

    private TrainedNetworks() {}

    /** The CNN of the Fashion-MNIST tutorials: one convolution of 16 filters, a hidden layer of 128 units. */
    static Model fashion() {
        return drawn(Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(16, 3).padding(SAME).activation(RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(128).activation(RELU),
                Dense.of(CLASSES).activation(SOFTMAX)));
    }

    /** LeNet-5 with tanh and maximum pooling (LeCun et al. 1998 average). */
    static Model lenet() {
        return drawn(Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(6, 5).padding(SAME).activation(TANH),
                MaxPooling2D.of(2),
                Conv2D.of(16, 5).activation(TANH),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(120).activation(TANH),
                Dense.of(84).activation(TANH),
                Dense.of(CLASSES).activation(SOFTMAX)));
    }

    /** One residual block between a first convolution and a classifier, normalised three times. */
    static Model residual() {
        Symbol input = Symbol.of(Input.of(12, 12, 3));
        Symbol stem = relu(normalised("bn0", convolved("stem", input)));
        Symbol inner = relu(normalised("bn1", convolved("a", stem)));
        Symbol branch = normalised("bn2", convolved("b", inner));
        Symbol sum = relu(stem.to(Add.of(), branch));
        Symbol pooled = sum.to(GlobalAveragePooling2D.of());
        Symbol output = pooled.to(Dense.of(CLASSES).activation(SOFTMAX).named("top"));
        return drawn(Functional.of(input, output));
    }

    private static Symbol convolved(String name, Symbol x) {
        return x.to(Conv2D.of(8, 3).padding(SAME).useBias(false).named(name));
    }

    private static Symbol normalised(String name, Symbol x) {
        return x.to(BatchNormalization.of().named(name));
    }

    private static Symbol relu(Symbol x) {
        return x.to(ReLU.of());
    }

    /** Kernels uniform within Glorot's limits, the k-th drawn from seed 1000 + k; everything else as its layer starts. */
    private static Model drawn(Model model) {
        Map<String, Tensor> kernels = new LinkedHashMap<>();
        model.parameters().asMap().forEach((name, tensor) -> {
            if (name.endsWith("/kernel")) {
                int[] sizes = tensor.shape().sizes();
                int rank = sizes.length;
                long receptive = tensor.size() / ((long) sizes[rank - 2] * sizes[rank - 1]);
                double fans = (double) receptive * (sizes[rank - 2] + sizes[rank - 1]);
                double limit = Math.sqrt(6 / fans);
                kernels.put(name, uniform(SplitMix64.of(WEIGHTS + kernels.size()), limit, sizes));
            }
        });
        return model.withParameters(model.parameters().with(kernels));
    }

    /** 64 pictures of the model's size, each 0.6 times the pattern of its class and 0.4 times noise. */
    static Dataset pictures(Model model) {
        Shape batch = model.inputs().firstEntry().getValue().shape();
        int[] sizes = batch.slice(1, batch.rank()).prepend(Dim.of(SAMPLES)).sizes();
        int pixels = sizes[1] * sizes[2] * sizes[3];
        SplitMix64 patterns = SplitMix64.of(PATTERNS);
        SplitMix64 noise = SplitMix64.of(NOISE);
        float[] values = new float[SAMPLES * pixels];
        int[] classes = new int[SAMPLES];
        for (int i = 0; i < values.length; i++) {
            int sample = i / pixels;
            classes[sample] = sample % CLASSES;
            double pattern = patterns.uniform((long) classes[sample] * pixels + i % pixels);
            values[i] = (float) (0.6 * pattern + 0.4 * noise.uniform(i));
        }
        return Dataset.of(Tensor.of(values, sizes), Tensor.of(classes, SAMPLES));
    }

    private static Tensor uniform(SplitMix64 random, double limit, int[] sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * limit * random.uniform(i) - limit);
        }
        return Tensor.of(values, sizes);
    }
}
