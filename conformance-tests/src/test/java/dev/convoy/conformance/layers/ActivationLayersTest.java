package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static dev.convoy.layers.Activations.GLU;
import static dev.convoy.layers.Activations.SPARSEMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Threshold;
import dev.convoy.layers.Activation;
import dev.convoy.layers.ActivationFn;
import dev.convoy.layers.Activations;
import dev.convoy.layers.CompositeActivation;
import dev.convoy.layers.Dense;
import dev.convoy.layers.ELU;
import dev.convoy.layers.LeakyReLU;
import dev.convoy.layers.PReLU;
import dev.convoy.layers.ReLU;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.ThresholdedReLU;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named: Keras 3.15 on TensorFlow 2.21. */
class ActivationLayersTest {

    private static final Tensor X = Tensor.of(new float[] {-4, -2.5f, -1, -0.25f, 0, 0.5f, 1, 2, 3.5f, 7}, 1, 10);

    private static final Map<Activations, String> KERAS = new EnumMap<>(Map.ofEntries(
            Map.entry(Activations.LINEAR, "-4 -2.5 -1 -0.25 0 0.5 1 2 3.5 7"),
            Map.entry(Activations.RELU, "0 0 0 0 0 0.5 1 2 3.5 7"),
            Map.entry(Activations.RELU6, "0 0 0 0 0 0.5 1 2 3.5 6"),
            Map.entry(Activations.LEAKY_RELU, "-0.8 -0.5 -0.2 -0.05 0 0.5 1 2 3.5 7"),
            Map.entry(
                    Activations.SOFTMAX,
                    "1.601365e-05 7.176819e-05 0.0003216428 0.0006809177 0.0008743156 0.001441503 0.002376636"
                            + " 0.006460367 0.02895336 0.9588035"),
            Map.entry(
                    Activations.LOG_SOFTMAX,
                    "-11.04207 -9.542069 -8.042069 -7.292069 -7.042069 -6.542069 -6.042069 -5.042069 -3.542069"
                            + " -0.04206916"),
            Map.entry(Activations.SPARSEMAX, "0 0 0 0 0 0 0 0 0 1"),
            Map.entry(
                    Activations.SIGMOID,
                    "0.01798621 0.07585817 0.2689414 0.4378234 0.5 0.6224594 0.7310585 0.8807971 0.9706877 0.9990889"),
            Map.entry(
                    Activations.LOG_SIGMOID,
                    "-4.01815 -2.57889 -1.313262 -0.8259394 -0.6931472 -0.474077 -0.3132617 -0.126928 -0.02975042"
                            + " -0.0009114665"),
            Map.entry(
                    Activations.HARD_SIGMOID, "0 0.08333334 0.3333333 0.4583333 0.5 0.5833333 0.6666667 0.8333333 1 1"),
            Map.entry(Activations.HARD_SIGMOID_V2, "0 0 0.3 0.45 0.5 0.6 0.7 0.9 1 1"),
            Map.entry(Activations.SPARSE_SIGMOID, "0 0 0 0.375 0.5 0.75 1 1 1 1"),
            Map.entry(
                    Activations.TANH,
                    "-0.9993293 -0.9866143 -0.7615942 -0.2449187 0 0.4621171 0.7615942 0.9640276 0.9981779 0.9999983"),
            Map.entry(Activations.HARD_TANH, "-1 -1 -1 -0.25 0 0.5 1 1 1 1"),
            Map.entry(
                    Activations.TANH_SHRINK,
                    "-3.000671 -1.513386 -0.2384058 -0.005081341 0 0.03788286 0.2384058 1.035972 2.501822 6.000002"),
            Map.entry(Activations.HARD_SHRINK, "-4 -2.5 -1 0 0 0 1 2 3.5 7"),
            Map.entry(Activations.SOFT_SHRINK, "-3.5 -2 -0.5 0 0 0 0.5 1.5 3 6.5"),
            Map.entry(Activations.ELU, "-0.9816844 -0.917915 -0.6321205 -0.2211992 0 0.5 1 2 3.5 7"),
            Map.entry(
                    Activations.SELU,
                    "-1.725899 -1.613786 -1.111331 -0.3888902 0 0.5253505 1.050701 2.101402 3.677454 7.354907"),
            Map.entry(Activations.CELU, "-0.9816844 -0.917915 -0.6321205 -0.2211992 0 0.5 1 2 3.5 7"),
            Map.entry(
                    Activations.SOFTPLUS,
                    "0.01814993 0.07888974 0.3132617 0.5759395 0.6931472 0.9740769 1.313262 2.126928 3.52975 7.000912"),
            Map.entry(Activations.SOFTSIGN, "-0.8 -0.7142857 -0.5 -0.2 0 0.3333333 0.5 0.6666667 0.7777778 0.875"),
            Map.entry(
                    Activations.SQUAREPLUS,
                    "0.236068 0.3507811 0.618034 0.8827822 1 1.280776 1.618034 2.414214 3.765564 7.140055"),
            Map.entry(Activations.SPARSE_PLUS, "0 0 0 0.140625 0.25 0.5625 1 2 3.5 7"),
            Map.entry(
                    Activations.SILU,
                    "-0.07194484 -0.1896454 -0.2689414 -0.1094559 0 0.3112297 0.7310585 1.761594 3.397407 6.993623"),
            Map.entry(Activations.HARD_SILU, "0 -0.2083333 -0.3333333 -0.1145833 0 0.2916667 0.6666667 1.666667 3.5 7"),
            Map.entry(
                    Activations.GELU,
                    "-0.000126685 -0.01552416 -0.1586553 -0.1003234 0 0.3457312 0.8413447 1.9545 3.499186 7"),
            Map.entry(
                    Activations.GELU_APPROXIMATE,
                    "-7.021427e-05 -0.01508422 -0.158808 -0.1003246 0 0.345714 0.841192 1.954598 3.499384 7"),
            Map.entry(Activations.GLU, "-2.489837 -1.827646 -0.8807971 -0.2426719 0"),
            Map.entry(
                    Activations.MISH,
                    "-0.07259174 -0.1968162 -0.3034015 -0.129927 0 0.3752452 0.8650984 1.943959 3.493991 6.999989"),
            Map.entry(
                    Activations.EXPONENTIAL,
                    "0.01831564 0.082085 0.3678795 0.7788008 1 1.648721 2.718282 7.389056 33.11545 1096.633")));

    @Test
    void activationsGiveWhatKerasGives() {
        for (Activations activation : Activations.values()) {
            int size = activation == GLU ? 5 : 10;
            LayerRun.of(Activation.of(activation), X).gives(shape(1, size), KERAS.getOrDefault(activation, ""));
        }
    }

    /** The projection by hand: the support is 0.5, 0.3 and 0.1, and τ = (0.9 - 1) / 3. */
    @Test
    void sparsemaxProjectsOnTheSimplex() {
        LayerRun.of(Activation.of(SPARSEMAX), Tensor.of(new float[] {0.5f, -2, 0.3f, 0.1f}, 1, 4))
                .gives(shape(1, 4), 0.5 + 0.1 / 3, 0, 0.3 + 0.1 / 3, 0.1 + 0.1 / 3);
    }

    @Test
    void compositesCarryTheArgumentsOfActivations() {
        activated(new CompositeActivation(new Threshold(1, -9)), -9, -9, -9, -9, -9, -9, -9, 2, 3.5, 7);
        activated(
                new CompositeActivation(new Elu(0.5)),
                -0.4908422,
                -0.4589575,
                -0.3160603,
                -0.1105996,
                0,
                0.5,
                1,
                2,
                3.5,
                7);
        double[] celu = {-4, -2.5, -1, -0.25};
        double[] expected = {0, 0, 0, 0, 0, 0.5, 1, 2, 3.5, 7};
        for (int i = 0; i < celu.length; i++) {
            expected[i] = 0.5 * Math.expm1(celu[i] / 0.5);
        }
        activated(new CompositeActivation(new Celu(0.5)), expected);
    }

    @Test
    void aLayerServesAsActivation() {
        Tensor identity = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
        LayerRun.of(Dense.of(2).useBias(false).activation(LeakyReLU.of(0.5)), Tensor.of(new float[] {-2, 3}, 1, 2))
                .parameter("kernel", identity)
                .gives(shape(1, 2), -1, 3);
    }

    @Test
    void reluTakesMaximumSlopeAndThreshold() {
        ReLU all = ReLU.of().maxValue(3).negativeSlope(0.25).threshold(1);
        activated(all, -1.25, -0.875, -0.5, -0.3125, -0.25, -0.125, 0, 2, 3, 3);
        activated(ReLU.of().threshold(1), 0, 0, 0, 0, 0, 0, 0, 2, 3.5, 7);
        activated(ReLU.of().negativeSlope(0.1), -0.4, -0.25, -0.1, -0.025, 0, 0.5, 1, 2, 3.5, 7);
        activated(ThresholdedReLU.of(), 0, 0, 0, 0, 0, 0, 0, 2, 3.5, 7);
        activated(ThresholdedReLU.of(2), 0, 0, 0, 0, 0, 0, 0, 0, 3.5, 7);
    }

    @Test
    void reluOfInfinityIsZeroOrInfinity() {
        Tensor ends = Tensor.of(new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}, 1, 2);
        for (ReLU relu : List.of(ReLU.of(), ReLU.of().threshold(1))) {
            LayerRun.of(relu, ends).gives(shape(1, 2), 0, Double.POSITIVE_INFINITY);
        }
    }

    @Test
    void leakyReluAndEluTakeTheirSlope() {
        activated(LeakyReLU.of(), -1.2, -0.75, -0.3, -0.075, 0, 0.5, 1, 2, 3.5, 7);
        activated(LeakyReLU.of(0.1), -0.4, -0.25, -0.1, -0.025, 0, 0.5, 1, 2, 3.5, 7);
        activated(ELU.of(0.5), -0.4908422, -0.4589575, -0.3160603, -0.1105996, 0, 0.5, 1, 2, 3.5, 7);
        LayerRun.of(Activation.of(ELU.of()), X).gives(shape(1, 10), KERAS.getOrDefault(Activations.ELU, ""));
    }

    @Test
    void softmaxTakesAnAxis() {
        double e = Math.exp(1) / (1 + Math.exp(1));
        LayerRun.of(new Softmax(1), Tensor.of(new float[] {1, 5, 2, 5}, 1, 2, 2))
                .gives(shape(1, 2, 2), 1 - e, 0.5, e, 0.5);
    }

    @Test
    void preluLearnsAnAlphaPerElementOrSharesIt() {
        double[] single = {0.25, 1.25, 0.25, 0.1875, 1, 0, 0.5, 0.75, -0.1875, 0.3125, 0.5, 0.3125};
        LayerRun.of(PReLU.of(), shape(2, 2, 3)).gives(shape(2, 2, 3), single);
        double[] shared = {0.25, 1.25, 0.25, 0.375, 1, 0, 0.5, 0.75, -0.1875, 0.625, 0.5, -0.375};
        LayerRun.of(PReLU.of().sharedAxes(1), shape(2, 2, 3)).gives(shape(2, 2, 3), shared);
        LayerRun.of(PReLU.of().sharedAxes(1, 2), shape(1, 2, 2, 2))
                .gives(shape(1, 2, 2, 2), 0.25, 1.25, 0.25, -0.09375, 1, 0, 0.5, 0.75);
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "LeakyReLU: negative_slope is at least 0; expected >= 0, got -0.1. [leaky_re_lu.L1]",
                assertThrows(GraphException.class, () -> LeakyReLU.of(-0.1)).getMessage());
        assertEquals(
                "PReLU: shared axes are axes of the input behind the batch; expected 1 <= axis < 3, got 0. [pre_lu.L2]",
                assertThrows(
                                GraphException.class,
                                () -> PReLU.of().sharedAxes(0).parameters(List.of(TensorSpec.float32(1, 2, 3))))
                        .getMessage());
        assertThrows(GraphException.class, () -> ThresholdedReLU.of(-1));
    }

    private static void activated(ActivationFn function, double... expected) {
        LayerRun.of(Activation.of(function), X).gives(shape(1, 10), expected);
    }
}
