package dev.convoy.training;

import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of a checkpoint. Numbers are written so that the same bits are read. What cannot be read is an
 * {@link IllegalArgumentException}.
 */
final class CheckpointText {

    private static final String SETTING = "settings.";
    private static final String SUMS = "sums.";
    private static final String TAB = "\t";

    private CheckpointText() {}

    static byte[] bytes(Properties properties) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, null);
        return text.toByteArray();
    }

    static Properties of(Checkpoint.Position position) {
        Properties properties = new Properties();
        properties.setProperty("version", Integer.toString(Checkpoint.VERSION));
        properties.setProperty("epoch", Integer.toString(position.epoch()));
        properties.setProperty("batch", Integer.toString(position.batch()));
        properties.setProperty("step", Long.toString(position.step()));
        properties.setProperty("learning_rate_scale", Double.toString(position.learningRateScale()));
        properties.setProperty("seconds", Double.toString(position.seconds()));
        for (int i = 0; i < position.sums().size(); i++) {
            properties.setProperty(
                    SUMS + i,
                    position.sums().get(i).stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        position.settings().forEach((name, value) -> properties.setProperty(SETTING + name, value));
        return properties;
    }

    static Checkpoint.Position position(Properties properties) {
        String version = properties.getProperty("version", "1");
        if (!version.equals(Integer.toString(Checkpoint.VERSION))) {
            throw new IllegalArgumentException("it is of version " + version
                    + " of the format, this Convoy reads version " + Checkpoint.VERSION + " and no other");
        }
        Map<String, String> settings = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), properties.getProperty(name));
            }
        }
        List<List<Double>> sums = new ArrayList<>();
        for (int i = 0; properties.getProperty(SUMS + i) != null; i++) {
            sums.add(Stream.of(property(properties, SUMS + i).split(" "))
                    .map(Double::valueOf)
                    .toList());
        }
        return new Checkpoint.Position(
                Integer.parseInt(property(properties, "epoch")),
                Integer.parseInt(property(properties, "batch")),
                Long.parseLong(property(properties, "step")),
                Double.parseDouble(property(properties, "learning_rate_scale")),
                Double.parseDouble(property(properties, "seconds")),
                sums,
                settings);
    }

    private static String property(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing in its position");
        }
        return value;
    }

    /** A line an epoch: number, seconds, learning rate, then names and values. */
    static String of(History history) {
        StringBuilder text = new StringBuilder();
        for (History.Epoch epoch : history.epochs()) {
            text.append(epoch.epoch()).append(TAB).append(epoch.seconds());
            text.append(TAB).append(epoch.learningRate());
            epoch.values()
                    .forEach((name, value) ->
                            text.append(TAB).append(name).append(TAB).append(value));
            text.append('\n');
        }
        return text.toString();
    }

    static History history(String text) {
        return new History(text.lines().map(CheckpointText::epoch).toList());
    }

    private static History.Epoch epoch(String line) {
        String[] fields = line.split(TAB, -1);
        if (fields.length < 3 || fields.length % 2 == 0) {
            throw new IllegalArgumentException("its history has a line of " + fields.length + " fields");
        }
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        for (int i = 3; i < fields.length; i += 2) {
            values.put(fields[i], Double.valueOf(fields[i + 1]));
        }
        return new History.Epoch(
                Integer.parseInt(fields[0]), values, Double.parseDouble(fields[2]), Double.parseDouble(fields[1]));
    }

    static Properties of(Map<String, CallbackState> callbacks) {
        Properties properties = new Properties();
        callbacks.forEach((callback, state) ->
                state.values().forEach((name, value) -> properties.setProperty(callback + "/" + name, value)));
        return properties;
    }

    static Map<String, CallbackState> callbacks(Properties properties, Map<String, Map<String, Tensor>> tensors) {
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        tensors.keySet().forEach(callback -> values.put(callback, new LinkedHashMap<>()));
        for (String key : properties.stringPropertyNames()) {
            int slash = key.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("'" + key + "' is not of a callback");
            }
            values.computeIfAbsent(key.substring(0, slash), callback -> new LinkedHashMap<>())
                    .put(key.substring(slash + 1), properties.getProperty(key));
        }
        Map<String, CallbackState> states = new LinkedHashMap<>();
        values.forEach((callback, map) ->
                states.put(callback, new CallbackState(map, Parameters.of(tensors.getOrDefault(callback, Map.of())))));
        return states;
    }
}
