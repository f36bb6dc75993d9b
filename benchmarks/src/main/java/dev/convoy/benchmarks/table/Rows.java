package dev.convoy.benchmarks.table;

import static dev.convoy.layers.Activations.RELU;

import dev.convoy.benchmarks.race.BesideBusyProcess;
import dev.convoy.benchmarks.race.CalledNetwork;
import dev.convoy.benchmarks.race.Callers;
import dev.convoy.benchmarks.race.Contestant;
import dev.convoy.benchmarks.race.ConvoyPrediction;
import dev.convoy.benchmarks.race.ConvoyTraining;
import dev.convoy.benchmarks.race.OnnxRuntime;
import dev.convoy.benchmarks.race.Processes;
import dev.convoy.benchmarks.race.PyTorch;
import dev.convoy.benchmarks.table.Row.Group;
import dev.convoy.data.Dataset;
import dev.convoy.examples.Cifar10Network;
import dev.convoy.examples.FashionMnistNetwork;
import dev.convoy.examples.LeNet5;
import dev.convoy.examples.networks.MobileNet;
import dev.convoy.examples.networks.MobileNetV2;
import dev.convoy.examples.networks.ResNet;
import dev.convoy.examples.networks.Vgg16;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Softmax;
import dev.convoy.models.Model;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All comparisons. */
final class Rows {

    private static final long SEED = 1;
    private static final int SIDE = 1024;
    private static final int TRAINING_STEPS = 64;
    private static final int CLASSES = 10;
    private static final int CALLERS = 64;

    private Rows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        predict(rows, "fashion-cnn", "Fashion CNN", FashionMnistNetwork::model, 1, new Goal(0.8, 1.2));
        predict(rows, "fashion-cnn", "Fashion CNN", FashionMnistNetwork::model, 32, new Goal(0.9, 1.2));
        predict(rows, "fashion-cnn", "Fashion CNN", FashionMnistNetwork::model, 256, new Goal(0.9, 1.2));
        predict(rows, "lenet5", "LeNet-5", Rows::lenet5, 1, new Goal(0.9, 1.2));
        predict(rows, "lenet5", "LeNet-5", Rows::lenet5, 128, new Goal(0.9, 1.2));
        for (int batch : new int[] {1, 32, 256}) {
            predict(rows, "cifar-cnn", "CIFAR CNN", Rows::cifar, batch, new Goal(0.9, 1.2));
        }
        predict(rows, "mobilenet", "MobileNet", () -> MobileNet.model(1), 1, new Goal(0.9, 1.4));
        predict(rows, "mobilenet-0.35", "MobileNet, α 0.35", () -> MobileNet.model(0.35), 1, new Goal(0.9, 1.4));
        predict(rows, "mobilenetv2", "MobileNetV2", MobileNetV2::model, 1, new Goal(0.9, 1.4));
        predict(rows, "resnet50", "ResNet-50", ResNet::resNet50, 1, new Goal(1, 1.4));
        predict(rows, "resnet50", "ResNet-50", ResNet::resNet50, 8, new Goal(1, 1.4));
        predict(rows, "vgg16", "VGG16", Vgg16::model, 1, new Goal(0.75, 1.2));
        rows.add(new Row(
                "scalar-resnet50",
                Group.PREDICT,
                "ResNet-50, batch 1, without the Vector API",
                new Goal(8, 12),
                0,
                threads -> {
                    System.setProperty("convoy.cpu.simd", "scalar");
                    return predictions(ResNet.resNet50(), 1, threads);
                }));
        operations(rows);
        train(rows, "fashion", "Fashion CNN", Rows::fashionLogits, 32, new Goal(0.3, 1));
        train(rows, "lenet5", "LeNet-5", LeNet5::model, 128, new Goal(0.5, 1));
        train(rows, "cifar", "CIFAR CNN", Cifar10Network::model, 32, new Goal(0.6, 1));
        train(rows, "resnet18", "ResNet-18 for CIFAR-10", ResNet::resNet18ForCifar10, 32, new Goal(1, 1));
        callers(rows, "fashion-cnn", CalledNetwork.FASHION_CNN);
        callers(rows, "mobilenet-0.35", CalledNetwork.MOBILENET_035);
        busy(rows, "fashion-cnn", "Fashion CNN", FashionMnistNetwork::model, 256);
        busy(rows, "resnet50", "ResNet-50", ResNet::resNet50, 1);
        Starts.add(rows);
        return rows;
    }

    private static Model lenet5() {
        return Sequential.of("lenet5", Input.of(32, 32, 1), List.of(LeNet5.model(), Softmax.of()));
    }

    private static Model cifar() {
        return Sequential.of("cifar", Input.of(32, 32, 3), List.of(Cifar10Network.model(), Softmax.of()));
    }

    private static Model fashionLogits() {
        return Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(16, 3).padding(Padding.SAME).activation(RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(128).activation(RELU),
                Dense.of(CLASSES));
    }

    private static void predict(List<Row> rows, String id, String title, Supplier<Model> model, int batch, Goal goal) {
        rows.add(new Row(
                id + "-" + batch,
                Group.PREDICT,
                title + ", batch " + batch,
                goal,
                0,
                threads -> predictions(model.get(), batch, threads)));
    }

    private static List<Contestant> predictions(Model model, int batch, int threads) {
        Tensor data = RandomInputs.of(model, batch, SEED).firstEntry().getValue();
        return List.of(new ConvoyPrediction(model, data, threads), new OnnxRuntime(model, data, threads));
    }

    private static void operations(List<Row> rows) {
        Layer depthwise = DepthwiseConv2D.of(3).padding(Padding.SAME).useBias(false);
        rows.add(new Row(
                "depthwise",
                Group.OPERATION,
                "depthwise 3×3, 112² × 32",
                new Goal(0.5, 0.7),
                2.0 * 9 * 112 * 112 * 32,
                threads -> predictions(Sequential.of(Input.of(112, 112, 32), depthwise), 1, threads)));
        Layer pool = MaxPooling2D.of(3).strides(2).padding(Padding.of(1));
        rows.add(new Row(
                "max-pool",
                Group.OPERATION,
                "max pool 3×3 stride 2, 112² × 64",
                new Goal(0.4, 0.7),
                0,
                threads -> predictions(Sequential.of(Input.of(112, 112, 64), pool), 1, threads)));
        rows.add(new Row(
                "gemm", Group.OPERATION, "GEMM 1024³", new Goal(1, 1 / 0.9), 2.0 * SIDE * SIDE * SIDE, Rows::products));
    }

    /** The right factor is a dense layer's kernel; MKL, through PyTorch, gets two matrices. */
    private static List<Contestant> products(int threads) {
        Model model = Sequential.of(Input.of(SIDE), Dense.of(SIDE).useBias(false));
        List<Contestant> sides = new ArrayList<>(predictions(model, SIDE, threads));
        if (System.getProperty(PyTorch.PYTHON) != null) {
            sides.add(new PyTorch("gemm", PyTorch.Layout.CHANNELS_FIRST, SIDE, threads));
        }
        return sides;
    }

    private static void train(List<Row> rows, String task, String title, Supplier<Model> model, int batch, Goal goal) {
        rows.add(new Row(
                "train-" + task,
                Group.TRAIN,
                title + ", batch " + batch,
                goal,
                0,
                threads -> trainings(model.get(), task, batch, threads)));
    }

    private static List<Contestant> trainings(Model model, String task, int batch, int threads) {
        List<Contestant> sides = new ArrayList<>();
        for (PyTorch.Layout layout : PyTorch.Layout.values()) {
            sides.add(new PyTorch(task, layout, batch, threads));
        }
        int samples = TRAINING_STEPS * batch;
        SplitMix64 random = SplitMix64.of(SEED);
        int[] classes = new int[samples];
        for (int i = 0; i < samples; i++) {
            classes[i] = (int) (CLASSES * random.uniform(i));
        }
        Dataset data = Dataset.of(
                RandomInputs.of(model, samples, SEED).firstEntry().getValue(),
                Tensor.wrap(new TensorSpec(DataType.INT32, Shape.of(samples)), classes));
        sides.addFirst(new ConvoyTraining(model, data, batch, threads));
        return sides;
    }

    /** Many callers of one predictor against a process for each processor, each with a predictor on one thread. */
    private static void callers(List<Row> rows, String id, CalledNetwork network) {
        int processors = Runtime.getRuntime().availableProcessors();
        rows.add(new Row(
                "callers-" + id,
                Group.SHARED,
                network.title() + ", batch 1, per prediction of " + CALLERS + " callers",
                new Goal(1 / 0.95, 1 / 0.8),
                0,
                threads -> List.of(new Callers(CALLERS, network, threads), new Processes(processors, network))));
    }

    private static void busy(List<Row> rows, String id, String title, Supplier<Model> network, int batch) {
        rows.add(new Row(
                "busy-" + id,
                Group.SHARED,
                title + ", batch " + batch + ", beside a process that keeps one processor busy, against alone",
                new Goal(2.2, 3),
                0,
                threads -> {
                    Model model = network.get();
                    Tensor data =
                            RandomInputs.of(model, batch, SEED).firstEntry().getValue();
                    return List.of(
                            new BesideBusyProcess(new ConvoyPrediction(model, data, threads)),
                            new ConvoyPrediction(model, data, threads));
                }));
    }
}
