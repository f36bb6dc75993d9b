package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Plan;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions that are computed together in bands of rows, against the same ones whose results all leave the graph. */
class BandsTest {

    private static final Window POINT = Window.of(1, 1);

    /**
     * A block as in MobileNetV2: more channels, a depthwise convolution, fewer channels.
     *
     * @param wide channels of the depthwise convolution
     * @param cout channels of the result; 0 for none behind the depthwise convolution
     */
    record Block(int batch, int height, int width, int cin, int wide, Window window, int cout) {

        Tensor images() {
            return Cpu.random(1, batch, height, width, cin);
        }

        boolean adds() {
            return cout == cin && window.strides().equals(List.of(1, 1));
        }

        /**
         * @param apart whether each result is an output, so that nothing can be joined
         */
        Graph graph(boolean apart) {
            GraphBuilder g = new GraphBuilder();
            Value x = g.input("x", images().spec());
            Value expanded = bounded(g, convolution(g, x, POINT, 1, wide, 2));
            Value filtered = bounded(g, convolution(g, expanded, window, wide, wide, 4));
            Value y = filtered;
            if (cout > 0) {
                y = convolution(g, filtered, POINT, 1, cout, 6);
                y = adds() ? g.add(x, y) : y;
            }
            if (apart) {
                g.output("expanded", expanded);
                g.output("filtered", filtered);
            }
            g.output("y", y);
            return g.build();
        }

        private static Value convolution(GraphBuilder g, Value x, Window window, int groups, int cout, int seed) {
            int rows = window.size().getFirst();
            int cin = x.shape().size(-1);
            Value w = g.constant(Cpu.random(seed, rows, window.size().getLast(), cin / groups, cout));
            Value sum = g.add(new Convolution(window, groups, Layout.CHANNELS_LAST), x, w);
            return g.add(sum, g.constant(Cpu.random(seed + 1, cout)));
        }

        private static Value bounded(GraphBuilder g, Value x) {
            return g.min(g.unary(UnaryFn.RELU, x), g.scalar(6, DataType.FLOAT32));
        }
    }

    /** Samples of one band and of several, edges of all kinds, parts of tiles and of vectors, rows that are skipped. */
    static List<Block> blocks() {
        Window same = Window.of(3, 3).withPads(1, 1);
        Window half = Window.of(3, 3).withStrides(2, 2).withPads(List.of(0, 0), List.of(1, 1));
        return List.of(
                new Block(1, 80, 72, 5, 70, same, 20),
                new Block(1, 65, 65, 24, 96, same, 24),
                new Block(2, 55, 60, 16, 64, half, 33),
                new Block(1, 81, 72, 3, 70, half, 0),
                new Block(3, 60, 24, 8, 96, Window.of(3, 3).withDilations(2, 1).withPads(2, 1), 8),
                new Block(1, 200, 30, 4, 70, Window.of(1, 3).withStrides(2, 2).withPads(0, 1), 6),
                new Block(130, 7, 7, 12, 64, same, 12));
    }

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void giveTheBitsOfOneAfterTheOther(Cpu.Way way) {
        for (Block block : blocks()) {
            Map<String, Tensor> given = Map.of("x", block.images());
            Tensor expected = Cpu.run(way, 2, block.graph(true), given).get("y");
            for (int threads = 1; threads <= 3; threads++) {
                assertEquals(
                        expected,
                        Cpu.run(way, threads, block.graph(false), given).get("y"),
                        block.toString());
            }
        }
    }

    @Test
    void areOneStepThatThePlanNames() {
        for (Block block : blocks()) {
            int convolutions = block.cout() > 0 ? 3 : 2;
            assertEquals(convolutions + " convolutions in bands", kernels(block.graph(false)));
            String apart = kernels(block.graph(true));
            assertEquals(convolutions, apart.split(",").length, apart);
        }
    }

    @Test
    void areLeftApartWhereTheFirstResultStaysInTheCache() {
        Window same = Window.of(3, 3).withPads(1, 1);
        assertEquals("GEMM,depthwise,GEMM", kernels(new Block(1, 56, 56, 24, 96, same, 24).graph(false)));
        assertEquals("3 convolutions in bands", kernels(new Block(2, 56, 56, 24, 96, same, 24).graph(false)));
    }

    private static String kernels(Graph graph) {
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                var executable = Compilation.compile(backend, graph)) {
            return executable.plan().steps().stream().map(Plan.Step::kernel).collect(Collectors.joining(","));
        }
    }
}
