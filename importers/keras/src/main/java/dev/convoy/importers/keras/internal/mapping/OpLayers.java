package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.BinaryFn;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Argument;
import dev.convoy.importers.keras.internal.config.CallDescription;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.layers.Activation;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Layer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions of TensorFlow and of Keras 3 that an author called on a model's tensors, which Keras saves as layers:
 * {@code TFOpLambda} and {@code TensorFlowOpLayer} of Keras 2, classes of {@code keras.ops} of Keras 3. Read are arithmetic of
 * two operands, one of which may be a number, and functions of one.
 */
final class OpLayers {

    private static final Map<String, BinaryFn> BINARY = Map.ofEntries(
            Map.entry("add", BinaryFn.ADD),
            Map.entry("addv2", BinaryFn.ADD),
            Map.entry("subtract", BinaryFn.SUB),
            Map.entry("sub", BinaryFn.SUB),
            Map.entry("multiply", BinaryFn.MUL),
            Map.entry("mul", BinaryFn.MUL),
            Map.entry("truediv", BinaryFn.DIV),
            Map.entry("realdiv", BinaryFn.DIV),
            Map.entry("true_divide", BinaryFn.DIV),
            Map.entry("divide", BinaryFn.DIV),
            Map.entry("maximum", BinaryFn.MAX),
            Map.entry("minimum", BinaryFn.MIN),
            Map.entry("pow", BinaryFn.POW),
            Map.entry("power", BinaryFn.POW));

    private static final Map<String, ActivationFn> UNARY = Map.ofEntries(
            Map.entry("relu", Activations.RELU),
            Map.entry("relu6", Activations.RELU6),
            Map.entry("sigmoid", Activations.SIGMOID),
            Map.entry("tanh", Activations.TANH),
            Map.entry("silu", Activations.SILU),
            Map.entry("swish", Activations.SILU),
            Map.entry("elu", Activations.ELU),
            Map.entry("selu", Activations.SELU),
            Map.entry("softplus", Activations.SOFTPLUS),
            Map.entry("softsign", Activations.SOFTSIGN),
            Map.entry("softmax", Activations.SOFTMAX),
            Map.entry("exp", Activations.EXPONENTIAL),
            Map.entry("negative", OpFunction.NEGATIVE),
            Map.entry("neg", OpFunction.NEGATIVE),
            Map.entry("abs", OpFunction.ABSOLUTE),
            Map.entry("absolute", OpFunction.ABSOLUTE),
            Map.entry("sqrt", OpFunction.SQRT),
            Map.entry("log", OpFunction.LOG),
            Map.entry("square", OpFunction.SQUARE));

    /** Arguments that say nothing at these values. */
    private static final Map<String, Set<String>> HARMLESS =
            Map.of("name", Set.of(), "axis", Set.of("-1"), "beta", Set.of("1", "1.0"), "alpha", Set.of("1", "1.0"));

    private OpLayers() {}

    /** Whether a layer of a model is written as a call of such a function. */
    static boolean isWrittenAsOp(Layer layer) {
        return layer instanceof ArithmeticLayer || layer instanceof Activation(OpFunction function);
    }

    /** The function as an entry of a Keras 3 configuration. */
    static ObjectNode entry(Layer layer, String name) {
        String className = switch (layer) {
            case ArithmeticLayer arithmetic -> keras3(arithmetic.fn());
            case Activation(OpFunction function) -> function.keras3();
            default -> throw new IllegalArgumentException(name + " is no function");
        };
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("name", name);
        return KerasObjects.object("keras.src.ops.numpy", className, config, className);
    }

    /** The arguments of a call: tensors, with a function's constants between them. */
    static ArrayNode arguments(Layer layer, List<ObjectNode> tensors) {
        ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
        if (layer instanceof ArithmeticLayer arithmetic) {
            Iterator<ObjectNode> next = tensors.iterator();
            for (Double constant : arithmetic.constants()) {
                arguments.add(constant == null ? next.next() : JsonNodeFactory.instance.numberNode(constant));
            }
        } else {
            arguments.addAll(tensors);
        }
        return arguments;
    }

    private static String keras3(BinaryFn fn) {
        return switch (fn) {
            case ADD -> "Add";
            case SUB -> "Subtract";
            case MUL -> "Multiply";
            case DIV -> "TrueDivide";
            case MAX -> "Maximum";
            case MIN -> "Minimum";
            case POW -> "Power";
            case MOD, REM, AND, OR, XOR -> throw new IllegalArgumentException(fn + " is not read");
        };
    }

    /** Whether a layer is such a function. */
    static boolean isOp(LayerDescription layer) {
        return layer.className().equals("TFOpLambda")
                || layer.className().equals("TensorFlowOpLayer")
                || layer.origin().startsWith("keras.ops")
                || layer.origin().startsWith("keras.src.ops")
                || layer.origin().isEmpty() && isUnnamedOp(layer);
    }

    /**
     * Keras 3 leaves the module out of an {@code .h5} file. A function is then known by a name that no layer has, or, where a
     * merging layer has it too, by being called with a number.
     */
    private static boolean isUnnamedOp(LayerDescription layer) {
        String name = name(layer);
        if (KerasLayers.find(layer.className()).isEmpty()) {
            return BINARY.containsKey(name) || UNARY.containsKey(name);
        }
        return BINARY.containsKey(name)
                && layer.calls().stream()
                        .flatMap(call -> call.arguments().stream())
                        .anyMatch(a -> a instanceof Argument.Literal(JsonNode value) && value.isNumber());
    }

    /** All functions that are read, for the documentation. */
    static List<String> names() {
        TreeMap<String, Boolean> names = new TreeMap<>();
        BINARY.keySet().forEach(n -> names.put(n, true));
        UNARY.keySet().forEach(n -> names.put(n, true));
        return List.copyOf(names.keySet());
    }

    /**
     * The layer of one call; its inputs are the call's tensors in order.
     *
     * @throws FormatException if the function or an argument is not read
     */
    static Layer of(LayerDescription layer, CallDescription call) {
        String name = name(layer);
        List<@Nullable Double> operands = operands(layer, call, name);
        BinaryFn binary = BINARY.get(name);
        if (binary != null && operands.size() == 2 && operands.contains(null)) {
            return new ArithmeticLayer(name, binary, operands);
        }
        ActivationFn unary = UNARY.get(name);
        if (unary != null && operands.size() == 1 && operands.contains(null)) {
            return Activation.of(unary);
        }
        throw refused("it calls the function " + name + " of " + operands.size() + " operands, which is not supported");
    }

    /** {@code math.truediv}, {@code __operators__.add}, {@code AddV2} or {@code TrueDivide} as one word in small letters. */
    private static String name(LayerDescription layer) {
        JsonNode config = layer.config();
        String function = switch (layer.className()) {
            case "TFOpLambda" -> config.path("function").asString("");
            case "TensorFlowOpLayer" -> config.path("node_def").path("op").asString("");
            default -> layer.className().replaceAll("([a-z])([A-Z])", "$1_$2");
        };
        return function.substring(function.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static List<@Nullable Double> operands(LayerDescription layer, CallDescription call, String name) {
        List<@Nullable Double> operands = new ArrayList<>();
        call.arguments().forEach(a -> operands.add(operand(a, name)));
        call.named().forEach((key, argument) -> {
            if (argument instanceof Argument.Literal(JsonNode value)) {
                boolean nothing = value.isNull() || value.isBoolean() && !value.booleanValue();
                Set<String> harmless = HARMLESS.get(key);
                if (nothing || harmless != null && (key.equals("name") || harmless.contains(value.toString()))) {
                    return;
                }
                if (!Set.of("x", "y", "x1", "x2").contains(key)) {
                    throw refused("it calls the function " + name + " with " + key + " = "
                            + LayerConfig.shortened(value) + ", which is not supported");
                }
            }
            operands.add(operand(argument, name));
        });
        layer.config()
                .path("constants")
                .properties()
                .forEach(e -> operands.add(
                        e.getKey().equals("0") ? 0 : operands.size(),
                        operand(new Argument.Literal(e.getValue()), name)));
        return operands;
    }

    private static @Nullable Double operand(Argument argument, String name) {
        return switch (argument) {
            case Argument.Tensor tensor -> null;
            case Argument.Literal(JsonNode value) when LayerConfig.isReal(value) -> value.doubleValue();
            case Argument.Literal(JsonNode value) ->
                throw refused("it calls the function " + name + " with " + LayerConfig.shortened(value)
                        + ", which is not supported");
            case Argument.Several several ->
                throw refused("it calls the function " + name + " with a list, which is not supported");
        };
    }

    private static FormatException refused(String reason) {
        return new FormatException(
                reason,
                "replace it in Python by a Keras layer (Add, Multiply, Rescaling, Activation, …) and save again");
    }
}
