package dev.convoy.training;

import dev.convoy.data.Dataset;
import dev.convoy.data.augment.Augmentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The settings that decide the bits of a training, as text by name; a checkpoint goes on only under the same. */
final class Fingerprint {

    private Fingerprint() {}

    static SequencedMap<String, String> of(Trainer.Settings settings, Loss loss, Dataset data) {
        Optimizer optimizer = settings.optimizer;
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        parts.put("seed", Long.toString(settings.seed));
        parts.put("samples", Integer.toString(data.size()));
        parts.put("batch size", Integer.toString(settings.batchSize));
        parts.put("shuffle", Boolean.toString(settings.shuffle));
        parts.put("loss", loss.name());
        parts.put("optimizer", text(optimizer.update()));
        parts.put("learning rate", schedule(optimizer.learningRate()));
        parts.put("gradient transforms", texts(optimizer.transforms()));
        parts.put("weight decay", Double.toString(optimizer.weightDecay()));
        parts.put("accumulation", Integer.toString(optimizer.accumulationSteps()));
        Augmentation augmentation = settings.augmentation;
        parts.put("augmentation", augmentation == null ? "none" : AugmentedData.describe(augmentation));
        parts.put("class weights", new TreeMap<>(settings.classWeights).toString());
        parts.put("metrics", names(settings.measures.metrics()));
        parts.put("weighted metrics", names(settings.measures.weightedMetrics()));
        Dataset validation = settings.validation;
        parts.put("validation samples", validation == null ? "none" : Integer.toString(validation.size()));
        return parts;
    }

    /** What differs, for example {@code batch size 8, now 5}; empty if nothing does. */
    static String differences(Map<String, String> saved, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(saved.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(saved.get(name), now.get(name)))
                .map(name ->
                        name + " " + saved.getOrDefault(name, "unknown") + ", now " + now.getOrDefault(name, "unknown"))
                .collect(Collectors.joining("; "));
    }

    private static String names(List<Metric> metrics) {
        return metrics.stream().map(Metric::name).toList().toString();
    }

    private static String texts(List<?> objects) {
        return objects.stream().map(Fingerprint::text).toList().toString();
    }

    /** Records say all; of other schedules the first rate is noted. */
    private static String schedule(Schedule schedule) {
        return schedule.getClass().isRecord() ? text(schedule) : text(schedule) + " from " + schedule.at(0);
    }

    /** What an object says of itself, without what differs from one JVM to the next. */
    private static String text(Object object) {
        return object.toString().replaceAll("(\\$\\$Lambda\\S*?)?(/0x[0-9a-f]+)?@[0-9a-f]+", "");
    }
}
