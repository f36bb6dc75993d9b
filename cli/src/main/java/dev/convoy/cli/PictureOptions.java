package dev.convoy.cli;

import dev.convoy.data.Image;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.ImageFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A picture that a kernel is applied to, by the ordinary convolution layer on a backend. */
final class PictureOptions {

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A PNG, JPEG, GIF or BMP file: apply the kernel to each of its channels. The result has its"
                    + " size; pixels at the edge are repeated beyond it.")
    private @Nullable Path image;

    @Option(names = "--output", paramLabel = "FILE.png", description = "Where the picture that comes out is written.")
    private @Nullable Path output;

    @Option(names = "--grey", description = "Take the picture in grey.")
    private boolean grey;

    @Option(
            names = "--rescale",
            description = "Stretch the result from black to white, so that negative values are seen; else what is below"
                    + " 0 is black and above 255 white.")
    private boolean rescale;

    @Mixin
    private final BackendOption backend = new BackendOption();

    boolean isGiven() {
        return image != null;
    }

    void requireUnused() {
        if (output != null || grey || rescale) {
            throw new UserError(
                    "--output, --grey and --rescale belong to a picture. Remedy: leave them out, or give --image FILE");
        }
    }

    void run(Terminal terminal, Tensor kernel) throws IOException {
        if (image == null || output == null) {
            throw new UserError("There is no place for the picture. Remedy: give --output FILE.png");
        }
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UserError("Pictures are written as PNG, not '" + output + "'. Remedy: give --output FILE.png");
        }
        Image read = Image.read(image);
        Image source = grey ? read.toGrey() : read;
        ImageFilter filter = ImageFilter.of(kernel, source.channels());
        Tensor filtered;
        try (Predictor predictor = backend.predictor(filter.model())) {
            filtered = filter.apply(predictor, source);
        }
        Image result = rescale ? ImageFilter.rescaled(filtered) : ImageFilter.clipped(filtered);
        result.writePng(output);
        terminal.out().println(source + " -> " + output);
    }
}
