package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Layout;
import dev.convoy.layers.AveragePooling2D;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.tensor.Tensor;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Examples that work out numbers on a small picture. */
final class PictureExamples {

    private PictureExamples() {}

    static void convolution(Example example, Subject subject) {
        double[][] kernel = example.matrix("kernel");
        Conv2D conv = Conv2D.of(1, kernel.length, kernel[0].length)
                .strides(example.integers("stride"))
                .padding(Example.padding(example.get("padding")))
                .useBias(false);
        Tensor weights = Run.plane(kernel, kernel.length, kernel[0].length, 1, 1);
        Tensor y = Run.layer(subject, conv, Run.picture(example.matrix("input")), weights);
        requireDocumented(example, y);
    }

    static void maxPool(Example example, Subject subject) {
        MaxPooling2D pool = MaxPooling2D.of(example.integers("pool")).strides(example.integers("stride"));
        Tensor x = Run.picture(example.matrix("input"));
        requireDocumented(example, Run.layer(subject, pool.padding(Example.padding(example.get("padding"))), x));
        if (example.has("ceil_mode")) {
            requireDocumented(example, Run.layer(subject, pool.ceilMode(true), x));
        }
    }

    static void averagePool(Example example, Subject subject) {
        AveragePooling2D pool = AveragePooling2D.of(example.integers("pool"))
                .strides(example.integers("stride"))
                .padding(Example.padding(example.get("padding")));
        requireDocumented(example, Run.layer(subject, pool, Run.picture(example.matrix("input"))));
    }

    private static void requireDocumented(Example example, Tensor y) {
        double[][] expected = example.matrix("expected");
        Run.require("result", Run.picture(expected), y, Run.CLOSE);
        if (example.has("printed")) {
            requireErrata(example, expected);
        }
    }

    /** The cells where the print differs from what follows are those of the erratum. */
    private static void requireErrata(Example example, double[][] expected) {
        double[][] printed = example.matrix("printed");
        int differ = 0;
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                differ += Math.abs(printed[row][column] - expected[row][column]) > 1e-6 ? 1 : 0;
            }
        }
        int listed = example.has("erratum") ? example.get("erratum").size() : 0;
        Run.requireEqual("cells printed otherwise", listed, differ);
    }

    /** Three channels in, one out; and each channel for itself. */
    static void channelsFirst(Example example, Subject subject) {
        JsonNode input = example.get("input");
        JsonNode kernel = example.get("kernel");
        int channels = input.size();
        double[][][] pictures = new double[channels][][];
        double[][][] kernels = new double[channels][][];
        for (int c = 0; c < channels; c++) {
            pictures[c] = Example.matrix(input.get(c));
            kernels[c] = Example.matrix(kernel.get(c));
        }
        int size = kernels[0].length;
        Conv2D conv = Conv2D.of(1, size).dataFormat(Layout.CHANNELS_FIRST).useBias(false);
        Tensor x = stacked(pictures);
        Tensor sum = Run.layer(subject, conv, x, channelsLast(kernels, size, channels, 1));
        double[][] expected = example.matrix("expected");
        Run.require("sum", Run.plane(expected, 1, 1, expected.length, expected[0].length), sum, Run.CLOSE);
        Conv2D grouped = Conv2D.of(channels, size)
                .groups(channels)
                .dataFormat(Layout.CHANNELS_FIRST)
                .useBias(false);
        Tensor each = Run.layer(subject, grouped, x, channelsLast(kernels, size, 1, channels));
        double[][][] perChannel = new double[channels][][];
        for (int c = 0; c < channels; c++) {
            perChannel[c] = Example.matrix(example.get("expected_per_channel").get(c));
        }
        Run.require("each channel", stacked(perChannel), each, Run.CLOSE);
    }

    /** {@code [1, c, h, w]}. */
    private static Tensor stacked(double[][][] planes) {
        int height = planes[0].length;
        int width = planes[0][0].length;
        float[] values = new float[planes.length * height * width];
        int i = 0;
        for (double[][] plane : planes) {
            for (double[] row : plane) {
                for (double value : row) {
                    values[i++] = (float) value;
                }
            }
        }
        return Tensor.of(values, 1, planes.length, height, width);
    }

    /** A kernel {@code [k, k, in, out]} of one plane for each of in or out. */
    private static Tensor channelsLast(double[][][] planes, int size, int in, int out) {
        float[] values = new float[planes.length * size * size];
        for (int c = 0; c < planes.length; c++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    values[(row * size + column) * planes.length + c] = (float) planes[c][row][column];
                }
            }
        }
        return Tensor.of(values, size, size, in, out);
    }

    /**
     * Named filters: an even picture becomes its brightness times the sum of the filter (0 for detectors, 1 for blur and
     * sharpen), and a single bright pixel becomes the filter turned around.
     */
    static void kernels(Example example, Subject subject) {
        for (Map.Entry<String, JsonNode> entry : example.get("kernels").properties()) {
            String name = entry.getKey();
            double[][] kernel = Example.matrix(entry.getValue());
            boolean brightnessStays = name.contains("blur") || name.equals("sharpen");
            Tensor weights = Run.plane(kernel, 3, 3, 1, 1);
            Conv2D conv = Conv2D.of(1, 3).useBias(false);
            Tensor even = Run.layer(
                    subject, conv, Tensor.full(Run.random(0, 1, 5, 5, 1).spec(), 8), weights);
            double brightness = brightnessStays ? 8 : name.contains("edge") ? 0 : 8 * sum(kernel);
            Run.require(name + " of an even picture", Tensor.full(even.spec(), brightness), even, Run.CLOSE);
            double[][] bright = new double[5][5];
            bright[2][2] = 1;
            double[][] turned = new double[3][3];
            for (int i = 0; i < 9; i++) {
                turned[2 - i / 3][2 - i % 3] = kernel[i / 3][i % 3];
            }
            Tensor y = Run.layer(subject, conv, Run.picture(bright), weights);
            Run.require(name + " of one pixel", Run.picture(turned), y, Run.CLOSE);
            Tensor same = Run.layer(subject, conv.padding(Padding.SAME), Run.picture(bright), weights);
            Run.requireEqual(
                    name + " keeps the size", "[1, 5, 5, 1]", same.shape().toString());
        }
    }

    private static double sum(double[][] kernel) {
        double sum = 0;
        for (double[] row : kernel) {
            for (double value : row) {
                sum += value;
            }
        }
        return sum;
    }

    /** One mean per channel. */
    static void globalAverage(Subject subject) {
        Tensor x = Run.random(5, 2, 3, 4, 5);
        float[] means = new float[2 * 5];
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 5; c++) {
                double sum = 0;
                for (int pixel = 0; pixel < 12; pixel++) {
                    sum += x.get((n * 12 + pixel) * 5 + c);
                }
                means[n * 5 + c] = (float) (sum / 12);
            }
        }
        Tensor y = Run.layer(subject, GlobalAveragePooling2D.of(), x);
        Run.require("means", Tensor.of(means, 2, 5), y, Run.CLOSE);
    }
}
