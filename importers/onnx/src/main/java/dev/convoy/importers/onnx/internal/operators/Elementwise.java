package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Operators that compute each element from the elements at the same place. */
final class Elementwise {

    static final List<OnnxOperator> ALL = List.of(
            unary("Abs", UnaryFn.ABS),
            unary("Neg", UnaryFn.NEG),
            unary("Sign", UnaryFn.SIGN),
            unary("Exp", UnaryFn.EXP),
            unary("Log", UnaryFn.LOG),
            unary("Sqrt", UnaryFn.SQRT),
            unary("Reciprocal", UnaryFn.RECIPROCAL),
            unary("Floor", UnaryFn.FLOOR),
            unary("Ceil", UnaryFn.CEIL),
            unary("Round", UnaryFn.ROUND),
            unary("Erf", UnaryFn.ERF),
            unary("Sin", UnaryFn.SIN),
            unary("Cos", UnaryFn.COS),
            unary("Tan", UnaryFn.TAN),
            unary("Asin", UnaryFn.ASIN),
            unary("Acos", UnaryFn.ACOS),
            unary("Atan", UnaryFn.ATAN),
            unary("Sinh", UnaryFn.SINH),
            unary("Cosh", UnaryFn.COSH),
            unary("Asinh", UnaryFn.ASINH),
            unary("Acosh", UnaryFn.ACOSH),
            unary("Atanh", UnaryFn.ATANH),
            unary("Not", UnaryFn.NOT),
            arithmetic("Add", BinaryFn.ADD),
            arithmetic("Sub", BinaryFn.SUB),
            arithmetic("Mul", BinaryFn.MUL),
            arithmetic("Div", BinaryFn.DIV),
            logic("And", BinaryFn.AND),
            logic("Or", BinaryFn.OR),
            logic("Xor", BinaryFn.XOR),
            compare("Equal", CompareFn.EQ),
            compare("Less", CompareFn.LT),
            compare("LessOrEqual", CompareFn.LE),
            compare("Greater", CompareFn.GT),
            compare("GreaterOrEqual", CompareFn.GE),
            OnnxOperator.one("Where", Elementwise::where).inputs("condition", "X", "Y"));

    static final Tensor TRUE = Tensor.full(TensorSpec.of(DataType.BOOL), 1);

    private Elementwise() {}

    private static OnnxOperator unary(String opType, UnaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().unary(fn, s.operand(0))).inputs("X");
    }

    private static OnnxOperator arithmetic(String opType, BinaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().binary(fn, s.precise(0), aligned(s, s.precise(0), s.precise(1))))
                .inputs("A", "B");
    }

    private static OnnxOperator logic(String opType, BinaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().binary(fn, s.operand(0), aligned(s, s.operand(0), s.operand(1))))
                .inputs("A", "B");
    }

    private static OnnxOperator compare(String opType, CompareFn fn) {
        return OnnxOperator.one(
                        opType, s -> s.graph().compare(fn, s.operand(0), aligned(s, s.operand(0), s.operand(1))))
                .inputs("A", "B");
    }

    /** Before version 7 the second operand stretches only where {@code broadcast} says so, from {@code axis} on. */
    static Value aligned(NodeScope s, Value a, Value b) {
        if (s.opset() >= 7) {
            return b;
        }
        s.ignore("axis", "broadcast");
        if (!s.has("axis") || b.shape().rank() == 0) {
            return b;
        }
        int behind =
                a.shape().rank() - a.shape().axis(s.number("axis")) - b.shape().rank();
        if (behind <= 0) {
            return b;
        }
        List<Dim> dims = new ArrayList<>(b.shape().dims());
        dims.addAll(Collections.nCopies(behind, Dim.of(1)));
        return s.graph().reshape(b, Shape.ofDims(dims));
    }

    private static Value where(NodeScope s) {
        return s.graph().select(s.operand(0), s.operand(1), s.operand(2));
    }
}
