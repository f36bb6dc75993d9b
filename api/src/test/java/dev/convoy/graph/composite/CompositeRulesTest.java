package dev.convoy.graph.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeRulesTest {

    private static final TensorSpec IMAGE = TensorSpec.float32(2, 4, 4, 6);
    private static final TensorSpec INTEGERS = TensorSpec.of(DataType.INT32, 4);
    private static final TensorSpec SIX = TensorSpec.float32(6);
    private static final TensorSpec FIVE = TensorSpec.float32(5);

    static Stream<Arguments> brokenOperands() {
        return Stream.of(
                arguments("softplus.C1", new Softplus(), List.of(INTEGERS)),
                arguments("mish.C1", new Mish(), List.of(IMAGE, IMAGE)),
                arguments("clip.C1", new Clip(0, 1), List.of(TensorSpec.of(DataType.BOOL, 4))),
                arguments("prelu.C1", new PRelu(), List.of(IMAGE)),
                arguments("prelu.C2", new PRelu(), List.of(SIX, IMAGE)),
                arguments("softmax.C2", new Softmax(4), List.of(IMAGE)),
                arguments("log_softmax.C2", new LogSoftmax(-5), List.of(IMAGE)),
                arguments("sparsemax.C1", new Sparsemax(0), List.of(INTEGERS)),
                arguments("glu.C3", new Glu(-1), List.of(FIVE)),
                arguments("batch_norm_inference.C1", new BatchNormInference(0, 3), List.of(IMAGE, SIX, SIX, SIX)),
                arguments("batch_norm_inference.C3", new BatchNormInference(0, 3), List.of(IMAGE, SIX, SIX, SIX, FIVE)),
                arguments("batch_norm_training.C2", new BatchNormTraining(0, 4), List.of(IMAGE, SIX, SIX)),
                arguments("batch_norm_training.C3", new BatchNormTraining(0, 1), List.of(IMAGE, SIX, SIX)),
                arguments("batch_norm_grad.C1", new BatchNormGrad(0, 3), List.of(IMAGE, SIX, SIX, SIX)),
                arguments("batch_norm_grad.C2", new BatchNormGrad(0, 4), List.of(IMAGE, SIX, SIX, SIX, IMAGE)),
                arguments("batch_norm_grad.C3", new BatchNormGrad(0, 3), List.of(IMAGE, SIX, FIVE, SIX, IMAGE)),
                arguments("layer_norm.C2", new LayerNorm(List.of(3, -1), 0), List.of(IMAGE)),
                arguments("layer_norm.C3", new LayerNorm(List.of(-1), 0), List.of(IMAGE, FIVE)),
                arguments("rms_norm.C1", new RmsNorm(List.of(-1), 0), List.of(IMAGE, SIX, SIX)),
                arguments("group_norm.C2", new GroupNorm(2, 0, 0), List.of(IMAGE, SIX, SIX)),
                arguments("group_norm.C5", new GroupNorm(4, 0, 3), List.of(IMAGE, SIX, SIX)),
                arguments("lrn.C2", new Lrn(3, 1, 1, 1, 7), List.of(IMAGE)),
                arguments("quantize_linear.C1", new QuantizeLinear(DataType.INT8, 0, 0), List.of(SIX, SIX, SIX)),
                arguments("quantize_linear.C2", new QuantizeLinear(DataType.INT8, 4, 0), List.of(IMAGE, SIX)),
                arguments("quantize_linear.C3", new QuantizeLinear(DataType.INT8, 3, 0), List.of(IMAGE, FIVE)),
                arguments("dequantize_linear.C1", new DequantizeLinear(0, 0), List.of(SIX, SIX)),
                arguments("dequantize_linear.C3", new DequantizeLinear(0, 2), List.of(INTEGERS, FIVE)));
    }

    @ParameterizedTest
    @MethodSource("brokenOperands")
    void operands(String rule, CompositeOp op, List<TensorSpec> operands) {
        GraphException e = assertThrows(GraphException.class, () -> add(op, operands));
        assertEquals(rule, e.rule());
    }

    static Stream<Arguments> brokenAttributes() {
        return Stream.of(
                broken("clip.C2", () -> new Clip(1, 0)),
                broken("clip.C2", () -> new Clip(0, Double.NaN)),
                broken("celu.C2", () -> new Celu(0)),
                broken("squareplus.C2", () -> new Squareplus(0)),
                broken("soft_shrink.C2", () -> new SoftShrink(-1)),
                broken("batch_norm_inference.C4", () -> new BatchNormInference(-1, 1)),
                broken("batch_norm_training.C4", () -> new BatchNormTraining(Double.NaN, 1)),
                broken("layer_norm.C2", () -> new LayerNorm(List.of(), 0)),
                broken("rms_norm.C4", () -> new RmsNorm(List.of(1), -1)),
                broken("group_norm.C5", () -> new GroupNorm(0, 0, 1)),
                broken("lrn.C3", () -> new Lrn(0, 1, 1, 1, 1)),
                broken("quantize_linear.C4", () -> new QuantizeLinear(DataType.INT32, 0, 0)),
                broken("dequantize_linear.C4", () -> new DequantizeLinear(0, -1)));
    }

    private static Arguments broken(String rule, Executable make) {
        return arguments(rule, make);
    }

    @ParameterizedTest
    @MethodSource("brokenAttributes")
    void attributes(String rule, Executable make) {
        assertEquals(rule, assertThrows(GraphException.class, make).rule());
    }

    @Test
    void theMessageNamesLayerAndOperands() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", IMAGE);
        GraphException e =
                assertThrows(GraphException.class, () -> g.in("head/softmax", () -> g.add(new Softmax(4), x)));
        assertEquals(
                "Softmax in layer 'head/softmax': the axis is an axis of the operand; expected -4 <= axis < 4, got 4"
                        + " (input float32[2, 4, 4, 6]; Softmax[axis=4]). [softmax.C2]",
                e.getMessage());
    }

    @Test
    void reorderedFollowTheirAxes() {
        List<Integer> lastToFirst = List.of(0, 3, 1, 2);
        assertEquals(Optional.of(new Softmax(1)), new Softmax(-1).reordered(lastToFirst));
        assertEquals(Optional.of(new Glu(3)), new Glu(2).reordered(lastToFirst));
        assertEquals(Optional.of(new GroupNorm(2, 0, 1)), new GroupNorm(2, 0, 3).reordered(lastToFirst));
        assertEquals(Optional.empty(), new GroupNorm(2, 0, 3).reordered(List.of(1, 0, 2, 3)));
        assertEquals(
                Optional.of(new LayerNorm(List.of(2, 3), 0)), new LayerNorm(List.of(1, 2), 0).reordered(lastToFirst));
        assertEquals(Optional.empty(), new LayerNorm(List.of(2, 3), 0).reordered(lastToFirst));
    }

    private static List<Value> add(CompositeOp op, List<TensorSpec> operands) {
        GraphBuilder g = new GraphBuilder();
        return g.add(op, operands.stream().map(spec -> g.input("x", spec)).toList());
    }
}
