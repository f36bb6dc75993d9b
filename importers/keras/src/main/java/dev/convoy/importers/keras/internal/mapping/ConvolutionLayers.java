package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.layers.Conv1D;
import dev.convoy.layers.Conv1DTranspose;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Conv2DTranspose;
import dev.convoy.layers.Conv3D;
import dev.convoy.layers.Conv3DTranspose;
import dev.convoy.layers.ConvConfig;
import dev.convoy.layers.ConvLayer;
import dev.convoy.layers.DepthwiseConv1D;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.DepthwiseConvLayer;
import dev.convoy.layers.Geometry;
import dev.convoy.layers.GroupedConvLayer;
import dev.convoy.layers.SeparableConv1D;
import dev.convoy.layers.SeparableConv2D;
import dev.convoy.layers.SeparableConvLayer;
import dev.convoy.layers.TransposedConvLayer;
import java.util.Collections;
import java.util.List;

/** Convolutions. */
final class ConvolutionLayers {

    private static final String FAMILY = "Convolution";

    private ConvolutionLayers() {}

    static List<Mapping<?>> all() {
        return List.of(
                always(FAMILY, Conv1D.class, ConvolutionLayers::conv1D, ConvolutionLayers::writeGrouped),
                always(FAMILY, Conv2D.class, ConvolutionLayers::conv2D, ConvolutionLayers::writeGrouped),
                always(FAMILY, Conv3D.class, ConvolutionLayers::conv3D, ConvolutionLayers::writeGrouped),
                since2(
                        FAMILY,
                        DepthwiseConv1D.class,
                        ConvolutionLayers::depthwise1D,
                        ConvolutionLayers::writeDepthwise),
                since2(
                        FAMILY,
                        DepthwiseConv2D.class,
                        ConvolutionLayers::depthwise2D,
                        ConvolutionLayers::writeDepthwise),
                since2(
                        FAMILY,
                        SeparableConv1D.class,
                        ConvolutionLayers::separable1D,
                        ConvolutionLayers::writeSeparable),
                always(
                        FAMILY,
                        SeparableConv2D.class,
                        ConvolutionLayers::separable2D,
                        ConvolutionLayers::writeSeparable),
                since2(
                        FAMILY,
                        Conv1DTranspose.class,
                        ConvolutionLayers::transposed1D,
                        ConvolutionLayers::writeTransposed),
                always(
                                FAMILY,
                                Conv2DTranspose.class,
                                ConvolutionLayers::transposed2D,
                                ConvolutionLayers::writeTransposed)
                        .limits("Keras 1: output_shape is worked out, not read"),
                since2(
                        FAMILY,
                        Conv3DTranspose.class,
                        ConvolutionLayers::transposed3D,
                        ConvolutionLayers::writeTransposed));
    }

    private static Conv1D conv1D(LayerConfig c) {
        return common(c, Conv1D.of(c.integer("filters"), c.integers("kernel_size", 1)), 1, "kernel")
                .groups(c.integer("groups", 1));
    }

    private static Conv2D conv2D(LayerConfig c) {
        return common(c, Conv2D.of(c.integer("filters"), c.integers("kernel_size", 2)), 2, "kernel")
                .groups(c.integer("groups", 1));
    }

    private static Conv3D conv3D(LayerConfig c) {
        return common(c, Conv3D.of(c.integer("filters"), c.integers("kernel_size", 3)), 3, "kernel")
                .groups(c.integer("groups", 1));
    }

    private static DepthwiseConv1D depthwise1D(LayerConfig c) {
        ignoreInherited(c);
        return common(c, DepthwiseConv1D.of(c.integers("kernel_size", 1)), 1, "depthwise")
                .depthMultiplier(c.integer("depth_multiplier", 1));
    }

    private static DepthwiseConv2D depthwise2D(LayerConfig c) {
        ignoreInherited(c);
        return common(c, DepthwiseConv2D.of(c.integers("kernel_size", 2)), 2, "depthwise")
                .depthMultiplier(c.integer("depth_multiplier", 1));
    }

    private static SeparableConv1D separable1D(LayerConfig c) {
        ignoreInherited(c);
        SeparableConv1D plain = SeparableConv1D.of(c.integer("filters"), c.integers("kernel_size", 1));
        return common(c, plain, 1, "pointwise")
                .depthMultiplier(c.integer("depth_multiplier", 1))
                .depthwise(c.weight("depthwise", plain.depthwise()));
    }

    private static SeparableConv2D separable2D(LayerConfig c) {
        ignoreInherited(c);
        SeparableConv2D plain = SeparableConv2D.of(c.integer("filters"), c.integers("kernel_size", 2));
        return common(c, plain, 2, "pointwise")
                .depthMultiplier(c.integer("depth_multiplier", 1))
                .depthwise(c.weight("depthwise", plain.depthwise()));
    }

    private static Conv1DTranspose transposed1D(LayerConfig c) {
        Conv1DTranspose layer =
                common(c, Conv1DTranspose.of(c.integer("filters"), c.integers("kernel_size", 1)), 1, "kernel");
        refuseGroups(c);
        return c.has("output_padding") ? layer.outputPadding(c.integers("output_padding", 1)) : layer;
    }

    private static Conv2DTranspose transposed2D(LayerConfig c) {
        Conv2DTranspose layer =
                common(c, Conv2DTranspose.of(c.integer("filters"), c.integers("kernel_size", 2)), 2, "kernel");
        refuseGroups(c);
        return c.has("output_padding") ? layer.outputPadding(c.integers("output_padding", 2)) : layer;
    }

    private static Conv3DTranspose transposed3D(LayerConfig c) {
        Conv3DTranspose layer =
                common(c, Conv3DTranspose.of(c.integer("filters"), c.integers("kernel_size", 3)), 3, "kernel");
        refuseGroups(c);
        return c.has("output_padding") ? layer.outputPadding(c.integers("output_padding", 3)) : layer;
    }

    /** Keras writes the key, which it inherits, and has no transposed convolution in groups. */
    private static void refuseGroups(LayerConfig c) {
        if (c.integer("groups", 1) != 1) {
            throw c.unsupported("a transposed convolution in groups");
        }
    }

    /** What Conv's configuration has and a depthwise convolution does not use. */
    private static void ignoreInherited(LayerConfig c) {
        c.ignore("filters", "groups", "kernel_initializer", "kernel_regularizer", "kernel_constraint");
    }

    private static <T extends ConvLayer<T>> T common(LayerConfig c, T layer, int rank, String kernel) {
        T result = layer.padding(c.padding())
                .dataFormat(c.layout())
                .activation(c.activation("activation"))
                .useBias(c.flag("use_bias", true))
                .kernel(c.weight(kernel, layer.config().kernel()))
                .bias(c.weight("bias", layer.config().bias()));
        if (c.has("strides")) {
            result = result.strides(c.integers("strides", rank));
        }
        return c.has("dilation_rate") ? result.dilationRate(c.integers("dilation_rate", rank)) : result;
    }

    private static void writeGrouped(GroupedConvLayer<?> layer, ConfigWriter c) {
        c.put("filters", layer.config().filters()).put("groups", layer.config().groups());
        write(c, layer.config(), "kernel");
    }

    /** The number of filters of a depthwise convolution is its multiplier. */
    private static void writeDepthwise(DepthwiseConvLayer<?> layer, ConfigWriter c) {
        c.put("depth_multiplier", layer.config().filters());
        write(c, layer.config(), "depthwise");
    }

    private static void writeSeparable(SeparableConvLayer<?> layer, ConfigWriter c) {
        c.put("filters", layer.config().filters())
                .put("depth_multiplier", layer.depthMultiplier())
                .weight("depthwise", layer.depthwise());
        write(c, layer.config(), "pointwise");
    }

    private static void writeTransposed(TransposedConvLayer<?> layer, ConfigWriter c) {
        c.require(
                layer.config().groups() == 1,
                "transposed convolution in groups",
                "split the channels, and use one layer for each group");
        c.put("filters", layer.config().filters());
        List<Integer> outputPadding = layer.outputPadding();
        if (outputPadding != null) {
            c.put("output_padding", outputPadding);
        }
        write(c, layer.config(), "kernel");
    }

    private static void write(ConfigWriter c, ConvConfig config, String kernel) {
        Geometry geometry = config.geometry();
        c.require(
                geometry.paddingMode() == PadMode.CONSTANT,
                "padding mode " + geometry.paddingMode(),
                "use zeros, or pad before the layer");
        c.require(
                Collections.max(geometry.strides()) == 1 || Collections.max(geometry.dilationRate()) == 1,
                "convolution with both strides " + geometry.strides() + " and dilation " + geometry.dilationRate(),
                "use one of them");
        c.put("kernel_size", geometry.size())
                .put("strides", geometry.strides())
                .padding(geometry.padding())
                .layout(geometry.dataFormat())
                .put("dilation_rate", geometry.dilationRate())
                .activation(config.activation())
                .put("use_bias", config.useBias())
                .weight(kernel, config.kernel())
                .weight("bias", config.bias())
                .putNull("activity_regularizer");
    }
}
