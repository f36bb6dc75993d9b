package dev.convoy.importers.keras.internal.config;

import dev.convoy.data.Interpolation;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Preprocessing.Channels;
import dev.convoy.data.Preprocessing.Fit;
import dev.convoy.data.Resampling;
import dev.convoy.data.ResizeMethod;
import dev.convoy.data.Scaling;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.models.Model;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a classifier is used: what Convoy writes into a {@code .keras} file as {@code convoy.json}, and Keras ignores.
 *
 * @param labels the classes in the order of the outputs, or nothing
 * @param preprocessing how a picture becomes the input, or null
 */
public record Usage(List<String> labels, @Nullable Preprocessing preprocessing) {

    /** The name of the entry in the archive. */
    public static final String ENTRY = "convoy.json";

    private static final int MOST_LABELS = 1_000_000;

    public Usage {
        labels = List.copyOf(labels);
    }

    public static Usage of(Model model) {
        return new Usage(model.labels(), model.preprocessing().orElse(null));
    }

    public boolean isEmpty() {
        return labels.isEmpty() && preprocessing == null;
    }

    /** The model with these. */
    public Model applyTo(Model model) {
        Model labelled = labels.isEmpty() ? model : model.withLabels(labels);
        return preprocessing == null ? labelled : labelled.withPreprocessing(preprocessing);
    }

    /** As JSON. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!labels.isEmpty()) {
            json.set("labels", Json.tree(labels));
        }
        if (preprocessing != null) {
            Scaling scaling = preprocessing.scaling();
            json.putObject("preprocessing")
                    .put("name", preprocessing.name())
                    .put("height", preprocessing.height())
                    .put("width", preprocessing.width())
                    .put("fit", word(preprocessing.fit()))
                    .put("method", method(preprocessing.method()))
                    .put("channels", word(preprocessing.channels()))
                    .put("divisor", scaling.divisor())
                    .set("mean", Json.tree(scaling.mean()))
                    .set("deviation", Json.tree(scaling.deviation()));
        }
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String method(ResizeMethod method) {
        return switch (method) {
            case Resampling resampling -> "pillow " + word(resampling);
            case Interpolation interpolation -> "tensorflow " + word(interpolation);
        };
    }

    /**
     * Reads it; every key is known.
     *
     * @throws FormatException if it is not what {@link #json} writes
     */
    public static Usage read(JsonNode json) {
        keys(json, Set.of("labels", "preprocessing"), Set.of());
        List<String> labels = new ArrayList<>();
        JsonNode list = json.path("labels");
        require(list.isMissingNode() || list.isArray() && list.size() <= MOST_LABELS, "labels is a list of names");
        for (JsonNode label : list) {
            require(label.isString(), "labels are names");
            labels.add(label.stringValue());
        }
        JsonNode preprocessing = json.path("preprocessing");
        return new Usage(labels, preprocessing.isMissingNode() ? null : preprocessing(preprocessing));
    }

    private static Preprocessing preprocessing(JsonNode json) {
        Set<String> all =
                Set.of("name", "height", "width", "fit", "method", "channels", "divisor", "mean", "deviation");
        keys(json, all, all);
        String[] method = text(json, "method").split(" ", 2);
        ResizeMethod resizing = switch (method[0]) {
            case "pillow" -> constant(Resampling.class, "method", method[method.length - 1]);
            case "tensorflow" -> constant(Interpolation.class, "method", method[method.length - 1]);
            default -> throw malformed("method begins with pillow or tensorflow");
        };
        try {
            return new Preprocessing(
                    text(json, "name"),
                    size(json, "height"),
                    size(json, "width"),
                    constant(Fit.class, "fit", text(json, "fit")),
                    resizing,
                    constant(Channels.class, "channels", text(json, "channels")),
                    new Scaling(number(json.path("divisor")), numbers(json, "mean"), numbers(json, "deviation")));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static void keys(JsonNode json, Set<String> known, Set<String> needed) {
        require(json.isObject(), "it is an object");
        for (String key : json.propertyNames()) {
            require(
                    known.contains(key),
                    "there is no key '" + key + "'; known are "
                            + known.stream().sorted().toList());
        }
        needed.stream().sorted().forEach(key -> require(json.has(key), "preprocessing has the key '" + key + "'"));
    }

    private static String text(JsonNode json, String key) {
        require(json.path(key).isString(), key + " is a word");
        return json.path(key).stringValue();
    }

    private static int size(JsonNode json, String key) {
        JsonNode size = json.path(key);
        require(size.isInt() && size.intValue() >= 1 && size.intValue() <= 1 << 15, key + " is 1 to " + (1 << 15));
        return size.intValue();
    }

    private static float number(JsonNode number) {
        float value = (float) number.asDouble(Double.NaN);
        require(number.isNumber() && Float.isFinite(value), "scaling is by numbers");
        return value;
    }

    private static List<Float> numbers(JsonNode json, String key) {
        require(json.path(key).isArray() && json.path(key).size() <= 3, key + " is a list of up to three numbers");
        List<Float> numbers = new ArrayList<>();
        json.path(key).forEach(n -> numbers.add(number(n)));
        return numbers;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String key, String word) {
        return EnumSet.allOf(type).stream()
                .filter(c -> word(c).equals(word))
                .findFirst()
                .orElseThrow(() -> malformed(key + " '" + word + "' is not known"));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw malformed(rule);
        }
    }

    private static FormatException malformed(String rule) {
        return new FormatException(
                ENTRY + " in the file is malformed: " + rule,
                "save the model anew, or delete the entry from the zip file");
    }
}
