package dev.convoy.data.download;

import dev.convoy.data.Cifar10;
import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The data sets that Convoy knows by name.
 *
 * <pre>{@code
 * Path folder = NamedDatasets.locate("fashion-mnist", DownloadOptions.defaults());
 * Dataset train = NamedDatasets.FASHION_MNIST.train(folder);
 * }</pre>
 */
public final class NamedDatasets {

    /** 70,000 handwritten digits, 28x28, white on black (LeCun, Cortes and Burges 1998). */
    public static final NamedDataset MNIST = new NamedDataset(
            "mnist",
            "MNIST",
            List.of(
                    mnist(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    mnist(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    mnist(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    mnist(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            "by LeCun, Cortes and Burges; usually given as CC BY-SA 3.0",
            new MnistReader());

    /** 70,000 pictures of clothes from Zalando's shop, 28x28, in the format of MNIST (Xiao, Rasul and Vollgraf 2017). */
    public static final NamedDataset FASHION_MNIST = new NamedDataset(
            "fashion-mnist",
            "Fashion-MNIST",
            List.of(
                    fashion(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    fashion(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    fashion(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    fashion(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"),
            "MIT, Copyright 2017 Zalando SE",
            new MnistReader());

    /** 60,000 pictures in colour of ten kinds of things, 32x32 (Krizhevsky 2009). */
    public static final NamedDataset CIFAR10 = new NamedDataset(
            "cifar10",
            "CIFAR-10",
            List.of(file(
                    "cifar-10-binary.tar.gz",
                    170_052_171,
                    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                    "https://www.cs.toronto.edu/~kriz/",
                    "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/")),
            Cifar10.CLASS_NAMES,
            "without an explicit licence; the author asks to be cited",
            new Cifar10Reader());

    private NamedDatasets() {}

    /** All of them. */
    public static List<NamedDataset> all() {
        return List.of(MNIST, FASHION_MNIST, CIFAR10);
    }

    /**
     * The data set of a name.
     *
     * @throws IllegalArgumentException if none has this name; lists those there are
     */
    public static NamedDataset of(String name) {
        return all().stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no data set named '" + name
                        + "'. Remedy: take one of "
                        + all().stream().map(NamedDataset::name).collect(Collectors.joining(", "))));
    }

    /**
     * A folder with the files of a data set: {@link NamedDataset#locate} of {@link #of}.
     *
     * @throws IllegalArgumentException if none has this name
     * @throws DownloadException if a file is missing and cannot be had
     */
    public static Path locate(String name, DownloadOptions options) throws DownloadException {
        return of(name).locate(options);
    }

    private static RemoteFile mnist(String file, long size, String sha256) {
        return file(
                file,
                size,
                sha256,
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "https://ossci-datasets.s3.amazonaws.com/mnist/");
    }

    private static RemoteFile fashion(String file, long size, String sha256) {
        return file(
                file,
                size,
                sha256,
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
                "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/");
    }

    private static RemoteFile file(String file, long size, String sha256, String... folders) {
        return new RemoteFile(
                file,
                Arrays.stream(folders).map(folder -> URI.create(folder + file)).toList(),
                size,
                sha256);
    }

    private record MnistReader() implements NamedDataset.Reader {

        @Override
        public Dataset train(Path folder) throws IOException {
            return Mnist.train(folder);
        }

        @Override
        public Dataset test(Path folder) throws IOException {
            return Mnist.test(folder);
        }
    }

    private record Cifar10Reader() implements NamedDataset.Reader {

        @Override
        public Dataset train(Path folder) throws IOException {
            return Cifar10.train(folder);
        }

        @Override
        public Dataset test(Path folder) throws IOException {
            return Cifar10.test(folder);
        }
    }
}
