package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.Node;
import dev.convoy.graph.composite.BatchNormGrad;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.Shape;

/**
 * Batch normalisation of float32 with the channels last: three passes over the data forward and two backward. Sums are
 * taken in double over blocks of rows that depend on the shape alone, then over the blocks in order.
 */
public final class BatchNormKernels {

    private static final int BLOCK = 1 << 14;

    private final Engine engine;
    private final int rows;
    private final int c;
    private final int block;
    private final int blocks;

    private BatchNormKernels(Shape x, Engine engine) {
        this.engine = engine;
        c = x.size(-1);
        rows = Math.toIntExact(x.slice(0, x.rank() - 1).elements());
        block = Math.max(1, BLOCK / Math.max(1, c));
        blocks = Math.ceilDiv(rows, block);
    }

    /** Whether there is a kernel for a node of {@link BatchNormTraining} or {@link BatchNormGrad}. */
    public static boolean suit(Node node, int axis) {
        Shape x = node.input(0).shape();
        return x.axis(axis) == x.rank() - 1;
    }

    public static Kernel training(BatchNormTraining op, Node node, Engine engine) {
        BatchNormKernels over = new BatchNormKernels(node.input(0).shape(), engine);
        return arguments -> over.training(arguments, (float) op.epsilon());
    }

    public static Kernel gradient(BatchNormGrad op, Node node, Engine engine) {
        BatchNormKernels over = new BatchNormKernels(node.input(0).shape(), engine);
        return arguments -> over.gradient(arguments, (float) op.epsilon());
    }

    /** Rows {@code [from, from + count)} of a block, which begin at an element. */
    @FunctionalInterface
    private interface Rows {
        void run(int index, int start, int count);
    }

    private void forEachBlock(Rows part) {
        engine.threads()
                .forEach(blocks, index -> part.run(index, index * block * c, Math.min(block, rows - index * block)));
    }

    private static double[] total(double[] partial, int size) {
        double[] total = new double[size];
        for (int i = 0; i < partial.length; i++) {
            total[i % size] += partial[i];
        }
        return total;
    }

    private float[] mean(double[] partial) {
        double[] total = total(partial, c);
        float[] mean = new float[c];
        for (int j = 0; j < c; j++) {
            mean[j] = (float) (total[j] / rows);
        }
        return mean;
    }

    private void training(Arguments arguments, float epsilon) {
        NormLoops loops = engine.loops();
        float[] x = arguments.floats(0);
        float[] scale = arguments.floats(1);
        float[] offset = arguments.floats(2);
        double[] partial = new double[blocks * c];
        forEachBlock((index, start, count) -> engine.loops().sumRows(x, start, count, c, partial, index * c));
        float[] mean = mean(partial);
        forEachBlock((index, start, count) -> loops.squareRows(x, mean, start, count, c, partial, index * c));
        float[] variance = mean(partial);
        if (arguments.wants(0)) {
            float[] y = arguments.result();
            float[] factor = new float[c];
            for (int j = 0; j < c; j++) {
                factor[j] = scale[j] / (float) Math.sqrt(variance[j] + epsilon);
            }
            forEachBlock((_, start, count) -> loops.normalRows(x, mean, factor, offset, start, count, c, y));
        }
        give(arguments, 1, mean);
        give(arguments, 2, variance);
    }

    private void gradient(Arguments arguments, float epsilon) {
        NormLoops loops = engine.loops();
        float[] x = arguments.floats(0);
        float[] scale = arguments.floats(1);
        float[] mean = arguments.floats(2);
        float[] variance = arguments.floats(3);
        float[] dy = arguments.floats(4);
        double[] partial = new double[blocks * 2 * c];
        forEachBlock((index, start, count) -> loops.gradientSums(x, mean, dy, start, count, c, partial, 2 * index * c));
        double[] total = total(partial, 2 * c);
        float[] factor = new float[c];
        float[] shift = new float[c];
        float[] slope = new float[c];
        float[] dscale = new float[c];
        float[] doffset = new float[c];
        for (int j = 0; j < c; j++) {
            float deviation = (float) Math.sqrt(variance[j] + epsilon);
            double product = total[c + j] / deviation;
            factor[j] = scale[j] / deviation;
            shift[j] = (float) (total[j] / rows);
            slope[j] = (float) (product / rows / deviation);
            dscale[j] = (float) product;
            doffset[j] = (float) total[j];
        }
        if (arguments.wants(0)) {
            NormLoops.Slopes slopes = new NormLoops.Slopes(factor, shift, slope);
            float[] dx = arguments.result();
            forEachBlock((_, start, count) -> loops.gradientRows(x, mean, dy, slopes, start, count, c, dx));
        }
        give(arguments, 1, dscale);
        give(arguments, 2, doffset);
    }

    private void give(Arguments arguments, int index, float[] result) {
        if (arguments.wants(index)) {
            System.arraycopy(result, 0, arguments.output(index), 0, c);
        }
    }
}
