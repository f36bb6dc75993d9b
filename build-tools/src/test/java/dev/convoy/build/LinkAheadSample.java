package dev.convoy.build;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What {@link LinkAheadTest} rewrites: a lambda, reference, switch and record of each kind, beside what they give. */
public class LinkAheadSample {

    /** By hand. */
    static final List<String> EXPECTED = List.of(
            "constant 7",
            "captured int long double String true: 1 2 3.5 four true",
            "this private 11",
            "static reference 3",
            "bound reference 5",
            "unbound reference ABC",
            "constructor [4]",
            "array 6",
            "boxed 12",
            "unboxed 13",
            "widened 14",
            "widened result 15.0",
            "dropped result [x, y]",
            "in an interface 16 17",
            "in a nested class 18",
            "in a lambda 19",
            "serializable 20",
            "circle 1.0, square 2, other null, other x",
            "guarded small 3, large 30, text",
            "string a, other b",
            "records true true false false false",
            "hashes true true",
            "toString Point[x=1, y=-0.0, name=n]");

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Point(int x, double y, String name) {}

    record Everything(boolean a, byte b, short c, char d, int e, long f, float g, double h, int[] i) {}

    interface Counter {

        int start();

        private int next(int step) {
            return start() + step;
        }

        default IntUnaryOperator stepper() {
            return step -> next(step);
        }

        static IntUnaryOperator adder(int more) {
            return it -> it + more;
        }
    }

    private static final class Nested {

        private final int secret = 17;

        private IntUnaryOperator adder() {
            return it -> it + secret;
        }
    }

    private final int base = 10;

    private int plus(int more) {
        return base + more;
    }

    private IntUnaryOperator onThis() {
        return this::plus;
    }

    private static int sum(int a, int b) {
        return a + b;
    }

    public static Object constant() {
        Supplier<String> constant = () -> "constant 7";
        return constant;
    }

    public static Callable<String> failing() {
        return () -> {
            throw new IllegalStateException("as asked");
        };
    }

    public static List<String> results() {
        List<String> found = new ArrayList<>();
        found.add((String) ((Supplier<?>) constant()).get());
        lambdas(found, 1, 2L, 3.5, "four", true);
        conversions(found);
        Counter counter = () -> 13;
        found.add("in an interface " + counter.stepper().applyAsInt(3) + " "
                + Counter.adder(7).applyAsInt(10));
        found.add("in a nested class " + new Nested().adder().applyAsInt(1));
        IntFunction<IntUnaryOperator> twice = a -> b -> a + b;
        found.add("in a lambda " + twice.apply(9).applyAsInt(10));
        Supplier<Integer> serializable = (Supplier<Integer> & Serializable) () -> 20;
        found.add("serializable " + serializable.get());
        switches(found);
        records(found);
        return found;
    }

    private static void lambdas(List<String> found, int i, long l, double d, String s, boolean b) {
        Supplier<String> captured = () -> i + " " + l + " " + d + " " + s + " " + b;
        found.add("captured int long double String true: " + captured.get());
        found.add("this private " + new LinkAheadSample().onThis().applyAsInt(1));
        IntBinaryOperator sum = LinkAheadSample::sum;
        found.add("static reference " + sum.applyAsInt(1, 2));
        IntUnaryOperator at = "bound reference"::indexOf;
        found.add("bound reference " + (at.applyAsInt('r') - 1));
        Function<String, String> upper = String::toUpperCase;
        found.add("unbound reference " + upper.apply("abc"));
        Function<List<Integer>, List<Integer>> copy = ArrayList::new;
        found.add("constructor " + copy.apply(List.of(4)));
        IntFunction<int[]> array = int[]::new;
        found.add("array " + array.apply(6).length);
    }

    private static void conversions(List<String> found) {
        Function<Integer, Integer> boxed = it -> it + 1;
        BiFunction<Integer, Integer, Integer> unboxed = LinkAheadSample::sum;
        found.add("boxed " + boxed.apply(11));
        found.add("unboxed " + unboxed.apply(6, 7));
        ToLongFunction<Integer> widened = Integer::intValue;
        found.add("widened " + widened.applyAsLong(14));
        ToDoubleFunction<String> result = String::length;
        found.add("widened result " + result.applyAsDouble("123456789012345"));
        List<String> list = new ArrayList<>(List.of("x"));
        java.util.function.Consumer<String> dropped = list::add;
        dropped.accept("y");
        found.add("dropped result " + list);
        LongSupplier unused = () -> 1L;
        ToIntFunction<Object> hash = Object::hashCode;
        if (unused.getAsLong() != 1 || hash.applyAsInt(5) != 5) {
            found.add("a supplier of longs or a hash is wrong");
        }
    }

    private static void switches(List<String> found) {
        found.add(name(new Circle(1)) + ", " + name(new Square(2)) + ", " + name(null) + ", " + name("x"));
        found.add("guarded " + guarded(3) + ", " + guarded(30) + ", " + guarded("s"));
        found.add(word("a") + ", " + word("b"));
    }

    private static String name(Object it) {
        return switch (it) {
            case Circle(double radius) -> "circle " + radius;
            case Square(int side) -> "square " + side;
            case null, default -> "other " + it;
        };
    }

    private static String guarded(Object it) {
        return switch (it) {
            case Integer i when i < 10 -> "small " + i;
            case Integer i -> "large " + i;
            case CharSequence _ -> "text";
            default -> throw new IllegalArgumentException();
        };
    }

    private static String word(String it) {
        return switch (it) {
            case "a" -> "string a";
            case String s when s.length() > 1 -> "long";
            case String s -> "other " + s;
        };
    }

    private static void records(List<String> found) {
        Point point = new Point(1, -0.0, "n");
        int[] array = {1};
        Everything all = new Everything(true, (byte) 1, (short) 2, 'c', 3, 4, Float.NaN, Double.NaN, array);
        Everything same = new Everything(true, (byte) 1, (short) 2, 'c', 3, 4, Float.NaN, Double.NaN, array);
        found.add("records " + point.equals(new Point(1, -0.0, "n")) + " " + all.equals(same) + " "
                + point.equals(new Point(1, 0.0, "n")) + " " + point.equals(null) + " "
                + point.equals(new Point(1, -0.0, null)));
        found.add("hashes " + (point.hashCode() == new Point(1, -0.0, "n").hashCode()) + " "
                + (all.hashCode() == same.hashCode()));
        found.add("toString " + point);
    }
}
