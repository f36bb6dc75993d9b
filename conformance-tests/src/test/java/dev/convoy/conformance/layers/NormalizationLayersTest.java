package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.GroupNormalization;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerNormalization;
import dev.convoy.layers.Normalization;
import dev.convoy.layers.RMSNormalization;
import dev.convoy.layers.Rescaling;
import dev.convoy.layers.UnitNormalization;
import dev.convoy.layers.Weight;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named: Keras 3.15 on TensorFlow 2.21. */
class NormalizationLayersTest {

    private static final int[] X = {1, 2, 3, 2};
    private static final int[] GROUPED = {1, 2, 2, 4};

    @Test
    void layerNormalization() {
        LayerNormalization plain = LayerNormalization.of();
        LayerRun.of(plain, X).gives(shape(1, 2, 3, 2), """
            0.3746738 0.6249185 -0.6240031 0.3752492 -0.6240031 0.3752492 0.3746738 0.6249185 -0.624003
            0.3752493 -0.6240031 0.3752492
            """);
        LayerRun.of(plain.axis(1, 2).epsilon(0.5), X).gives(shape(1, 2, 3, 2), """
            0.1331989 -0.722948 0.5322748 0.4252565 0.2745967 -0.4439424 0.3831989 -0.06185876 0.6531754
            0.3575966 -0.5727486 -0.01642656
            """);
        LayerRun.of(plain.scale(false), X).gives(shape(1, 2, 3, 2), """
            -1.499348 1.124348 0.498006 -0.873006 0.498006 -0.873006 -1.499348 1.124348 0.498006 -0.8730061
            0.498006 -0.873006
            """);
        LayerRun.of(plain.center(false), X).gives(shape(1, 2, 3, 2), """
            0.4996738 0.1249185 -0.499003 -0.1247507 -0.499003 -0.1247508 0.4996738 0.1249184 -0.499003
            -0.1247508 -0.499003 -0.1247508
            """);
        LayerRun.of(plain.center(false).scale(false), X).gives(shape(1, 2, 3, 2), """
            -0.9993476 0.9993477 0.998006 -0.998006 0.998006 -0.998006 -0.9993476 0.9993476 0.998006 -0.9980061
            0.998006 -0.998006
            """);
        LayerRun.of(plain.axis(1, 2).rmsScaling(true), X).gives(shape(1, 2, 3, 2), """
            0.3775333 -0.7245649 0.04719166 -0.1086847 1.1326 0 0.3775333 -0.2173695 -0.141575 -0.5434237
            -0.4719166 0.3622825
            """);
    }

    @Test
    void rmsNormalization() {
        LayerRun.of(RMSNormalization.of(), X).gives(shape(1, 2, 3, 2), """
            0.2626127 0.1641329 -0.2236064 -0.1677048 -0.7071061 0 0.565685 0.1060659 0.138675 -0.1733437
            -0.499999 -0.1249997
            """);
        LayerRun.of(RMSNormalization.of().axis(2, 3).epsilon(0.5), X).gives(shape(1, 2, 3, 2), """
            0.2413554 0.1508471 0.1810165 0.1810165 0.3620331 0 0.4736023 0.08880042 -0.1776008 0.2960014
            0.1776008 0.2960014
            """);
    }

    @Test
    void groupNormalization() {
        GroupNormalization two = GroupNormalization.of(2);
        LayerRun.of(two, GROUPED).gives(shape(1, 2, 2, 4), """
            0.3012113 0.6528801 -0.177557 0.3614582 -0.5882732 0.4675709 -1.467329 -0.1544506 0.1529639
            0.2822616 0.08039743 0.2754734 -0.7365206 0.5046327 -1.209375 -0.2404355
            """);
        LayerRun.of(GroupNormalization.of(-1).epsilon(0.5), GROUPED).gives(shape(1, 2, 2, 4), """
            0.2963505 0.6305418 -0.1060807 0.3356752 -0.4259647 0.4931294 -1.090879 -0.02548231 0.1759646
            0.3557169 0.09087893 0.2754823 -0.5463505 0.5206119 -0.8939193 -0.08567524
            """);
        LayerRun.of(two.axis(1), shape(1, 4, 3)).gives(shape(1, 4, 3), """
            0.3612497 -0.840073 -0.1536029 0.3355332 0.6358639 0.4642463 -1.229375 0.5726097 -0.4570956
            0.4539336 -0.1467278 0.1965073
            """);
        LayerRun.of(two.scale(false), GROUPED).gives(shape(1, 2, 2, 4), """
            -1.352423 1.348041 1.179924 -1.195833 0.4265464 -0.134433 -0.5397722 0.8678025 -1.055928 -1.616907
            1.523863 -0.8518937 0.7230412 0.1620619 -0.1958328 1.211742
            """);
        LayerRun.of(two.center(false), GROUPED).gives(shape(1, 2, 2, 4), """
            0.4262113 0.1528802 0.322443 0.2364582 -0.4632732 -0.03242912 -0.9673291 -0.2794506 0.2779639
            -0.2177384 0.5803974 0.1504734 -0.6115206 0.004632734 -0.7093747 -0.3654355
            """);
        assertEquals(32, GroupNormalization.of().groups());
    }

    @Test
    void unitNormalization() {
        LayerRun.of(UnitNormalization.of(), X).gives(shape(1, 2, 3, 2), """
            -0.3713907 0.9284767 0.3162278 -0.9486833 1 0 -0.8 0.6 -0.1961161 -0.9805807 0.7071068 -0.7071068
            """);
        LayerRun.of(UnitNormalization.of(1, 2), X).gives(shape(1, 2, 3, 2), """
            -0.3086067 0.5892557 0.1543034 -0.3535534 0.6172134 0 -0.6172134 0.3535534 -0.1543034 -0.5892557
            0.3086067 -0.2357023
            """);
        LayerRun.of(UnitNormalization.of(), Tensor.of(new float[] {0, 0}, 1, 2)).gives(shape(1, 2), 0, 0);
    }

    @Test
    void batchNormalization() {
        LayerRun.of(BatchNormalization.of().epsilon(0.1), shape(2, 2, 2))
                .parameter("moving_variance", Tensor.of(new float[] {1.625f, 0.625f}, 2))
                .gives(shape(2, 2, 2), 0.1605201, 0.7936101, -0.125, 0.5, -0.4105201, 0.6101038, 0.3508669, 0.7202076);
        LayerRun.of(BatchNormalization.of().axis(1).scale(false), shape(2, 2, 3))
                .parameter("moving_variance", Tensor.of(new float[] {1.25f, 0.25f}, 2))
                .gives(shape(2, 2, 3), """
                    -0.8352761 0.7293457 -0.1647239 -2.370015 1.123006 -0.873006 -1.282311 0.2823109 -0.6117587
                    -3.368021 0.125 -1.871012
                    """);
        LayerRun.of(BatchNormalization.of().center(false), shape(2, 2))
                .parameter("moving_variance", Tensor.of(new float[] {1.25f, 0.25f}, 2))
                .gives(shape(2, 2), 0.167638, 0.1871261, -0.167638, -0.3118769);
    }

    @Test
    void rescaling() {
        LayerRun.of(Rescaling.of(0.25).offset(-1), X).gives(shape(1, 2, 3, 2), """
            -1.125 -0.6875 -0.9375 -1.1875 -0.75 -1 -1.25 -0.8125 -1.0625 -1.3125 -0.875 -1.125
            """);
        LayerRun.of(Rescaling.of(0.5, 2).offset(1, -1), X).gives(shape(1, 2, 3, 2), """
            0.75 1.5 1.125 -2.5 1.5 -1 0.5 0.5 0.875 -3.5 1.25 -2
            """);
        Tensor pixels = Tensor.wrap(TensorSpec.of(DataType.UINT8, 1, 2), new byte[] {0, (byte) 255});
        LayerRun.of(Rescaling.of(1 / 255.0), pixels).gives(shape(1, 2), 0, 1);
    }

    @Test
    void normalizationByParameters() {
        Tensor two = Tensor.of(new float[] {0.875f, 1.5f}, 2);
        LayerRun.of(Normalization.of(), X).parameter("variance", two).gives(shape(1, 2, 3, 2), """
            0 0.9185586 0.8017837 -0.7144345 1.603567 -0.1020621 -0.5345225 0.5103104 0.2672612 -1.122683
            1.069045 -0.5103104
            """);
        Tensor four = Tensor.of(new float[] {0.875f, 1.5f, 0.5f, 1.125f}, 2, 2);
        LayerRun.of(Normalization.of().axis(1, 3), X)
                .parameter("variance", four)
                .gives(shape(1, 2, 3, 2), """
                    0 0.9185586 0.8017837 -0.7144345 1.603567 -0.1020621 -2.474874 0.9428091 -1.414214 -0.9428091
                    -0.3535534 -0.2357023
                    """);
        LayerRun.of(Normalization.of().axis(), X)
                .parameter("variance", Tensor.scalar(0.875f))
                .gives(shape(1, 2, 3, 2), """
                    0 1.870829 0.8017837 -0.2672612 1.603567 0.5345225 -0.5345225 1.336306 0.2672612 -0.8017837 1.069045
                    0
                    """);
    }

    @Test
    void normalizationByGivenStatistics() {
        Normalization given = Normalization.of(new float[] {1, 2}, new float[] {4, 0.25f});
        LayerRun.of(given, X).gives(shape(1, 2, 3, 2), """
            -0.75 -1.5 -0.375 -5.5 0 -4 -1 -2.5 -0.625 -6.5 -0.25 -5
            """);
        LayerRun.of(given.invert(true), X).gives(shape(1, 2, 3, 2), """
            0 2.625 1.5 1.625 3 2 -1 2.375 0.5 1.375 2 1.75
            """);
        LayerRun.of(given.axis(1, 3), X).gives(shape(1, 2, 3, 2), """
            -0.75 -1.5 -0.375 -5.5 0 -4 -1 -2.5 -0.625 -6.5 -0.25 -5
            """);
        Normalization single = Normalization.of().axis().statistics(Tensor.scalar(0.5f), Tensor.scalar(4f));
        LayerRun.of(single, X).gives(shape(1, 2, 3, 2), """
            -0.5 0.375 -0.125 -0.625 0.25 -0.25 -0.75 0.125 -0.375 -0.875 0 -0.5
            """);
    }

    @Test
    void weightsCarryTheirInitializers() {
        Weight half = Weight.of(new Initializers.Constant(0.5));
        List<TensorSpec> x = List.of(TensorSpec.float32(1, 4));
        for (Layer layer : List.of(
                LayerNormalization.of().gamma(half).beta(half),
                GroupNormalization.of(2).gamma(half).beta(half),
                BatchNormalization.of().gamma(half).beta(half))) {
            assertEquals(half, layer.parameters(x).getFirst().weight());
            assertEquals(half, layer.parameters(x).get(1).weight());
        }
        assertEquals(
                half, RMSNormalization.of().scale(half).parameters(x).getFirst().weight());
    }

    @Test
    void shapesAreChecked() {
        refused(
                "LayerNormalization in layer 'layer': the axis is an axis of the input; expected -2 <= axis < 2, got 2."
                        + " [layer_normalization.L1]",
                LayerNormalization.of().axis(2),
                1,
                3);
        refused(
                "RMSNormalization in layer 'layer': the axes are behind the batch; expected >= 1 axis, none of them 0,"
                        + " got [0]. [rmsnormalization.L1]",
                RMSNormalization.of().axis(0),
                1,
                3);
        refused(
                "UnitNormalization in layer 'layer': each axis is named once; expected distinct axes, got [1, -1]."
                        + " [unit_normalization.L1]",
                UnitNormalization.of(1, -1),
                1,
                3);
        refused(
                "GroupNormalization in layer 'layer': channels are a multiple of groups; expected a multiple of 2, got"
                        + " 3. [group_normalization.L3]",
                GroupNormalization.of(2),
                1,
                3);
        refused(
                "Normalization in layer 'layer': mean has at most as many axes as there are in axis; expected rank <="
                        + " 0, got [1]. [normalization.L3]",
                Normalization.of(new float[1], new float[1]).axis(),
                1,
                3);
    }

    private static void refused(String message, Layer layer, int... input) {
        LayerRun run = LayerRun.of(layer, input);
        assertEquals(
                message,
                assertThrows(GraphException.class, () -> run.gives(shape(1))).getMessage());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "Normalization: mean and variance are given both, in one shape, or neither; expected [1], got [2]."
                        + " [normalization.L2]",
                assertThrows(GraphException.class, () -> Normalization.of(new float[1], new float[2]))
                        .getMessage());
        assertEquals(
                "GroupNormalization: groups is at least 1, or -1; expected >= 1 or -1, got 0. [group_normalization.L2]",
                assertThrows(GraphException.class, () -> GroupNormalization.of(0))
                        .getMessage());
        assertThrows(GraphException.class, Rescaling::of);
    }
}
