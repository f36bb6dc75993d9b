package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.tensor.TensorSpec;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Kernels that move elements know where each stands without tables as long as the tensors. */
class IndexMemoryTest {

    /** {@code [size, size, 64]} moved in every way. */
    private static Graph graph(int size) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(size, size, 64));
        Value channels = g.input("channels", TensorSpec.float32(64));
        Value columns = g.input("columns", TensorSpec.float32(size, 1));
        Value sum = g.binary(BinaryFn.ADD, g.binary(BinaryFn.MUL, x, g.broadcast(channels, x.shape())), x);
        Value turned = g.transpose(g.binary(BinaryFn.ADD, sum, g.broadcast(columns, x.shape())), List.of(2, 0, 1));
        Value padded = one(g, new Pad(PadMode.CONSTANT, List.of(0, 1, 0), List.of(0, 0, 1), 0), turned);
        Value mirrored = one(g, new Pad(PadMode.REFLECT, List.of(0, 0, 1), List.of(0, 1, 0), 0), padded);
        Value cut = one(g, new Slice(List.of(0, 1, 1), List.of(64, size, size + 1), List.of(1, 1, 2)), mirrored);
        g.output("y", g.reduce(ReduceFn.MAX, one(g, new Reverse(List.of(1)), cut), List.of(0, 2), false));
        return g.build();
    }

    private static Value one(GraphBuilder g, Op op, Value x) {
        return g.add(op, List.of(x)).getFirst();
    }

    private static long bytesOfCompiling(int size) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (CpuBackend backend = Cpu.SCALAR.backend(1)) {
            Graph graph = graph(size);
            long before = threads.getCurrentThreadAllocatedBytes();
            try (Executable executable = Compilation.compile(backend, graph)) {
                long bytes = threads.getCurrentThreadAllocatedBytes() - before;
                assertEquals(
                        Set.of("x", "channels", "columns"),
                        executable.signature().inputs().keySet());
                return bytes;
            }
        }
    }

    @Test
    void compilingTakesNoMemoryThatGrowsWithTheTensors() {
        bytesOfCompiling(8);
        long small = bytesOfCompiling(8);
        long large = bytesOfCompiling(1024);
        int tableOfTheMirroredAxis = Integer.BYTES * (1024 + 2);
        long slack = 1 << 20;
        assertTrue(
                large < small + tableOfTheMirroredAxis + slack,
                "64 million elements: " + large + " bytes, 4096 elements: " + small + " bytes");
    }
}
