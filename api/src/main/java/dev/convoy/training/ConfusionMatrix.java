package dev.convoy.training;

import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** How often each class was taken for each: rows are the true classes, columns the predicted ones. */
public final class ConfusionMatrix {

    private final long[][] counts;

    /**
     * @param classes two or more
     */
    public ConfusionMatrix(int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException("A confusion matrix is of two or more classes, got " + classes);
        }
        counts = new long[classes][classes];
    }

    /**
     * Counts a batch.
     *
     * @param target class numbers {@code [n]}, or distributions {@code [n, classes]}
     * @param prediction {@code [n, classes]}, or {@code [n, 1]} for two classes told apart at 0.5
     */
    public void add(Tensor target, Tensor prediction) {
        int width = Metrics.classes(prediction);
        for (int row = 0; row < prediction.shape().size(0); row++) {
            int truth = width == 1 ? (int) target.get(row) : Metrics.wanted(target, row, width);
            int guess = width == 1 ? (prediction.get(row) > 0.5 ? 1 : 0) : Metrics.largest(prediction, row, width);
            counts[truth][guess]++;
        }
    }

    public int classes() {
        return counts.length;
    }

    /** How often samples of class {@code truth} were taken for class {@code guess}. */
    public long count(int truth, int guess) {
        return counts[truth][guess];
    }

    /** The share of samples on the diagonal. */
    public double accuracy() {
        long right =
                IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
        return (double) right / total();
    }

    private long total() {
        return IntStream.range(0, counts.length).mapToLong(this::support).sum();
    }

    /** Samples of a class. */
    public long support(int truth) {
        return IntStream.range(0, counts.length)
                .mapToLong(guess -> counts[truth][guess])
                .sum();
    }

    /** Of the samples taken for a class, the share that are of it; NaN if there are none. */
    public double precision(int of) {
        return (double) counts[of][of]
                / IntStream.range(0, counts.length)
                        .mapToLong(truth -> counts[truth][of])
                        .sum();
    }

    /** Of the samples of a class, the share that were taken for it; NaN if there are none. */
    public double recall(int of) {
        return (double) counts[of][of] / support(of);
    }

    /** The counts as rows. */
    public List<List<Long>> rows() {
        return IntStream.range(0, counts.length)
                .mapToObj(truth -> IntStream.range(0, counts.length)
                        .mapToObj(guess -> counts[truth][guess])
                        .toList())
                .toList();
    }
}
