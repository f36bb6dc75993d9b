package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.layers.Constraint;
import dev.convoy.layers.Initializer;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Initializers.Distribution;
import dev.convoy.layers.Initializers.FanMode;
import dev.convoy.layers.Regularizer;
import dev.convoy.layers.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Initializers, regularizers and constraints. They matter only if the model is trained on, so that one that is not known
 * becomes a note, not a problem.
 */
final class TrainingSettings {

    private static final Map<Initializer, String> NAMED_SCALINGS = Map.of(
            Initializers.GLOROT_UNIFORM, "GlorotUniform",
            Initializers.GLOROT_NORMAL, "GlorotNormal",
            Initializers.HE_UNIFORM, "HeUniform",
            Initializers.HE_NORMAL, "HeNormal",
            Initializers.LECUN_UNIFORM, "LecunUniform",
            Initializers.LECUN_NORMAL, "LecunNormal");

    private TrainingSettings() {}

    static Weight weight(LayerConfig config, String prefix, Weight otherwise) {
        JsonNode initializer = config.value(prefix + "_initializer");
        JsonNode regularizer = config.value(prefix + "_regularizer");
        JsonNode constraint = config.value(prefix + "_constraint");
        return new Weight(
                initializer.isMissingNode()
                        ? otherwise.initializer()
                        : initializer(config, initializer, otherwise.initializer()),
                regularizer.isMissingNode() ? otherwise.regularizer() : regularizer(config, regularizer),
                constraint.isMissingNode() ? otherwise.constraint() : constraint(config, constraint));
    }

    private static String name(JsonNode value) {
        String name = value.isString()
                ? value.stringValue()
                : value.path("class_name").asString("");
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }

    private static Initializer initializer(LayerConfig config, JsonNode value, Initializer otherwise) {
        JsonNode c = value.path("config");
        return switch (name(value)) {
            case "zeros", "zero" -> Initializers.ZEROS;
            case "ones", "one" -> Initializers.ONES;
            case "constant" -> new Initializers.Constant(c.path("value").asDouble(0));
            case "glorotuniform" -> Initializers.GLOROT_UNIFORM;
            case "glorotnormal" -> Initializers.GLOROT_NORMAL;
            case "heuniform" -> Initializers.HE_UNIFORM;
            case "henormal" -> Initializers.HE_NORMAL;
            case "lecununiform" -> Initializers.LECUN_UNIFORM;
            case "lecunnormal" -> Initializers.LECUN_NORMAL;
            case "randomuniform", "uniform" ->
                new Initializers.RandomUniform(
                        c.path("minval").asDouble(-0.05), c.path("maxval").asDouble(0.05));
            case "randomnormal", "normal" ->
                new Initializers.RandomNormal(
                        c.path("mean").asDouble(0), c.path("stddev").asDouble(0.05));
            case "truncatednormal" ->
                new Initializers.TruncatedNormal(
                        c.path("mean").asDouble(0), c.path("stddev").asDouble(0.05));
            case "variancescaling" -> varianceScaling(config, c, otherwise);
            case "orthogonal" -> new Initializers.Orthogonal(c.path("gain").asDouble(1));
            case "identity" -> new Initializers.Identity(c.path("gain").asDouble(1));
            default -> unknown(config, "initializer", value, otherwise);
        };
    }

    private static Initializer varianceScaling(LayerConfig config, JsonNode c, Initializer otherwise) {
        double scale = c.path("scale").asDouble(1);
        String mode = c.path("mode").asString("fan_in");
        String distribution = c.path("distribution").asString("truncated_normal");
        boolean known = List.of("fan_in", "fan_out", "fan_avg").contains(mode)
                && List.of("uniform", "normal", "truncated_normal", "untruncated_normal")
                        .contains(distribution);
        if (!known || !(scale > 0)) {
            return unknown(config, "initializer", c, otherwise);
        }
        return new Initializers.VarianceScaling(
                scale,
                FanMode.valueOf(mode.toUpperCase(Locale.ROOT)),
                switch (distribution) {
                    case "uniform" -> Distribution.UNIFORM;
                    case "untruncated_normal" -> Distribution.NORMAL;
                    default -> Distribution.TRUNCATED_NORMAL;
                });
    }

    private static @Nullable Regularizer regularizer(LayerConfig config, JsonNode value) {
        JsonNode c = value.path("config");
        return switch (name(value)) {
            case "l1l2", "weightregularizer" ->
                new Regularizer.L1L2(
                        c.path("l1").asDouble(value.path("l1").asDouble(0)),
                        c.path("l2").asDouble(value.path("l2").asDouble(0)));
            case "l1" -> Regularizer.l1(c.path("l1").asDouble(0.01));
            case "l2" -> Regularizer.l2(c.path("l2").asDouble(0.01));
            default -> {
                unknown(config, "regularizer", value, Initializers.ZEROS);
                yield null;
            }
        };
    }

    private static @Nullable Constraint constraint(LayerConfig config, JsonNode value) {
        JsonNode c = value.path("config");
        return switch (name(value)) {
            case "maxnorm" ->
                new Constraint.MaxNorm(c.path("max_value").asDouble(c.path("m").asDouble(2)), axes(c.path("axis")));
            case "unitnorm" -> new Constraint.UnitNorm(axes(c.path("axis")));
            case "nonneg" -> new Constraint.NonNegative();
            default -> {
                unknown(config, "constraint", value, Initializers.ZEROS);
                yield null;
            }
        };
    }

    private static List<Integer> axes(JsonNode value) {
        List<Integer> axes = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(v -> axes.add(v.asInt(0)));
        } else {
            axes.add(value.asInt(0));
        }
        return axes;
    }

    private static Initializer unknown(LayerConfig config, String what, JsonNode value, Initializer otherwise) {
        config.note("the " + what + " " + LayerConfig.shortened(value) + " is not known; it matters in training only");
        return otherwise;
    }

    /** One that Keras has not, a formula of a user's, is left to Keras' default: it has done its work. */
    static JsonNode writeInitializer(Initializer initializer) {
        ObjectNode seeded = node().putNull("seed");
        return switch (initializer) {
            case Initializers.Constant(double value) when value == 0 -> object("initializers", "Zeros", node());
            case Initializers.Constant(double value) when value == 1 -> object("initializers", "Ones", node());
            case Initializers.Constant(double value) -> object("initializers", "Constant", node().put("value", value));
            case Initializers.RandomUniform(double min, double max) ->
                object(
                        "initializers",
                        "RandomUniform",
                        seeded.put("minval", min).put("maxval", max));
            case Initializers.RandomNormal(double mean, double stddev) ->
                object("initializers", "RandomNormal", seeded.put("mean", mean).put("stddev", stddev));
            case Initializers.TruncatedNormal(double mean, double stddev) ->
                object(
                        "initializers",
                        "TruncatedNormal",
                        seeded.put("mean", mean).put("stddev", stddev));
            case Initializers.VarianceScaling scaling -> variance(scaling, seeded);
            case Initializers.Orthogonal(double gain) -> object("initializers", "Orthogonal", seeded.put("gain", gain));
            case Initializers.Identity(double gain) ->
                object("initializers", "Identity", gain == 1 ? node() : node().put("gain", gain));
            default -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static JsonNode variance(Initializers.VarianceScaling scaling, ObjectNode seeded) {
        String name = NAMED_SCALINGS.get(scaling);
        if (name != null) {
            return object("initializers", name, seeded);
        }
        return object(
                "initializers",
                "VarianceScaling",
                seeded.put("scale", scaling.scale())
                        .put("mode", scaling.mode().name().toLowerCase(Locale.ROOT))
                        .put(
                                "distribution",
                                switch (scaling.distribution()) {
                                    case UNIFORM -> "uniform";
                                    case NORMAL -> "untruncated_normal";
                                    case TRUNCATED_NORMAL -> "truncated_normal";
                                }));
    }

    static JsonNode writeRegularizer(@Nullable Regularizer regularizer) {
        return switch (regularizer) {
            case null -> JsonNodeFactory.instance.nullNode();
            case Regularizer.L1L2(double l1, double l2)
            when l2 == 0 && l1 != 0 -> object("regularizers", "L1", node().put("l1", l1));
            case Regularizer.L1L2(double l1, double l2)
            when l1 == 0 && l2 != 0 -> object("regularizers", "L2", node().put("l2", l2));
            case Regularizer.L1L2(double l1, double l2) ->
                object("regularizers", "L1L2", node().put("l1", l1).put("l2", l2));
            default -> throw ConfigWriter.unsupported("regularizer of one's own", "use l1, l2 or L1L2");
        };
    }

    static JsonNode writeConstraint(@Nullable Constraint constraint) {
        return switch (constraint) {
            case null -> JsonNodeFactory.instance.nullNode();
            case Constraint.MaxNorm(double maxValue, List<Integer> axes) -> {
                ObjectNode config = node().put("max_value", maxValue);
                config.set("axis", axis(axes));
                yield object("constraints", "MaxNorm", config);
            }
            case Constraint.UnitNorm(List<Integer> axes) -> {
                ObjectNode config = node();
                config.set("axis", axis(axes));
                yield object("constraints", "UnitNorm", config);
            }
            case Constraint.NonNegative nonNegative -> object("constraints", "NonNeg", node());
            default ->
                throw ConfigWriter.unsupported("constraint of one's own", "use MaxNorm, UnitNorm or NonNegative");
        };
    }

    private static JsonNode axis(List<Integer> axes) {
        return axes.size() == 1 ? JsonNodeFactory.instance.numberNode(axes.getFirst()) : KerasObjects.integers(axes);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode object(String module, String className, ObjectNode config) {
        return KerasObjects.object("keras." + module, className, config, null);
    }
}
