package dev.convoy.graph.composite;

import static dev.convoy.graph.composite.Composites.assertNear;
import static dev.convoy.graph.composite.Composites.compute;

import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers: PyTorch 2.13 in float64, unless a test says otherwise. */
class NormalisationsTest {

    private static final Tensor LOGITS = Tensor.of(new float[] {1, 2, 4, 1000, 999, 0, -1, -1, -1}, 3, 3);
    /** {@code [n, c, l]}. */
    private static final Tensor X = Tensor.of(new float[] {1, -2, 3, 0.5f, 2.5f, -1, 4, 0, -3, 1.5f, 2, 6}, 2, 2, 3);

    private static final Tensor SCALE = Tensor.of(new float[] {2, -1}, 2);
    private static final Tensor OFFSET = Tensor.of(new float[] {0.5f, 1}, 2);

    @Test
    void softmax() {
        double[] expected = {
            0.04201006613406605,
            0.11419519938459449,
            0.8437947344813395,
            0.7310585786300049,
            0.26894142136999516,
            0.0,
            0.3333333333333333,
            0.3333333333333333,
            0.3333333333333333
        };
        assertNear(expected, compute(new Softmax(-1), LOGITS).getFirst());
        assertNear(expected, compute(new Softmax(1), LOGITS).getFirst());
    }

    @Test
    void logSoftmax() {
        double[] expected = {
            -3.1698460195562856,
            -2.1698460195562856,
            -0.16984601955628567,
            -0.31326168751822286,
            -1.3132616875182228,
            -1000.3132616875182,
            -1.0986122886681098,
            -1.0986122886681098,
            -1.0986122886681098
        };
        assertNear(expected, compute(new LogSoftmax(-1), LOGITS).getFirst());
    }

    /** By hand: the support of the first row is {1, 0.9} with τ = 0.45; a shift leaves the result as it is. */
    @Test
    void sparsemax() {
        Tensor x = Tensor.of(new float[] {1, 0.9f, 0.2f, -1, 8, 0, 0, 0, 5, 5, 5, 5}, 3, 4);
        double[] expected = {0.55, 0.45, 0, 0, 1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25};
        assertNear(expected, compute(new Sparsemax(-1), x).getFirst());
    }

    @Test
    void glu() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 4);
        assertNear(
                new double[] {0.9525741268224334, 1.964027580075817},
                compute(new Glu(-1), x).getFirst());
    }

    @Test
    void batchNormInference() {
        Tensor mean = Tensor.of(new float[] {0.25f, -1.5f}, 2);
        Tensor variance = Tensor.of(new float[] {4, 0.25f}, 2);
        double[] expected = {
            1.2499062675744637,
            -1.7497188027233908,
            3.2496563144397,
            -2.992023920278996,
            -6.984047840557992,
            0.0019940199302508343,
            4.249531337872318,
            0.25003124414184547,
            -2.749593826156009,
            -4.9880358804184945,
            -5.9860418604882435,
            -13.970089701046236
        };
        BatchNormInference op = new BatchNormInference(1e-3, 1);
        assertNear(expected, compute(op, X, SCALE, OFFSET, mean, variance).getFirst(), 1e-6);
    }

    @Test
    void batchNormTraining() {
        double[] expected = {
            0.899968003839488,
            -1.4998400191974404,
            2.4998400191974404,
            1.659160360304899,
            0.7285810281097476,
            2.3570948594512626,
            3.2997760268764162,
            0.10003199616051195,
            -2.2997760268764162,
            1.1938706942073232,
            0.9612258611585354,
            -0.8999328032317675
        };
        List<Tensor> results = compute(new BatchNormTraining(1e-3, -2), X, SCALE, OFFSET);
        assertNear(expected, results.getFirst());
        assertNear(new double[] {0.5, 1.9166666666666667}, results.get(1));
        assertNear(new double[] {6.25, 4.618055555555555}, results.get(2));
    }

    @Test
    void layerNorm() {
        Tensor scale = Tensor.of(new float[] {1, 2, 3}, 3);
        Tensor offset = Tensor.of(new float[] {0, 0.5f, -1}, 3);
        double[] expected = {
            0.1622022141110187,
            -2.0952354257763,
            2.406246496331393,
            -0.1162193726040551,
            3.056826197289213,
            -4.486581178121654,
            1.2786462730294532,
            0.2675188594491904,
            -4.487217108262144,
            -0.8275038738650152,
            -0.6585054234110215,
            3.2202697567115766
        };
        assertNear(
                expected,
                compute(new LayerNorm(List.of(-1), 1e-3), X, scale, offset).getFirst());
    }

    @Test
    void layerNormOverTwoAxes() {
        Tensor scale = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
        double[] expected = {
            0.0,
            -1.5049136877391007,
            2.6335989535434257,
            -0.28217131645108146,
            4.138512641282526,
            -4.702855274184689,
            0.0,
            -0.6131173879485398,
            -3.328351534577788,
            -0.2627645948350883,
            0.3503527931134517,
            7.444996853660841
        };
        assertNear(
                expected, compute(new LayerNorm(List.of(2, 1), 1e-3), X, scale).getFirst());
    }

    @Test
    void rmsNorm() {
        Tensor scale = Tensor.of(new float[] {1, 2, 3}, 3);
        double[] expected = {
            0.4629100002887783,
            -1.8516400011551133,
            4.166190002599005,
            0.3162277027713037,
            3.1622770277130368,
            -1.8973662166278222,
            1.3856405629166706,
            0.0,
            -3.117691266562509,
            0.39970401832521973,
            1.065877382200586,
            4.796448219902636
        };
        assertNear(expected, compute(new RmsNorm(List.of(-1), 1e-6), X, scale).getFirst());
    }

    @Test
    void groupNorm() {
        double[] expected = {
            -0.9959431881428263,
            -0.7113879915305903,
            1.284555196612236,
            4.130107162734597,
            -3.767313168124986,
            -1.5798410059878973,
            0.45831477475805943,
            4.671224124059121,
            -1.2929906860980254,
            -0.4936873528737914,
            1.7993033332242354,
            3.7740527447194023,
            -3.923174377916385,
            -1.4401526197414571,
            0.6553478387832925,
            4.495754824760515
        };
        Tensor scale = Tensor.of(new float[] {1, 2, 3, 4}, 4);
        Tensor offset = Tensor.of(new float[] {0, 1, 0, -1}, 4);
        assertNear(
                expected,
                compute(new GroupNorm(2, 1e-3, 1), squares(), scale, offset).getFirst(),
                2e-6);
    }

    @Test
    void lrn() {
        double[] expected = {
            0.0,
            0.05658449169197587,
            0.2040528061560443,
            0.37808802940708636,
            0.5082868289149873,
            0.5700622631604245,
            1.1486285753826768,
            1.1333456923357612,
            0.5641050732818613,
            0.5362698266828374,
            0.4635506145336391,
            0.4324715761533661,
            0.4041276762721824,
            0.37854270246949767,
            0.6170931976262334,
            0.5713610643131568
        };
        assertNear(expected, compute(new Lrn(3, 0.5, 0.75, 2, 1), squares()).getFirst());
    }

    /** By hand: with size 2 a window holds a channel and the next; 1 / (1 + (1 + 4) / 2) and 2 / (1 + 4 / 2). */
    @Test
    void lrnOfEvenSizeReachesForward() {
        Tensor x = Tensor.of(new float[] {1, 2}, 1, 2);
        assertNear(
                new double[] {1 / 3.5, 2 / 3.0},
                compute(new Lrn(2, 1, 1, 1, -1), x).getFirst());
    }

    /** {@code i² / 10} as {@code [2, 4, 2]}. */
    private static Tensor squares() {
        float[] values = new float[16];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * i / 10f;
        }
        return Tensor.of(values, 2, 4, 2);
    }
}
