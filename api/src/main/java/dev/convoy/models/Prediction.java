package dev.convoy.models;

import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier says of one sample: every class, the most likely first. Of equal classes the one with the smaller
 * index comes first.
 */
public record Prediction(List<Scored> ranking) {

    public Prediction {
        ranking = List.copyOf(ranking);
    }

    /**
     * Ranks one row of a model's output {@code [n, classes]}; axes of size 1 may follow, as in {@code [n, classes, 1, 1]}.
     * An output of one number p becomes two classes, with {@code 1 - p} and p.
     *
     * @param labels a name for each class, or empty
     * @throws IllegalArgumentException if the output has another shape, or the number of labels is not that of the classes
     */
    public static Prediction of(Tensor output, int row, List<String> labels) {
        int[] sizes = output.shape().sizes();
        if (sizes.length < 2 || IntStream.range(2, sizes.length).anyMatch(axis -> sizes[axis] != 1)) {
            throw new IllegalArgumentException("A prediction needs an output [n, classes], got " + output.spec()
                    + ". Remedy: use predict(Tensor) and read the output yourself");
        }
        int columns = sizes[1];
        List<Double> probabilities = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            probabilities.add(output.get(row * columns + i));
        }
        if (columns == 1) {
            probabilities.addFirst(1 - probabilities.getFirst());
        }
        if (!labels.isEmpty() && labels.size() != probabilities.size()) {
            throw new IllegalArgumentException("The model tells " + probabilities.size() + " classes apart, there are "
                    + labels.size() + " labels. Remedy: give one label for each class, in order");
        }
        List<Scored> ranking = new ArrayList<>();
        for (int i = 0; i < probabilities.size(); i++) {
            ranking.add(new Scored(i, labels.isEmpty() ? Integer.toString(i) : labels.get(i), probabilities.get(i)));
        }
        ranking.sort(Comparator.comparingDouble(Scored::probability).reversed().thenComparingInt(Scored::index));
        return new Prediction(ranking);
    }

    /** The most likely class. */
    public Scored best() {
        return ranking.getFirst();
    }

    /** The name of the most likely class. */
    public String label() {
        return best().label();
    }

    /** The probability of the most likely class. */
    public double probability() {
        return best().probability();
    }

    /** The k most likely classes, or all if there are fewer. */
    public List<Scored> top(int k) {
        return ranking.subList(0, Math.min(k, ranking.size()));
    }
}
