package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.Layout;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.importers.keras.internal.file.KerasVersion;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Padding;
import dev.convoy.layers.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The configuration of one layer, read key by key with Keras' defaults; remembers what was asked for.
 *
 * <p>Every reader throws {@link FormatException} if the value is not what the key should hold.
 */
final class LayerConfig {

    /** Keys that say nothing about what a layer computes. */
    private static final Set<String> GENERAL = Set.of(
            "name",
            "trainable",
            "dtype",
            "autocast",
            "batch_input_shape",
            "batch_shape",
            "input_shape",
            "input_dtype",
            "build_config",
            "activity_regularizer",
            "seed",
            "_name");

    private final String className;
    private final JsonNode config;
    private final KerasVersion version;
    private final List<String> notes;
    private final Set<String> read = new HashSet<>(GENERAL);

    LayerConfig(String className, JsonNode config, KerasVersion version, List<String> notes) {
        this.className = className;
        this.config = config;
        this.version = version;
        this.notes = notes;
    }

    String className() {
        return className;
    }

    KerasVersion version() {
        return version;
    }

    /** Something that a user may want to know and that does not stand in the way. */
    void note(String text) {
        notes.add(text);
    }

    /** A value, missing if the file does not have it or says null. */
    JsonNode value(String key) {
        read.add(key);
        JsonNode value = config.path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    boolean has(String key) {
        return !value(key).isMissingNode();
    }

    /** Whether the file has the key and says null. */
    boolean isNull(String key) {
        read.add(key);
        return config.path(key).isNull();
    }

    /** A layer inside this one, as {@code {"class_name": …, "config": …}}. */
    LayerConfig inner(String key) {
        JsonNode value = value(key);
        String inner = value.path("class_name").asString("");
        if (inner.isEmpty() || !value.path("config").isObject()) {
            throw wrong(key, "a layer", value);
        }
        String known = Keras1.className(inner);
        return new LayerConfig(known, Keras1.config(known, value.path("config")), version, notes);
    }

    /** Keys that do not matter for what is computed, whatever they hold. */
    void ignore(String... keys) {
        read.addAll(List.of(keys));
    }

    /** No key matters for what is computed. */
    void ignoreAll() {
        config.properties().forEach(e -> read.add(e.getKey()));
    }

    /** All settings but those that every layer has, and those that are null, as plain Java. */
    SequencedMap<String, Object> settings() {
        SequencedMap<String, Object> settings = new LinkedHashMap<>();
        config.properties().forEach(e -> {
            Object value = Json.plain(e.getValue());
            if (value != null && !GENERAL.contains(e.getKey())) {
                settings.put(e.getKey(), value);
            }
        });
        return settings;
    }

    int integer(String key) {
        return whole(key, value(key));
    }

    int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    double number(String key, double otherwise) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        JsonNode number = value.path("class_name").asString("").equals("__numpy__")
                        || value.path("type").asString("").equals("ndarray")
                ? value.path("value").isMissingNode() ? value.path("config").path("value") : value.path("value")
                : value;
        if (!isReal(number)) {
            throw wrong(key, "a number", value);
        }
        return number.doubleValue();
    }

    /** A number that a double holds; the JSON may have hundreds of digits. */
    static boolean isReal(JsonNode value) {
        return value.isNumber() && !Double.isNaN(value.asDouble(Double.NaN));
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean() && !value.isIntegralNumber()) {
            throw wrong(key, "true or false", value);
        }
        return value.asBoolean(false);
    }

    String text(String key, String otherwise) {
        JsonNode value = value(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isString()) {
            throw wrong(key, "a word", value);
        }
        return value.stringValue();
    }

    /** One number for all axes, or one for each. */
    Integer[] integers(String key, int rank) {
        List<Integer> list = list(key);
        if (list.size() != 1 && list.size() != rank) {
            throw wrong(key, "1 or " + rank + " whole numbers", value(key));
        }
        return list.toArray(Integer[]::new);
    }

    /** Whole numbers, in a list or by itself. */
    List<Integer> list(String key) {
        JsonNode value = value(key);
        if (!value.isArray()) {
            return List.of(whole(key, value));
        }
        List<Integer> list = new ArrayList<>();
        value.forEach(v -> list.add(whole(key, v)));
        return list;
    }

    private int whole(String key, JsonNode value) {
        boolean whole = isReal(value) && value.doubleValue() == Math.rint(value.doubleValue());
        if (!whole || Math.abs(value.doubleValue()) > Integer.MAX_VALUE) {
            throw wrong(key, "a whole number", value);
        }
        return (int) value.doubleValue();
    }

    /** {@code data_format}; channels last unless the file says otherwise. */
    Layout layout() {
        return switch (text("data_format", "channels_last")) {
            case "channels_last" -> Layout.CHANNELS_LAST;
            case "channels_first" -> Layout.CHANNELS_FIRST;
            default -> throw wrong("data_format", "channels_last or channels_first", value("data_format"));
        };
    }

    /** {@code padding} as a word. */
    Padding padding() {
        return switch (text("padding", "valid")) {
            case "valid" -> Padding.VALID;
            case "same" -> Padding.SAME;
            case "causal" -> Padding.CAUSAL;
            default -> throw wrong("padding", "valid, same or causal", value("padding"));
        };
    }

    ActivationFn activation(String key) {
        return ActivationNames.of(value(key), this);
    }

    /** How a parameter is trained: {@code <prefix>_initializer}, {@code _regularizer} and {@code _constraint}. */
    Weight weight(String prefix, Weight otherwise) {
        return TrainingSettings.weight(this, prefix, otherwise);
    }

    /** Keys that nobody asked for and that do not hold null, false or nothing. */
    List<String> unread() {
        Set<String> names = new TreeSet<>();
        config.properties().forEach(e -> {
            JsonNode value = e.getValue();
            boolean nothing = value.isNull()
                    || value.isBoolean() && !value.booleanValue()
                    || value.isContainer() && value.isEmpty();
            if (!nothing && !read.contains(e.getKey())) {
                names.add(e.getKey() + " = " + shortened(value));
            }
        });
        return List.copyOf(names);
    }

    FormatException wrong(String key, String expected, JsonNode got) {
        return new FormatException(
                key + " must be " + expected + ", got " + (got.isMissingNode() ? "nothing" : shortened(got)), "");
    }

    /** A setting that is understood and that Convoy does not have. */
    FormatException unsupported(String what) {
        return new FormatException(
                what + " is not supported",
                "rebuild the layer in Python without it, or map the class yourself with" + " ImportOptions.layer(\""
                        + className + "\", …)");
    }

    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }
}
