package dev.convoy.graph.pass.host;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** {@link ElementwiseOp} on host tensors. */
final class HostElementwise {

    private HostElementwise() {}

    static Optional<Tensor> evaluate(ElementwiseOp op, List<Tensor> operands, TensorSpec result) {
        if (op instanceof ElementwiseOp.Cast) {
            return Casts.cast(operands.getFirst(), result.type());
        }
        List<Tensor> full = operands.stream()
                .map(x -> HostMovement.broadcast(x, result.shape()))
                .toList();
        Tensor a = full.getFirst();
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> Optional.of(unary(fn, a, result));
            case ElementwiseOp.Binary(BinaryFn fn) -> binary(fn, a, full.get(1), result);
            case ElementwiseOp.Compare(CompareFn fn) -> Optional.of(compare(fn, a, full.get(1), result));
            case ElementwiseOp.Select() -> Optional.of(select(a.booleans(), full.get(1), full.get(2), result));
            case ElementwiseOp.Cast _ -> throw new IllegalStateException("cast above");
        };
    }

    private static Tensor unary(UnaryFn fn, Tensor a, TensorSpec result) {
        if (fn == UnaryFn.IS_NAN || fn == UnaryFn.IS_INF) {
            IntToDoubleFunction x = Elements.reals(a);
            return Elements.ofIntegers(result, i -> is(fn, x.applyAsDouble(i)) ? 1 : 0);
        }
        if (a.type().isReal()) {
            IntToDoubleFunction x = Elements.reals(a);
            return Elements.ofReals(result, i -> Functions.unary(fn, x.applyAsDouble(i)));
        }
        IntToLongFunction x = Elements.integers(a);
        return a.type() == DataType.BOOL
                ? Elements.ofIntegers(result, i -> 1 - x.applyAsLong(i))
                : Elements.ofIntegers(result, i -> Functions.unary(fn, x.applyAsLong(i)));
    }

    private static boolean is(UnaryFn fn, double x) {
        return fn == UnaryFn.IS_NAN ? Double.isNaN(x) : Double.isInfinite(x);
    }

    private static Optional<Tensor> binary(BinaryFn fn, Tensor a, Tensor b, TensorSpec result) {
        if (a.type().isReal()) {
            IntToDoubleFunction x = Elements.reals(a);
            IntToDoubleFunction y = Elements.reals(b);
            return Optional.of(
                    Elements.ofReals(result, i -> Functions.binary(fn, x.applyAsDouble(i), y.applyAsDouble(i))));
        }
        IntToLongFunction x = Elements.integers(a);
        IntToLongFunction y = Elements.integers(b);
        if (fn == BinaryFn.DIV || fn == BinaryFn.MOD || fn == BinaryFn.REM) {
            for (int i = 0; i < b.size(); i++) {
                if (y.applyAsLong(i) == 0) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(Elements.ofIntegers(result, i -> Functions.binary(fn, x.applyAsLong(i), y.applyAsLong(i))));
    }

    private static Tensor compare(CompareFn fn, Tensor a, Tensor b, TensorSpec result) {
        if (a.type().isReal()) {
            IntToDoubleFunction x = Elements.reals(a);
            IntToDoubleFunction y = Elements.reals(b);
            return Elements.ofIntegers(
                    result, i -> Functions.compare(fn, x.applyAsDouble(i), y.applyAsDouble(i)) ? 1 : 0);
        }
        IntToLongFunction x = Elements.integers(a);
        IntToLongFunction y = Elements.integers(b);
        return Elements.ofIntegers(result, i -> Functions.compare(fn, x.applyAsLong(i), y.applyAsLong(i)) ? 1 : 0);
    }

    private static Tensor select(boolean[] condition, Tensor a, Tensor b, TensorSpec result) {
        if (result.type().isReal()) {
            IntToDoubleFunction x = Elements.reals(a);
            IntToDoubleFunction y = Elements.reals(b);
            return Elements.ofReals(result, i -> condition[i] ? x.applyAsDouble(i) : y.applyAsDouble(i));
        }
        IntToLongFunction x = Elements.integers(a);
        IntToLongFunction y = Elements.integers(b);
        return Elements.ofIntegers(result, i -> condition[i] ? x.applyAsLong(i) : y.applyAsLong(i));
    }
}
