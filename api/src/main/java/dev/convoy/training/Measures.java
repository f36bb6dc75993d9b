package dev.convoy.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What is measured beside the loss.
 *
 * @param metrics that count all samples alike
 * @param weightedMetrics that take the weights of samples
 */
record Measures(List<Metric> metrics, List<Metric> weightedMetrics) {

    static final Measures NONE = new Measures(List.of(), List.of());

    /** What stands before the names of validation. */
    static final String VALIDATION = "val_";

    Measures {
        metrics = List.copyOf(metrics);
        weightedMetrics = List.copyOf(weightedMetrics);
        Stream.concat(metrics.stream(), weightedMetrics.stream())
                .map(Metric::name)
                .forEach(name -> Trainer.require(
                        !name.isBlank() && name.chars().noneMatch(Character::isISOControl),
                        "a metric's name is a line of text, got '" + name + "'"));
    }

    List<Metric> all() {
        return Stream.concat(metrics.stream(), weightedMetrics.stream()).toList();
    }

    boolean needPredictions() {
        return !metrics.isEmpty() || !weightedMetrics.isEmpty();
    }

    /** The names of what is measured, and which way each gets better. */
    SequencedMap<String, MonitorMode> modes(boolean validation) {
        SequencedMap<String, MonitorMode> modes = new LinkedHashMap<>();
        for (String prefix : validation ? List.of("", VALIDATION) : List.of("")) {
            modes.put(prefix + "loss", MonitorMode.MIN);
            all().forEach(metric -> modes.put(prefix + metric.name(), metric.mode()));
        }
        return modes;
    }
}
