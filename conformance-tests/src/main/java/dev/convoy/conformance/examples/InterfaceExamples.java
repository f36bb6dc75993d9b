package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.Conv1D;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Signatures that the documents print: every parameter exists on Convoy's layer under Convoy's name, and its value changes
 * what comes out.
 */
final class InterfaceExamples {

    private static final Tensor PICTURE = Run.random(1, 1, 7, 9, 4);
    private static final Tensor LINE = Run.random(2, 1, 11, 4);

    private InterfaceExamples() {}

    /** A layer on an input: one setting of a parameter. */
    private record Setting(String words, Layer layer, Tensor x) {}

    static void run(Example example, Subject subject) {
        List<Map<String, List<Setting>>> tables = switch (example.id()) {
            case "signature-conv2d" -> List.of(convolution2D(), convolution1D());
            case "signature-maxpool2d" -> List.of(maxPooling());
            case "signature-avgpool2d" -> List.of(averagePooling());
            default -> throw new AssertionError("No check knows the signature " + example.id());
        };
        Set<String> documented = StreamSupport.stream(example.get("parameters").spliterator(), false)
                .map(p -> p.asString().split("=")[0])
                .collect(Collectors.toSet());
        for (Map<String, List<Setting>> table : tables) {
            Run.requireEqual("parameters with a case", documented, table.keySet());
            table.forEach((parameter, settings) -> requireDifferent(parameter, settings, subject));
        }
    }

    /** No two settings give the same. */
    private static void requireDifferent(String parameter, List<Setting> settings, Subject subject) {
        List<List<Tensor>> seen = new ArrayList<>();
        for (Setting setting : settings) {
            List<Tensor> outputs = outputs(setting, subject);
            if (seen.contains(outputs)) {
                throw new AssertionError("'" + parameter + "' changes nothing: " + setting.words + " gives what "
                        + settings.get(seen.indexOf(outputs)).words + " gives");
            }
            seen.add(outputs);
        }
    }

    private static List<Tensor> outputs(Setting setting, Subject subject) {
        Model model = Run.model(setting.layer, setting.x);
        Tensor[] parameters = model.parameterSpecs().stream()
                .map(p -> Run.random(p.name().hashCode(), p.spec().shape().sizes()))
                .toArray(Tensor[]::new);
        return Run.outputs(subject, Run.with(model, parameters), setting.x);
    }

    private static Map<String, List<Setting>> convolution2D() {
        Conv2D conv = Conv2D.of(4, 3);
        Conv2D padded = conv.padding(Padding.of(2));
        Map<String, List<Setting>> table = new LinkedHashMap<>();
        table.put("in_channels", List.of(on(conv, Run.random(3, 1, 7, 9, 2)), on(conv, Run.random(3, 1, 7, 9, 3))));
        table.put("out_channels", pictures(Conv2D.of(4, 3), Conv2D.of(5, 3)));
        table.put("kernel_size", pictures(Conv2D.of(4, 3), Conv2D.of(4, 3, 5), Conv2D.of(4, 1)));
        table.put("stride", pictures(conv, conv.strides(2), conv.strides(1, 2)));
        table.put("padding", pictures(conv, conv.padding(Padding.of(1)), conv.padding(Padding.of(0, 1))));
        table.put("dilation", pictures(conv, conv.dilationRate(2), conv.dilationRate(1, 2)));
        table.put("groups", pictures(conv, conv.groups(2), conv.groups(4)));
        table.put("bias", pictures(conv, conv.useBias(false)));
        table.put(
                "padding_mode",
                pictures(
                        padded,
                        padded.paddingMode(PadMode.REFLECT),
                        padded.paddingMode(PadMode.EDGE),
                        padded.paddingMode(PadMode.WRAP)));
        return table;
    }

    private static Map<String, List<Setting>> convolution1D() {
        Conv1D conv = Conv1D.of(4, 3);
        Conv1D padded = conv.padding(Padding.of(2));
        Map<String, List<Setting>> table = new LinkedHashMap<>();
        table.put("in_channels", List.of(on(conv, Run.random(3, 1, 9, 2)), on(conv, Run.random(3, 1, 9, 3))));
        table.put("out_channels", lines(Conv1D.of(4, 3), Conv1D.of(5, 3)));
        table.put("kernel_size", lines(Conv1D.of(4, 3), Conv1D.of(4, 5)));
        table.put("stride", lines(conv, conv.strides(2)));
        table.put("padding", lines(conv, conv.padding(Padding.of(1)), conv.padding(Padding.CAUSAL)));
        table.put("dilation", lines(conv, conv.dilationRate(2)));
        table.put("groups", lines(conv, conv.groups(2)));
        table.put("bias", lines(conv, conv.useBias(false)));
        table.put(
                "padding_mode",
                lines(
                        padded,
                        padded.paddingMode(PadMode.REFLECT),
                        padded.paddingMode(PadMode.EDGE),
                        padded.paddingMode(PadMode.WRAP)));
        return table;
    }

    private static Map<String, List<Setting>> maxPooling() {
        MaxPooling2D pool = MaxPooling2D.of(2);
        Map<String, List<Setting>> table = new LinkedHashMap<>();
        table.put("kernel_size", pictures(MaxPooling2D.of(2), MaxPooling2D.of(3), MaxPooling2D.of(2, 3)));
        table.put("stride", pictures(pool, pool.strides(1), pool.strides(2, 1)));
        table.put("padding", pictures(pool, pool.padding(Padding.of(1)), pool.padding(Padding.of(0, 1))));
        table.put("dilation", pictures(pool, pool.dilationRate(2), pool.dilationRate(1, 2)));
        table.put("return_indices", pictures(pool, pool.returnIndices(true)));
        table.put("ceil_mode", pictures(pool, pool.ceilMode(true)));
        return table;
    }

    private static Map<String, List<Setting>> averagePooling() {
        AveragePooling2D pool = AveragePooling2D.of(2);
        AveragePooling2D padded = pool.padding(Padding.of(1));
        Map<String, List<Setting>> table = new LinkedHashMap<>();
        table.put("kernel_size", pictures(AveragePooling2D.of(2), AveragePooling2D.of(3), AveragePooling2D.of(2, 3)));
        table.put("stride", pictures(pool, pool.strides(1), pool.strides(2, 1)));
        table.put("padding", pictures(pool, padded, pool.padding(Padding.of(0, 1))));
        table.put("ceil_mode", pictures(pool, pool.ceilMode(true)));
        table.put("count_include_pad", pictures(padded, padded.countIncludePad(true)));
        table.put("divisor_override", pictures(pool, pool.divisorOverride(3)));
        return table;
    }

    private static List<Setting> pictures(Layer... layers) {
        return List.of(layers).stream().map(layer -> on(layer, PICTURE)).toList();
    }

    private static List<Setting> lines(Layer... layers) {
        return List.of(layers).stream().map(layer -> on(layer, LINE)).toList();
    }

    private static Setting on(Layer layer, Tensor x) {
        return new Setting(layer + " on " + x.shape(), layer, x);
    }
}
