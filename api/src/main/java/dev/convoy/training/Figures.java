package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Running means of loss and metrics. */
final class Figures {

    private final List<Metric> metrics;
    private final List<Metric.Accumulator> accumulators;
    private final int unweighted;
    private double lossSum;
    private double samples;

    Figures(Measures measures) {
        metrics = measures.all();
        accumulators = metrics.stream().map(Metric::start).toList();
        unweighted = measures.metrics().size();
    }

    void add(LossGraph.Result result, Batch batch, @Nullable Tensor weights) {
        lossSum += result.loss() * batch.size();
        samples += batch.size();
        Tensor prediction = result.prediction();
        for (int i = 0; prediction != null && i < metrics.size(); i++) {
            accumulators.get(i).add(batch.targets(), prediction, i < unweighted ? null : weights);
        }
    }

    /** The means, under their names with the prefix before; empty before the first batch. */
    SequencedMap<String, Double> values(String prefix) {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        if (samples > 0) {
            values.put(prefix + "loss", lossSum / samples);
            for (int i = 0; i < metrics.size(); i++) {
                values.put(prefix + metrics.get(i).name(), accumulators.get(i).value());
            }
        }
        return values;
    }

    /** What the means are made of: loss and samples, then each metric. */
    List<List<Double>> sums() {
        List<List<Double>> sums = new ArrayList<>(List.of(List.of(lossSum, samples)));
        accumulators.forEach(a -> sums.add(DoubleStream.of(a.sums()).boxed().toList()));
        return List.copyOf(sums);
    }

    /** Whether sums are those of such figures, or none at all. */
    static boolean fit(Measures measures, List<List<Double>> sums) {
        List<Integer> lengths = sums.stream().map(List::size).toList();
        return sums.isEmpty()
                || lengths.equals(
                        new Figures(measures).sums().stream().map(List::size).toList());
    }

    /**
     * Goes on from the sums of an epoch that was interrupted.
     *
     * @param sums that {@link #fit}
     */
    void restore(List<List<Double>> sums) {
        lossSum = sums.getFirst().get(0);
        samples = sums.getFirst().get(1);
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators
                    .get(i)
                    .restore(sums.get(i + 1).stream().mapToDouble(d -> d).toArray());
        }
    }
}
