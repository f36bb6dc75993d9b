package dev.convoy.importers.keras.internal.mapping;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Class names and keys of Keras 1 brought to those of Keras 2 ({@code keras/legacy/interfaces.py} of Keras 2.3). */
final class Keras1 {

    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("Convolution1D", "Conv1D"),
            Map.entry("Convolution2D", "Conv2D"),
            Map.entry("Convolution3D", "Conv3D"),
            Map.entry("AtrousConvolution1D", "Conv1D"),
            Map.entry("AtrousConvolution2D", "Conv2D"),
            Map.entry("SeparableConvolution2D", "SeparableConv2D"),
            Map.entry("Deconvolution2D", "Conv2DTranspose"),
            Map.entry("MaxPool1D", "MaxPooling1D"),
            Map.entry("MaxPool2D", "MaxPooling2D"),
            Map.entry("MaxPool3D", "MaxPooling3D"),
            Map.entry("AvgPool1D", "AveragePooling1D"),
            Map.entry("AvgPool2D", "AveragePooling2D"),
            Map.entry("AvgPool3D", "AveragePooling3D"),
            Map.entry("GlobalMaxPool1D", "GlobalMaxPooling1D"),
            Map.entry("GlobalMaxPool2D", "GlobalMaxPooling2D"),
            Map.entry("GlobalMaxPool3D", "GlobalMaxPooling3D"),
            Map.entry("GlobalAvgPool1D", "GlobalAveragePooling1D"),
            Map.entry("GlobalAvgPool2D", "GlobalAveragePooling2D"),
            Map.entry("GlobalAvgPool3D", "GlobalAveragePooling3D"),
            Map.entry("BatchNormalizationV1", "BatchNormalization"),
            Map.entry("BatchNormalizationV2", "BatchNormalization"),
            Map.entry("SyncBatchNormalization", "BatchNormalization"));

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("nb_filter", "filters"),
            Map.entry("border_mode", "padding"),
            Map.entry("subsample", "strides"),
            Map.entry("subsample_length", "strides"),
            Map.entry("dim_ordering", "data_format"),
            Map.entry("atrous_rate", "dilation_rate"),
            Map.entry("bias", "use_bias"),
            Map.entry("p", "rate"),
            Map.entry("sigma", "stddev"),
            Map.entry("init", "kernel_initializer"),
            Map.entry("W_regularizer", "kernel_regularizer"),
            Map.entry("b_regularizer", "bias_regularizer"),
            Map.entry("W_constraint", "kernel_constraint"),
            Map.entry("b_constraint", "bias_constraint"),
            Map.entry("gamma_init", "gamma_initializer"),
            Map.entry("beta_init", "beta_initializer"),
            Map.entry("pool_length", "pool_size"),
            Map.entry("stride", "strides"),
            Map.entry("length", "size"));

    /** Keys that lay the shape of an input down in Keras 1, and say nothing else. */
    private static final Set<String> SHAPES = Set.of("input_dim", "input_length", "output_shape");

    private Keras1() {}

    static String className(String className) {
        return CLASSES.getOrDefault(className, className);
    }

    /** The configuration with the keys of Keras 2; unchanged if it has none of Keras 1's. */
    static JsonNode config(String className, JsonNode config) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        config.properties().forEach(e -> {
            String key = e.getKey();
            String renamed =
                    key.equals("output_dim") && !className.equals("Embedding") ? "units" : KEYS.getOrDefault(key, key);
            boolean legacy = !renamed.equals(key) && config.has(renamed);
            if (!legacy) {
                result.set(renamed, renamed.equals("data_format") ? dataFormat(e.getValue()) : e.getValue());
            }
        });
        kernelSize(result);
        if (config.has("nb_filter") || config.has("output_dim") && !className.equals("Embedding")) {
            SHAPES.forEach(result::remove);
        }
        return result;
    }

    private static JsonNode dataFormat(JsonNode value) {
        return switch (value.asString("")) {
            case "tf" -> JsonNodeFactory.instance.stringNode("channels_last");
            case "th" -> JsonNodeFactory.instance.stringNode("channels_first");
            default -> value;
        };
    }

    private static void kernelSize(ObjectNode config) {
        ArrayNode size = JsonNodeFactory.instance.arrayNode();
        for (String key :
                new String[] {"filter_length", "kernel_dim1", "kernel_dim2", "kernel_dim3", "nb_row", "nb_col"}) {
            JsonNode value = config.path(key);
            if (!value.isMissingNode()) {
                size.add(value);
                config.remove(key);
            }
        }
        if (!size.isEmpty()) {
            config.set("kernel_size", size);
        }
    }
}
