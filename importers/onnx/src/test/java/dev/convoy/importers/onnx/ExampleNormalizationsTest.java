package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.check;
import static dev.convoy.importers.onnx.OneNode.counting;
import static dev.convoy.importers.onnx.OneNode.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.pass.ConstantFolding;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers come from PyTorch 2 unless a test says otherwise. */
class ExampleNormalizationsTest {

    private static final Tensor ROWS = Tensor.of(new float[] {1, 2, 4, 0, 0, 3}, 2, 3);

    @Test
    void instanceNormalization() {
        OneNode.of("InstanceNormalization", 6)
                .input(Tensor.of(new float[] {1, 2, 4, 0, 0, 3}, 1, 2, 3))
                .constant(row(1, 2))
                .constant(row(0, 1))
                .gives(new int[] {1, 2, 3}, -1.069041, -0.26726, 1.336302, -0.41421, -0.41421, 3.82842);
    }

    @Test
    void groupNormalizationScalesChannelsFromVersion21AndGroupsBefore() {
        double[] expected = {-1.341635, -0.447212, 0.447212, 1.341635, -1.683271, 0.105576, 1.894423, 3.68327};
        OneNode.of("GroupNormalization", 21)
                .input(counting(1, 4, 2))
                .constant(row(1, 1, 2, 2))
                .constant(row(0, 0, 1, 1))
                .with("num_groups", 2)
                .gives(new int[] {1, 4, 2}, expected);
        OneNode.of("GroupNormalization", 18)
                .input(counting(1, 4, 2))
                .constant(row(1, 2))
                .constant(row(0, 1))
                .with("num_groups", 2)
                .gives(new int[] {1, 4, 2}, expected);
    }

    @Test
    void layerNormalizationAndItsStatistics() {
        List<Tensor> results = OneNode.of("LayerNormalization", 17)
                .input(ROWS)
                .constant(row(1, 2, 3))
                .constant(row(0, 1, 0))
                .run(3);
        check(results.get(0), new int[] {2, 3}, -1.069041, 0.465479, 4.008905, -0.707105, -0.41421, 4.24263);
        check(results.get(1), new int[] {2, 1}, 2.333333, 1);
        check(results.get(2), new int[] {2, 1}, 0.801781, 0.707105);
    }

    @Test
    void layerNormalizationOfHalvesHasStatisticsInFloat32() {
        List<Tensor> results = OneNode.of("LayerNormalization", 17)
                .input(halves(ROWS))
                .constant(halves(row(1, 2, 3)))
                .run(2);
        assertEquals(DataType.FLOAT16, results.get(0).type());
        assertEquals(DataType.FLOAT32, results.get(1).type());
        check(results.get(1), new int[] {2, 1}, 2.333333, 1);
    }

    private static Tensor halves(Tensor tensor) {
        return ConstantFolding.evaluate(new Cast(DataType.FLOAT16), List.of(tensor))
                .orElseThrow()
                .getFirst();
    }

    @Test
    void rmsNormalizationWithAScaleForEachElementAndForAll() {
        OneNode.of("RMSNormalization", 23)
                .input(ROWS)
                .constant(row(1, 2, 3))
                .gives(new int[] {2, 3}, 0.377964, 1.511857, 4.53557, 0, 0, 5.196144);
        OneNode.of("RMSNormalization", 23)
                .input(ROWS)
                .constant(row(2))
                .gives(new int[] {2, 3}, 0.755928, 1.511857, 3.023714, 0, 0, 3.464096);
    }

    @Test
    void meanVarianceNormalization() {
        OneNode.of("MeanVarianceNormalization", 13)
                .input(counting(2, 2, 1, 2))
                .gives(
                        new int[] {2, 2, 1, 2},
                        -1.212678,
                        -0.727607,
                        -1.212678,
                        -0.727607,
                        0.727607,
                        1.212678,
                        0.727607,
                        1.212678);
    }

    @Test
    void lpNormalizationOfNothingIsNothing() {
        OneNode.of("LpNormalization", 1)
                .input(Tensor.of(new float[] {3, 4, 0, 0}, 2, 2))
                .gives(new int[] {2, 2}, 0.6, 0.8, 0, 0);
        OneNode.of("LpNormalization", 22)
                .input(Tensor.of(new float[] {-1, 3, 0, 0}, 2, 2))
                .with("p", 1)
                .gives(new int[] {2, 2}, -0.25, 0.75, 0, 0);
        assertTrue(OneNode.of("LpNormalization", 1)
                .input(ROWS)
                .with("p", 3)
                .refusal()
                .contains("p is 1 or 2, got 3"));
    }

    @Test
    void localResponses() {
        OneNode.of("LRN", 13)
                .input(counting(1, 3, 1))
                .with("size", 3)
                .with("alpha", 0.3)
                .with("beta", 0.5)
                .with("bias", 2.0)
                .gives(new int[] {1, 3, 1}, 0.632456, 1.084652, 1.651446);
    }

    /** {@code 2 x + bias}. */
    @Test
    void imageScaler() {
        OneNode.of("ImageScaler", 6)
                .input(counting(1, 2, 1, 2))
                .with("scale", 2.0)
                .list("bias", 1.0, -1.0)
                .gives(new int[] {1, 2, 1, 2}, 3, 5, 5, 7);
    }
}
