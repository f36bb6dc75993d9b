package dev.convoy.benchmarks.kernels;

import dev.convoy.layers.Activation;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Add;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Softmax;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.function.Supplier;

/** What is measured: a model of one layer, as it comes to the backend's kernels, and the work it is. */
public enum Kernel {
    GEMM("GEMM 1024³", 1024, 2.0 * 1024 * 1024 * 1024, () -> of(Dense.of(1024).useBias(false), 1024)),
    DENSE("dense 4096 → 4096", 1, 2.0 * 4096 * 4096, () -> of(Dense.of(4096), 4096)),
    CONV_3X3_64("convolution 3×3, 64 → 64, 56²", 1, conv(56, 3, 64, 64), () -> of(conv(64, 3), 56, 56, 64)),
    CONV_3X3_128("convolution 3×3, 128 → 128, 28²", 1, conv(28, 3, 128, 128), () -> of(conv(128, 3), 28, 28, 128)),
    CONV_3X3_256("convolution 3×3, 256 → 256, 14²", 1, conv(14, 3, 256, 256), () -> of(conv(256, 3), 14, 14, 256)),
    CONV_3X3_512("convolution 3×3, 512 → 512, 7²", 1, conv(7, 3, 512, 512), () -> of(conv(512, 3), 7, 7, 512)),
    CONV_1X1_64("convolution 1×1, 256 → 64, 56²", 1, conv(56, 1, 256, 64), () -> of(conv(64, 1), 56, 56, 256)),
    CONV_1X1_1024("convolution 1×1, 256 → 1024, 14²", 1, conv(14, 1, 256, 1024), () -> of(conv(1024, 1), 14, 14, 256)),
    CONV_1X1_2048("convolution 1×1, 512 → 2048, 7²", 1, conv(7, 1, 512, 2048), () -> of(conv(2048, 1), 7, 7, 512)),
    FIRST_7X7(
            "first layer 7×7 stride 2, 3 → 64, 224²",
            1,
            conv(112, 7, 3, 64),
            () -> of(conv(64, 7).strides(2), 224, 224, 3)),
    FIRST_3X3("first layer 3×3, 1 → 16, 28², batch 32", 32, 32 * conv(28, 3, 1, 16), () -> of(conv(16, 3), 28, 28, 1)),
    DEPTHWISE_112("depthwise 3×3, 112² × 32", 1, 2.0 * 9 * 112 * 112 * 32, () -> of(depthwise(1), 112, 112, 32)),
    DEPTHWISE_14("depthwise 3×3, 14² × 512", 1, 2.0 * 9 * 14 * 14 * 512, () -> of(depthwise(1), 14, 14, 512)),
    DEPTHWISE_STRIDE_2(
            "depthwise 3×3 stride 2, 112² × 64", 1, 2.0 * 9 * 56 * 56 * 64, () -> of(depthwise(2), 112, 112, 64)),
    MAX_POOL_3X3(
            "max pool 3×3 stride 2, 112² × 64",
            1,
            0,
            () -> of(MaxPooling2D.of(3).strides(2).padding(Padding.of(1)), 112, 112, 64)),
    MAX_POOL_2X2("max pool 2×2, 28² × 16, batch 32", 32, 0, () -> of(MaxPooling2D.of(2), 28, 28, 16)),
    AVERAGE_POOL("average pool 2×2, 56² × 128", 1, 0, () -> of(AveragePooling2D.of(2), 56, 56, 128)),
    GLOBAL_AVERAGE("global average, 7² × 2048", 1, 0, () -> of(GlobalAveragePooling2D.of(), 7, 7, 2048)),
    RELU("ReLU, 56² × 256", 1, 0, () -> of(ReLU.of(), 56, 56, 256)),
    TANH("tanh, 56² × 64", 1, 0, () -> of(Activation.of(Activations.TANH), 56, 56, 64)),
    ADD("sum of two, 56² × 256", 1, 0, Kernel::sum),
    SOFTMAX("softmax of 1000, batch 128", 128, 0, () -> of(Softmax.of(), 1000));

    private final String title;
    private final int batch;
    private final double operations;
    private final Supplier<Model> model;

    Kernel(String title, int batch, double operations, Supplier<Model> model) {
        this.title = title;
        this.batch = batch;
        this.operations = operations;
        this.model = model;
    }

    String title() {
        return title;
    }

    int batch() {
        return batch;
    }

    Model model() {
        return model.get();
    }

    /** Floating-point operations as the definition counts them, 0 for kernels that move data. */
    double operations() {
        return operations;
    }

    /** What has to be read and written at least: inputs, weights, outputs. */
    double bytes() {
        Model whole = model();
        double elements = whole.parameterSpecs().stream()
                .mapToDouble(parameter -> parameter.spec().shape().elements())
                .sum();
        for (var specs : List.of(whole.inputs().values(), whole.outputs().values())) {
            for (TensorSpec spec : specs) {
                elements += (double) batch
                        * spec.shape().slice(1, spec.shape().rank()).elements();
            }
        }
        return elements * Float.BYTES;
    }

    private static double conv(int side, int size, int before, int filters) {
        return 2.0 * side * side * size * size * before * filters;
    }

    private static Conv2D conv(int filters, int size) {
        return Conv2D.of(filters, size).padding(Padding.of(size / 2));
    }

    private static DepthwiseConv2D depthwise(int stride) {
        return DepthwiseConv2D.of(3).strides(stride).padding(Padding.of(1));
    }

    private static Model of(Layer layer, int... input) {
        return Sequential.of(Input.of(input), layer);
    }

    private static Model sum() {
        Symbol a = Symbol.input(56, 56, 256);
        Symbol b = Symbol.input(56, 56, 256);
        return Functional.of("sum", List.of(a, b), List.of(a.to(Add.of(), b)));
    }
}
