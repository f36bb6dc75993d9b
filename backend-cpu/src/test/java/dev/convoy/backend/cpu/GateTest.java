package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.backend.cpu.kernel.Gate;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.FusionRule;
import dev.convoy.spi.interpret.Schedule;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A comparison that lets an operand pass or not. */
class GateTest {

    /** Not a multiple of any length of vectors. */
    private static final int SIZE = 20_011;

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static Graph gate(CompareFn fn, double otherwise, boolean keepComparison) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(SIZE));
        Value a = g.input("a", TensorSpec.float32(SIZE));
        Value passes = g.add(new Compare(fn), x, g.scalar(0.5, DataType.FLOAT32));
        g.output("y", g.add(new Select(), passes, a, g.scalar(otherwise, DataType.FLOAT32)));
        if (keepComparison) {
            g.output("passes", passes);
        }
        return g.build();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void passesWhatLiesAboveTheLimit(Cpu.Way way) {
        float[] x = Cpu.random(1, SIZE).floats();
        x[3] = Float.NaN;
        x[4] = 0.5f;
        x[5] = Float.POSITIVE_INFINITY;
        float[] a = Cpu.random(2, SIZE).floats();
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(x, SIZE), "a", Tensor.of(a, SIZE));
        float[] y =
                Cpu.run(way, 2, gate(CompareFn.GT, 0, false), inputs).get("y").floats();
        for (int i = 0; i < SIZE; i++) {
            assertEquals(x[i] > 0.5 ? a[i] : 0, y[i], "element " + i);
        }
    }

    @Test
    void isOneStepOnlyForGreaterOrZero() {
        List<FusionRule> rules = List.of(Gate::match);
        assertEquals(1, Schedule.of(gate(CompareFn.GT, 0, false), rules).steps().size());
        assertEquals(2, Schedule.of(gate(CompareFn.GT, 0, true), rules).steps().size(), "comparison is used");
        assertEquals(2, Schedule.of(gate(CompareFn.GE, 0, false), rules).steps().size(), "not greater");
        assertEquals(2, Schedule.of(gate(CompareFn.GT, 1, false), rules).steps().size(), "not zero");
    }
}
