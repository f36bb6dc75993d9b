package dev.convoy.walkthrough;

import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The 3×3 kernels that image processing has names for. */
public enum ImageKernel {
    /** Changes nothing. */
    IDENTITY(1, 0, 0, 0, 0, 1, 0, 0, 0, 0),
    /** Bright where it is lighter above than below. */
    SOBEL_TOP(1, 1, 2, 1, 0, 0, 0, -1, -2, -1),
    /** Bright where it is lighter below than above. */
    SOBEL_BOTTOM(1, -1, -2, -1, 0, 0, 0, 1, 2, 1),
    /** Bright where it is lighter on the left than on the right. */
    SOBEL_LEFT(1, 1, 0, -1, 2, 0, -2, 1, 0, -1),
    /** Bright where it is lighter on the right than on the left. */
    SOBEL_RIGHT(1, -1, 0, 1, -2, 0, 2, -1, 0, 1),
    /** Raises what differs from its neighbours; keeps even areas. */
    SHARPEN(1, 0, -1, 0, -1, 5, -1, 0, -1, 0),
    /** The mean of nine pixels. */
    BOX_BLUR(9, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    /** A mean that weighs near pixels more: binomial weights. */
    GAUSSIAN_BLUR(16, 1, 2, 1, 2, 4, 2, 1, 2, 1),
    /** What differs from its eight neighbours; even areas become black. */
    EDGE_DETECTION(1, -1, -1, -1, -1, 8, -1, -1, -1, -1),
    /** The upper edge of something bright. */
    HORIZONTAL_TOP(1, -1, -1, -1, 1, 1, 1, 0, 0, 0),
    /** The left edge of something bright. */
    VERTICAL_LEFT(1, -1, 1, 0, -1, 1, 0, -1, 1, 0),
    /** The lower edge of something bright. */
    HORIZONTAL_BOTTOM(1, 0, 0, 0, 1, 1, 1, -1, -1, -1),
    /** The right edge of something bright. */
    VERTICAL_RIGHT(1, 0, 1, -1, 0, 1, -1, 0, 1, -1);

    private final int divisor;
    private final int[] entries;

    ImageKernel(int divisor, int... entries) {
        this.divisor = divisor;
        this.entries = entries;
    }

    /** As in commands and files: {@code sobel-top}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The labels of all kernels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(ImageKernel::label).toList();
    }

    /**
     * The kernel of a label.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static ImageKernel named(String label) {
        return Arrays.stream(values())
                .filter(kernel -> kernel.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no kernel '" + label + "'. Remedy: take one of " + String.join(", ", labels())));
    }

    /** What all entries are divided by: 9 and 16 for the blurs, else 1. */
    public int divisor() {
        return divisor;
    }

    /** The entries before they are divided, float64 {@code [3, 3, 1]}. */
    public Tensor entries() {
        return Tensor.of(Arrays.stream(entries).mapToDouble(entry -> entry).toArray(), 3, 3, 1);
    }

    /** The weights, float64 {@code [3, 3, 1]}. */
    public Tensor weights() {
        return Tensor.of(
                Arrays.stream(entries)
                        .mapToDouble(entry -> (double) entry / divisor)
                        .toArray(),
                3,
                3,
                1);
    }

    /** The entries as a literal, {@code 1/16 × [1 2 1; 2 4 2; 1 2 1]}. */
    @Override
    public String toString() {
        String rows = List.of(0, 3, 6).stream()
                .map(i -> entries[i] + " " + entries[i + 1] + " " + entries[i + 2])
                .collect(Collectors.joining("; ", "[", "]"));
        return divisor == 1 ? rows : "1/" + divisor + " × " + rows;
    }
}
