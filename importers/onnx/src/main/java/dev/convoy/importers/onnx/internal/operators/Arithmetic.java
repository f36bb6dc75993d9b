package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/** Elementwise operators that treat types, or numbers of operands, in ways of their own. */
final class Arithmetic {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Pow", Arithmetic::pow).inputs("X", "Y"),
            OnnxOperator.one("Mod", Arithmetic::mod).inputs("A", "B"),
            OnnxOperator.one("Sum", Arithmetic::sum).inputs("data_0"),
            OnnxOperator.one("Mean", s -> s.graph().div(sum(s), scalarLike(s, s.operands())))
                    .inputs("data_0"),
            OnnxOperator.one("Max", s -> folded(s, s.graph()::max)).inputs("data_0"),
            OnnxOperator.one("Min", s -> folded(s, s.graph()::min)).inputs("data_0"),
            bits("BitwiseAnd", BinaryFn.AND),
            bits("BitwiseOr", BinaryFn.OR),
            bits("BitwiseXor", BinaryFn.XOR),
            OnnxOperator.one("BitwiseNot", s -> s.graph().unary(UnaryFn.NOT, s.operand(0)))
                    .inputs("X"),
            OnnxOperator.one("BitShift", Arithmetic::bitShift).inputs("X", "Y"),
            OnnxOperator.one("IsNaN", s -> s.graph().unary(UnaryFn.IS_NAN, real(s)))
                    .inputs("X"),
            OnnxOperator.one("IsInf", Arithmetic::isInf).inputs("X"));

    private Arithmetic() {}

    private static OnnxOperator bits(String opType, BinaryFn fn) {
        return OnnxOperator.one(opType, s -> s.graph().binary(fn, s.operand(0), s.operand(1)))
                .inputs("A", "B");
    }

    /** The result has the base's type; base and exponent are computed in what holds both. */
    private static Value pow(NodeScope s) {
        GraphBuilder g = s.graph();
        Value base = s.stored(0);
        Value exponent = Elementwise.aligned(s, base, s.stored(1));
        DataType type = base.spec().type();
        DataType other = exponent.spec().type();
        DataType wider = Types.isReal(type) || Types.isReal(other)
                ? DataType.FLOAT32
                : wider(Types.computing(type), Types.computing(other));
        return g.cast(g.binary(BinaryFn.POW, g.cast(base, wider), g.cast(exponent, wider)), type);
    }

    private static DataType wider(DataType a, DataType b) {
        return a == DataType.INT64 ? a : b;
    }

    private static Value mod(NodeScope s) {
        BinaryFn fn = s.flag("fmod", false) ? BinaryFn.REM : BinaryFn.MOD;
        return s.graph().binary(fn, s.operand(0), s.operand(1));
    }

    private static Value sum(NodeScope s) {
        return folded(s, s.graph()::add);
    }

    private static Value folded(NodeScope s, BinaryOperator<Value> fn) {
        return s.all().stream().reduce(fn).orElseThrow(() -> s.refuse("it has no operands", ""));
    }

    private static Value scalarLike(NodeScope s, double value) {
        return s.graph().scalar(value, s.operand(0).spec().type());
    }

    /** Shifts are products and quotients of powers of two; bits that leave the type are lost, those that enter are 0. */
    private static Value bitShift(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value places = s.operand(1);
        String direction = s.text("direction", "");
        if (direction.equals("LEFT")) {
            return g.mul(x, powerOfTwo(g, places));
        }
        if (!direction.equals("RIGHT")) {
            throw s.refuse("its direction is '" + direction + "'; LEFT and RIGHT are supported", "");
        }
        if (s.stored(0).spec().type() != DataType.UINT64) {
            return g.div(x, powerOfTwo(g, g.binary(BinaryFn.MIN, places, 31)));
        }
        Value withoutSign = g.constant(Tensor.scalar(Long.MAX_VALUE));
        Value even = g.sub(x, g.binary(BinaryFn.AND, x, 1));
        Value byOne = g.binary(BinaryFn.AND, g.binary(BinaryFn.DIV, even, 2), withoutSign);
        Value further = g.binary(BinaryFn.MIN, g.binary(BinaryFn.MAX, g.add(places, -1), 0), 63);
        Value shifted = g.div(byOne, powerOfTwo(g, further));
        return g.select(g.compare(CompareFn.EQ, places, 0), x, shifted);
    }

    private static Value powerOfTwo(GraphBuilder g, Value exponent) {
        return g.binary(BinaryFn.POW, g.scalar(2, exponent.spec().type()), exponent);
    }

    /** In float32, also where real numbers are only stored. */
    private static Value real(NodeScope s) {
        return s.graph().cast(s.stored(0), DataType.FLOAT32);
    }

    private static Value isInf(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = real(s);
        boolean negative = s.flag("detect_negative", true);
        boolean positive = s.flag("detect_positive", true);
        if (negative == positive) {
            Value either = g.unary(UnaryFn.IS_INF, x);
            return positive ? either : g.binary(BinaryFn.AND, either, g.unary(UnaryFn.NOT, either));
        }
        return g.compare(CompareFn.EQ, x, positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
}
