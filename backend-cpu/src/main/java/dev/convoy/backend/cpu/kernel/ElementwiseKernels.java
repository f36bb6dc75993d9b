package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.UnaryFn;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.DataType;
import java.util.function.Function;

/** Kernels of {@link ElementwiseOp}. */
public final class ElementwiseKernels {

    /** Elements that are worth a thread's while: of arithmetic, and of functions such as exp. */
    private static final int GRAIN = 1 << 15;

    private static final int COSTLY_GRAIN = 1 << 12;

    private ElementwiseKernels() {}

    public static Kernel of(ElementwiseOp op, Node node, Threads threads) {
        boolean costly = op instanceof ElementwiseOp.Unary(UnaryFn fn) && !isCheap(fn)
                || op instanceof ElementwiseOp.Binary(BinaryFn binary) && isCostly(binary);
        return new Flat(node, costly ? COSTLY_GRAIN : GRAIN, loop(op, node), threads);
    }

    /** The loop of an op on operands of a node's types. */
    static Flat.Loop loop(ElementwiseOp op, Node node) {
        DataType type = node.input(0).spec().type();
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) ->
                type == DataType.BOOL
                        ? UnaryLoops.not()
                        : byType(type, fn, UnaryLoops::floats, UnaryLoops::ints, UnaryLoops::longs);
            case ElementwiseOp.Binary(BinaryFn fn) -> {
                Flat.Loop loop = switch (type) {
                    case BOOL -> BinaryLoops.booleans(fn);
                    case FLOAT64 -> BinaryLoops.doubles(fn);
                    default -> byType(type, fn, BinaryLoops::floats, BinaryLoops::ints, BinaryLoops::longs);
                };
                boolean divides = type.isInteger() && (fn == BinaryFn.DIV || fn == BinaryFn.MOD || fn == BinaryFn.REM);
                yield divides ? naming(node, loop) : loop;
            }
            case ElementwiseOp.Compare(CompareFn fn) ->
                type == DataType.BOOL
                        ? CompareLoops.booleans(fn)
                        : byType(type, fn, CompareLoops::floats, CompareLoops::ints, CompareLoops::longs);
            case ElementwiseOp.Select() -> ElementwiseKernels::select;
            case ElementwiseOp.Cast(DataType to) -> (x, y, from, end) -> Casting.convert(x[0], type, y, to, from, end);
        };
    }

    private static boolean isCostly(BinaryFn fn) {
        return fn == BinaryFn.POW || fn == BinaryFn.MOD || fn == BinaryFn.REM;
    }

    private static <F> Flat.Loop byType(
            DataType type,
            F fn,
            Function<F, Flat.Loop> floats,
            Function<F, Flat.Loop> ints,
            Function<F, Flat.Loop> longs) {
        return switch (type.storage()) {
            case FLOAT -> floats.apply(fn);
            case INT -> ints.apply(fn);
            case LONG -> longs.apply(fn);
            case DOUBLE, BYTE, SHORT, BOOLEAN, NONE ->
                throw new IllegalArgumentException(fn + " is not computed on " + type);
        };
    }

    private static boolean isCheap(UnaryFn fn) {
        return switch (fn) {
            case ABS, NEG, RELU, SQRT, RECIPROCAL, IS_NAN, IS_INF, NOT, SIGN, FLOOR, CEIL, ROUND -> true;
            case EXP, EXPM1, LOG, LOG1P, SIGMOID, TANH, ERF, SIN, COS, TAN -> false;
            case ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> false;
        };
    }

    private static Flat.Loop naming(Node node, Flat.Loop loop) {
        return (operands, y, from, to) -> {
            try {
                loop.run(operands, y, from, to);
            } catch (ArithmeticException e) {
                String layer = node.origin().isEmpty() ? "" : " in layer '" + node.origin() + "'";
                ArithmeticException named = new ArithmeticException(
                        node.op().name() + layer + ": an integer is divided by zero; expected a divisor other than 0");
                named.initCause(e);
                throw named;
            }
        };
    }

    private static void select(Object[] operands, Object y, int from, int to) {
        boolean[] condition = (boolean[]) operands[0];
        switch (y) {
            case float[] c -> select(condition, (float[]) operands[1], (float[]) operands[2], c, from, to);
            case int[] c -> {
                int[] a = (int[]) operands[1];
                int[] b = (int[]) operands[2];
                for (int i = from; i < to; i++) {
                    c[i] = condition[i] ? a[i] : b[i];
                }
            }
            case long[] c -> {
                long[] a = (long[]) operands[1];
                long[] b = (long[]) operands[2];
                for (int i = from; i < to; i++) {
                    c[i] = condition[i] ? a[i] : b[i];
                }
            }
            case boolean[] c -> {
                boolean[] a = (boolean[]) operands[1];
                boolean[] b = (boolean[]) operands[2];
                for (int i = from; i < to; i++) {
                    c[i] = condition[i] ? a[i] : b[i];
                }
            }
            default -> throw new IllegalArgumentException("Select is not computed on " + y.getClass());
        }
    }

    private static void select(boolean[] condition, float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = condition[i] ? a[i] : b[i];
        }
    }
}
