package dev.convoy.graph.composite;

import static dev.convoy.graph.composite.Composites.assertNear;
import static dev.convoy.graph.composite.Composites.compute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.convoy.graph.CompositeOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expected numbers: PyTorch 2.13 in float64; Squareplus at -80 and SparsePlus by their formulas in Python, Clip by hand.
 */
class ActivationsTest {

    private static final Tensor X = Tensor.of(new float[] {-80, -5, -1, -0.25f, 0, 0.5f, 1, 3, 50}, 9);

    static Stream<Arguments> functions() {
        return Stream.of(
                arguments(new Softplus(), new double[] {
                    1.8048513878454153e-35,
                    0.006715348489118068,
                    0.31326168751822286,
                    0.5759394198788436,
                    0.6931471805599453,
                    0.9740769841801067,
                    1.3132616875182228,
                    3.048587351573742,
                    50.0
                }),
                arguments(new LogSigmoid(), new double[] {
                    -80.0,
                    -5.006715348489118,
                    -1.3132616875182228,
                    -0.8259394198788436,
                    -0.6931471805599453,
                    -0.4740769841801067,
                    -0.31326168751822286,
                    -0.04858735157374206,
                    -1.9287498479639178e-22
                }),
                arguments(new Softsign(), new double[] {
                    -0.9876543209876543,
                    -0.8333333333333334,
                    -0.5,
                    -0.2,
                    0.0,
                    0.3333333333333333,
                    0.5,
                    0.75,
                    0.9803921568627451
                }),
                arguments(new Silu(), new double[] {
                    -1.4438811102763322e-33,
                    -0.03346425462142428,
                    -0.2689414213699951,
                    -0.10945587477855048,
                    0.0,
                    0.3112296656009273,
                    0.7310585786300049,
                    2.8577223804672998,
                    50.0
                }),
                arguments(new Elu(1.5), new double[] {
                    -1.5, -1.4898930795013718, -0.9481808382428365, -0.3317988253928927, 0.0, 0.5, 1.0, 3.0, 50.0
                }),
                arguments(new Celu(2), new double[] {
                    -2.0, -1.8358300027522025, -0.7869386805747332, -0.2350061948308092, 0.0, 0.5, 1.0, 3.0, 50.0
                }),
                arguments(new Selu(), new double[] {
                    -1.7580993408473766,
                    -1.7462533606696198,
                    -1.1113307378125625,
                    -0.388890197478119,
                    0.0,
                    0.5253504936777402,
                    1.0507009873554805,
                    3.1521029620664414,
                    52.53504936777402
                }),
                arguments(new LeakyRelu(0.3), new double[] {-24.0, -1.5, -0.3, -0.075, 0.0, 0.5, 1.0, 3.0, 50.0}),
                arguments(new HardSigmoid(1 / 6.0, 0.5), new double[] {
                    0.0,
                    0.0,
                    0.3333333333333333,
                    0.4583333333333333,
                    0.5,
                    0.5833333333333334,
                    0.6666666666666666,
                    1.0,
                    1.0
                }),
                arguments(new HardSwish(), new double[] {
                    0.0,
                    0.0,
                    -0.3333333333333333,
                    -0.11458333333333333,
                    0.0,
                    0.2916666666666667,
                    0.6666666666666666,
                    3.0,
                    50.0
                }),
                arguments(new Mish(), new double[] {
                    -1.4438811102763322e-33,
                    -0.033576237730161704,
                    -0.30340146137410895,
                    -0.12992696367914103,
                    0.0,
                    0.37524521130489513,
                    0.8650983882673103,
                    2.9865350049679575,
                    50.0
                }),
                arguments(new HardShrink(0.5), new double[] {-80.0, -5.0, -1.0, 0.0, 0.0, 0.0, 1.0, 3.0, 50.0}),
                arguments(new SoftShrink(0.5), new double[] {-79.5, -4.5, -0.5, 0.0, 0.0, 0.0, 0.5, 2.5, 49.5}),
                arguments(new TanhShrink(), new double[] {
                    -79.0,
                    -4.000090795737405,
                    -0.23840584404423515,
                    -0.005081337596290869,
                    0.0,
                    0.03788284273999026,
                    0.23840584404423515,
                    2.0049452463132695,
                    49.0
                }),
                arguments(new Threshold(0.75, -2), new double[] {-2.0, -2.0, -2.0, -2.0, -2.0, -2.0, 1.0, 3.0, 50.0}),
                arguments(new Squareplus(4), new double[] {
                    0.012498047485113248,
                    0.19258240356725187,
                    0.6180339887498949,
                    0.8827822185373186,
                    1.0,
                    1.2807764064044151,
                    1.618033988749895,
                    3.302775637731995,
                    50.01999200639361
                }),
                arguments(new SparsePlus(), new double[] {0.0, 0.0, 0.0, 0.140625, 0.25, 0.5625, 1.0, 3.0, 50.0}),
                arguments(new Clip(-1, 1), new double[] {-1, -1, -1, -0.25, 0, 0.5, 1, 1, 1}));
    }

    /** In float32 an activation may lose an ulp of its operands where it subtracts. */
    @ParameterizedTest
    @MethodSource("functions")
    void equalsPyTorch(CompositeOp op, double[] expected) {
        assertNear(expected, compute(op, X).getFirst());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void keepsNaN(CompositeOp op, double[] expected) {
        assertNear(
                new double[] {Double.NaN}, compute(op, Tensor.scalar(Float.NaN)).getFirst());
    }

    /** {@code 1 + erf} cancels at -5, so in float32 there is an absolute error of an ulp of 1. */
    @Test
    void gelu() {
        double[] exact = {
            0.0,
            -1.4332578593401202e-06,
            -0.15865525393145702,
            -0.10032341857926907,
            0.0,
            0.34573123063700656,
            0.841344746068543,
            2.99595030590511,
            50.0
        };
        double[] approximate = {
            0.0,
            -2.2917961972623857e-07,
            -0.15880800939172324,
            -0.100324649298315,
            0.0,
            0.34571400982514394,
            0.8411919906082768,
            2.996362607918227,
            50.0
        };
        for (int i = 0; i < exact.length; i++) {
            double bound = 5e-7 * Math.max(1, Math.abs(exact[i]));
            assertEquals(exact[i], compute(new Gelu(false), X).getFirst().get(i), bound);
            assertEquals(approximate[i], compute(new Gelu(true), X).getFirst().get(i), bound);
        }
    }

    @Test
    void pRelu() {
        Tensor x = Tensor.of(new float[] {1, -2, 3, -4, 5, -6}, 2, 3);
        Tensor slope = Tensor.of(new float[] {0.5f, 0.25f, 2}, 3);
        assertNear(
                new double[] {1, -0.5, 3, -2, 5, -12},
                compute(new PRelu(), x, slope).getFirst());
    }

    @Test
    void clipKeepsIntegersAndOpenEnds() {
        Tensor x = Tensor.of(new int[] {-3, 2, 9}, 3);
        Tensor relu6 = compute(Clip.RELU6, x).getFirst();
        assertEquals(Tensor.of(new int[] {0, 2, 6}, 3), relu6);
        assertEquals(DataType.INT32, relu6.type());
        Tensor below = compute(new Clip(Double.NEGATIVE_INFINITY, 1), x).getFirst();
        assertEquals(Tensor.of(new int[] {-3, 1, 1}, 3), below);
    }
}
