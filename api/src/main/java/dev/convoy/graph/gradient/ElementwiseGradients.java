package dev.convoy.graph.gradient;

import static dev.convoy.graph.UnaryFn.COS;
import static dev.convoy.graph.UnaryFn.COSH;
import static dev.convoy.graph.UnaryFn.EXP;
import static dev.convoy.graph.UnaryFn.LOG;
import static dev.convoy.graph.UnaryFn.NEG;
import static dev.convoy.graph.UnaryFn.SIGN;
import static dev.convoy.graph.UnaryFn.SIN;
import static dev.convoy.graph.UnaryFn.SINH;
import static dev.convoy.graph.UnaryFn.SQRT;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import org.jspecify.annotations.Nullable;

/** Gradients of {@link ElementwiseOp}. Broadcast operands get the sum, see {@link Pullback#to}. */
final class ElementwiseGradients {

    private ElementwiseGradients() {}

    static void write(ElementwiseOp op, Pullback p) {
        GraphBuilder g = p.graph();
        Value dy = p.gradient();
        switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> {
                Value dx = unary(fn, p, p.operand(0), p.result(0), dy);
                if (dx != null) {
                    p.to(0, () -> dx);
                }
            }
            case ElementwiseOp.Binary(BinaryFn fn) -> binary(fn, p, p.operand(0), p.operand(1), p.result(0), dy);
            case ElementwiseOp.Compare _ -> {}
            case ElementwiseOp.Select() -> {
                p.to(1, () -> g.select(p.operand(0), dy, p.number(0)));
                p.to(2, () -> g.select(p.operand(0), p.number(0), dy));
            }
            case ElementwiseOp.Cast _ ->
                p.to(0, () -> g.cast(dy, p.operand(0).spec().type()));
        }
    }

    /** The gradient of {@code y = fn(x)}; null where it is zero everywhere (G2). */
    private static @Nullable Value unary(UnaryFn fn, Pullback p, Value x, Value y, Value dy) {
        GraphBuilder g = p.graph();
        return switch (fn) {
            case ABS -> g.mul(dy, g.unary(SIGN, x));
            case NEG -> g.unary(NEG, dy);
            case RELU -> g.select(g.compare(CompareFn.GT, y, 0), dy, p.number(0));
            case EXP -> g.mul(dy, y);
            case EXPM1 -> g.mul(dy, g.unary(EXP, x));
            case LOG -> g.div(dy, x);
            case LOG1P -> g.div(dy, g.add(x, 1));
            case SQRT -> g.div(g.mul(dy, 0.5), y);
            case RECIPROCAL -> g.unary(NEG, g.mul(dy, g.mul(y, y)));
            case SIGMOID -> g.mul(dy, g.mul(y, oneMinus(p, y)));
            case TANH -> g.mul(dy, oneMinusSquare(p, y));
            case ERF -> g.mul(dy, g.mul(g.unary(EXP, g.unary(NEG, g.mul(x, x))), 2 / Math.sqrt(Math.PI)));
            case SIN -> g.mul(dy, g.unary(COS, x));
            case COS -> g.unary(NEG, g.mul(dy, g.unary(SIN, x)));
            case TAN -> g.mul(dy, g.add(g.mul(y, y), 1));
            case ASIN -> g.div(dy, g.unary(SQRT, oneMinusSquare(p, x)));
            case ACOS -> g.unary(NEG, g.div(dy, g.unary(SQRT, oneMinusSquare(p, x))));
            case ATAN -> g.div(dy, g.add(g.mul(x, x), 1));
            case SINH -> g.mul(dy, g.unary(COSH, x));
            case COSH -> g.mul(dy, g.unary(SINH, x));
            case ASINH -> g.div(dy, g.unary(SQRT, g.add(g.mul(x, x), 1)));
            case ACOSH -> g.div(dy, g.unary(SQRT, g.mul(g.add(x, -1), g.add(x, 1))));
            case ATANH -> g.div(dy, oneMinusSquare(p, x));
            case SIGN, FLOOR, CEIL, ROUND, IS_NAN, IS_INF, NOT -> null;
        };
    }

    private static void binary(BinaryFn fn, Pullback p, Value a, Value b, Value y, Value dy) {
        GraphBuilder g = p.graph();
        switch (fn) {
            case ADD -> {
                p.to(0, () -> dy);
                p.to(1, () -> dy);
            }
            case SUB -> {
                p.to(0, () -> dy);
                p.to(1, () -> g.unary(NEG, dy));
            }
            case MUL -> {
                p.to(0, () -> g.mul(dy, b));
                p.to(1, () -> g.mul(dy, a));
            }
            case DIV -> {
                p.to(0, () -> g.div(dy, b));
                p.to(1, () -> g.unary(NEG, g.div(g.mul(dy, y), b)));
            }
            case POW -> {
                p.to(0, () -> g.mul(dy, powerByBase(p, a, b)));
                p.to(1, () -> g.mul(dy, powerByExponent(p, a, y)));
            }
            case MAX -> choice(p, g.compare(CompareFn.GE, a, b), dy);
            case MIN -> choice(p, g.compare(CompareFn.LE, a, b), dy);
            case MOD, REM -> {
                p.to(0, () -> dy);
                p.to(1, () -> g.unary(NEG, g.mul(dy, g.div(g.sub(a, y), b))));
            }
            case AND, OR, XOR -> {}
        }
    }

    /** {@code b · a^(b-1)}, and 0 where b is 0 (G6). */
    private static Value powerByBase(Pullback p, Value a, Value b) {
        GraphBuilder g = p.graph();
        Value derivative = g.mul(b, g.binary(BinaryFn.POW, a, g.add(b, -1)));
        return g.select(g.compare(CompareFn.EQ, b, 0), p.number(0), derivative);
    }

    /** {@code y · log a}, and 0 where a is 0 or less (G6). */
    private static Value powerByExponent(Pullback p, Value a, Value y) {
        GraphBuilder g = p.graph();
        Value positive = g.compare(CompareFn.GT, a, 0);
        Value log = g.unary(LOG, g.select(positive, a, p.number(1)));
        return g.select(positive, g.mul(y, log), p.number(0));
    }

    /** The gradient goes to the first operand where it was taken, else to the second. */
    private static void choice(Pullback p, Value first, Value dy) {
        GraphBuilder g = p.graph();
        p.to(0, () -> g.select(first, dy, p.number(0)));
        p.to(1, () -> g.select(first, p.number(0), dy));
    }

    private static Value oneMinus(Pullback p, Value v) {
        return p.graph().sub(p.number(1), v);
    }

    /** {@code 1 - v²}, accurate near 1. */
    private static Value oneMinusSquare(Pullback p, Value v) {
        return p.graph().mul(oneMinus(p, v), p.graph().add(v, 1));
    }
}
