package dev.convoy.cli;

import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.ConvolutionWalk;
import dev.convoy.walkthrough.ImageKernel;
import dev.convoy.walkthrough.Matrices;
import dev.convoy.walkthrough.PoolingStep;
import dev.convoy.walkthrough.PoolingWalk;
import dev.convoy.walkthrough.Walkthrough;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy conv}: a convolution or pooling by hand, and named kernels on pictures. */
@Command(
        name = "conv",
        preprocessor = NegativeMatrices.class,
        description = {
            "Works out a convolution or pooling step by step, or applies a kernel to a picture.",
            "",
            "A MATRIX is a literal ('1 2 3; 4 5 6'), a CSV file or a picture, taken in grey from 0 to 255; several"
                    + " channels stand between bars ('1 2 | 3 4', 'red.csv|green.csv').",
        },
        footer = {
            "",
            "Examples:",
            "  convoy conv '2 4 5 6; 3 1 2 3; 2 3 1 3' --kernel '1 2 1; 0 0 0; 1 2 1'",
            "  convoy conv '2 4 3 5; 4 6 1 4' --pool max --pool-size 2",
            "  convoy conv --image photo.png --kernel sobel-top --output edges.png"
        })
final class ConvCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "MATRIX", description = "What the window slides over.")
    private @Nullable String input;

    @Option(
            names = "--kernel",
            paramLabel = "MATRIX|NAME",
            description = "The kernel, or the name of one; several are several filters.")
    private List<String> kernels = List.of();

    @Option(names = "--kernels", description = "List the named kernels.")
    private boolean list;

    @Option(names = "--bias", split = ",", paramLabel = "B", description = "Added to each sum; one for each kernel.")
    private List<Double> bias = List.of();

    @Option(names = "--pool", paramLabel = "max|average", description = "Pool instead of convolving: max or average.")
    private PoolingStep.@Nullable Kind pool;

    @Mixin
    private final WindowOptions window = new WindowOptions();

    @Option(names = "--step", paramLabel = "N", description = "Print step N alone, counted from 1.")
    private @Nullable Integer step;

    @Option(names = "--quiet", description = "Print the result alone.")
    private boolean quiet;

    @Option(names = "--interactive", description = "In a terminal: wait for Enter after each step.")
    private boolean interactive;

    @Mixin
    private final PictureOptions picture = new PictureOptions();

    private final Terminal terminal;

    @Inject
    ConvCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            for (ImageKernel kernel : ImageKernel.values()) {
                terminal.out().printf("%-18s %s%n", kernel.label(), kernel);
            }
        } else if (picture.isGiven()) {
            requirePictureOptions();
            String kernel = kernels.getFirst();
            picture.run(terminal, isNamed(kernel) ? ImageKernel.named(kernel).weights() : matrix(kernel));
        } else {
            print(walkthrough());
        }
        return 0;
    }

    private void requirePictureOptions() {
        if (kernels.size() != 1) {
            throw new UserError("--image takes one --kernel, got " + kernels.size()
                    + ". Remedy: name one, 'convoy conv --kernels' lists them");
        }
        boolean walked = input != null || pool != null || step != null || quiet || interactive || !bias.isEmpty();
        if (walked || window.isGiven()) {
            throw new UserError("--image goes with --kernel, --output, --grey, --rescale and --backend. Remedy: leave"
                    + " MATRIX and the options of the walkthrough out");
        }
    }

    private Walkthrough walkthrough() throws IOException {
        picture.requireUnused();
        if (input == null) {
            throw new UserError("There is nothing to convolve. Remedy: give a MATRIX, or a picture with --image");
        }
        if (kernels.isEmpty() == (pool == null)) {
            throw new UserError("Give either --kernel or --pool. Remedy: --kernel '1 0; 0 1' or --pool max");
        }
        Tensor matrix = matrix(input);
        if (pool == null) {
            return convolution(matrix);
        }
        if (!bias.isEmpty()) {
            throw new UserError("--bias belongs to a convolution, a pooling has none. Remedy: leave it out");
        }
        return window.apply(PoolingWalk.of(pool, matrix, window.padding(), window.poolSize()));
    }

    private ConvolutionWalk convolution(Tensor matrix) throws IOException {
        List<Tensor> filters = new ArrayList<>();
        List<Integer> divisors = new ArrayList<>();
        for (String text : kernels) {
            if (isNamed(text)) {
                ImageKernel named = ImageKernel.named(text);
                filters.add(named.entries());
                divisors.add(named.divisor());
            } else {
                filters.add(matrix(text));
                divisors.add(1);
            }
        }
        ConvolutionWalk walk = window.apply(ConvolutionWalk.of(matrix, Matrices.filters(filters), window.padding()));
        ConvolutionWalk divided = walk.divisors(divisors.toArray(Integer[]::new));
        return bias.isEmpty() ? divided : divided.bias(bias.toArray(Double[]::new));
    }

    private static boolean isNamed(String text) {
        return ImageKernel.labels().contains(text);
    }

    /** A literal, or the files between the bars. */
    private static Tensor matrix(String text) throws IOException {
        if (Matrices.isLiteral(text)) {
            return Matrices.parse(text);
        }
        List<Tensor> channels = new ArrayList<>();
        for (String part : text.split("\\|", -1)) {
            channels.add(Matrices.isLiteral(part) ? Matrices.parse(part) : Matrices.read(file(part.strip())));
        }
        return Matrices.stack(channels);
    }

    private static Path file(String name) {
        try {
            Path file = Path.of(name);
            if (Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw unknown(name);
        }
        throw unknown(name);
    }

    private static UserError unknown(String name) {
        return new UserError("'" + name + "' is no matrix, no file and no kernel. Remedy: write a matrix as"
                + " '1 2 3; 4 5 6', give a CSV or picture file, or take one of the kernels "
                + String.join(", ", ImageKernel.labels()));
    }

    private void print(Walkthrough walk) throws IOException {
        WalkPrinter printer = new WalkPrinter(walk, terminal);
        if (step != null) {
            if (step < 1 || step > walk.count()) {
                throw new UserError("There is no step " + step + ". Remedy: --step from 1 to " + walk.count());
            }
            printer.step(step - 1);
        } else if (quiet) {
            printer.result();
        } else {
            printer.all(interactive && terminal.interactive());
        }
    }
}
