package dev.convoy.cli;

import dev.convoy.layers.Padding;
import dev.convoy.walkthrough.ConvolutionWalk;
import dev.convoy.walkthrough.PoolingWalk;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the window of a walkthrough slides. */
final class WindowOptions {

    private static final Pattern PADS = Pattern.compile("\\d{1,6}(,\\d{1,6}|(,\\d{1,6}){3})?");

    @Option(
            names = "--pool-size",
            split = ",",
            paramLabel = "N",
            description = "Rows and columns of a pool: one number for both, or ROWS,COLUMNS; default 2.")
    private List<Integer> poolSize = List.of();

    @Option(
            names = "--stride",
            split = ",",
            paramLabel = "S",
            description = "How far the window moves: one number, or ROWS,COLUMNS; default 1, for a pool its size.")
    private List<Integer> stride = List.of();

    @Option(
            names = "--padding",
            paramLabel = "P",
            description = "'valid' (none, the default), 'same', one number for all sides, ROWS,COLUMNS or"
                    + " TOP,BOTTOM,LEFT,RIGHT.")
    private @Nullable String padding;

    @Option(
            names = "--dilation",
            split = ",",
            paramLabel = "D",
            description = "Distance of neighbouring elements of the kernel: one number, or ROWS,COLUMNS; default 1.")
    private List<Integer> dilation = List.of();

    @Option(names = "--ceil-mode", description = "Keep partial windows of a pooling at the end.")
    private boolean ceilMode;

    boolean isGiven() {
        return Stream.of(poolSize, stride, dilation).anyMatch(list -> !list.isEmpty()) || padding != null || ceilMode;
    }

    Padding padding() {
        if (padding == null || padding.equals("valid")) {
            return Padding.VALID;
        }
        if (padding.equals("same")) {
            return Padding.SAME;
        }
        if (!PADS.matcher(padding).matches()) {
            throw new UserError(
                    "--padding cannot be '" + padding + "'. Remedy: take 'valid', 'same', one number for all"
                            + " sides, ROWS,COLUMNS or TOP,BOTTOM,LEFT,RIGHT");
        }
        List<Integer> pads = Stream.of(padding.split(",")).map(Integer::valueOf).toList();
        return pads.size() == 4
                ? Padding.of(List.of(pads.get(0), pads.get(2)), List.of(pads.get(1), pads.get(3)))
                : Padding.of(pads, pads);
    }

    Integer[] poolSize() {
        return poolSize.isEmpty() ? new Integer[] {2} : oneOrTwo("--pool-size", poolSize);
    }

    ConvolutionWalk apply(ConvolutionWalk walk) {
        if (ceilMode || !poolSize.isEmpty()) {
            throw new UserError(
                    "--ceil-mode and --pool-size belong to a pooling. Remedy: leave them out, or take --pool");
        }
        ConvolutionWalk strided = stride.isEmpty() ? walk : walk.strides(oneOrTwo("--stride", stride));
        return dilation.isEmpty() ? strided : strided.dilationRate(oneOrTwo("--dilation", dilation));
    }

    PoolingWalk apply(PoolingWalk walk) {
        if (!dilation.isEmpty()) {
            throw new UserError("--dilation belongs to a convolution. Remedy: leave it out");
        }
        PoolingWalk strided = stride.isEmpty() ? walk : walk.strides(oneOrTwo("--stride", stride));
        return strided.ceilMode(ceilMode);
    }

    private static Integer[] oneOrTwo(String option, List<Integer> values) {
        if (values.size() > 2 || values.stream().anyMatch(value -> value < 1)) {
            throw new UserError(option + " is one number from 1 on, or two (ROWS,COLUMNS), got " + values + ". Remedy: "
                    + option + " 2 or " + option + " 2,1");
        }
        return values.toArray(Integer[]::new);
    }
}
