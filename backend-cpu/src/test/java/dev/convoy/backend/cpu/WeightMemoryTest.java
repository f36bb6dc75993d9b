package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.data.Dataset;
import dev.convoy.graph.Graph;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.Padding;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.Sequential;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that batch normalisation was folded into are held packed, and in no other form. */
class WeightMemoryTest {

    private static final int CLASSES = 3;

    /** Kernels of 36, 144 and 16 KiB with a batch normalisation behind each, the first two of them also cut for Winograd. */
    private static final Model MODEL = Sequential.of(
            Input.of(8, 8, 16),
            Conv2D.of(64, 3).padding(Padding.SAME),
            BatchNormalization.of(),
            Conv2D.of(64, 3).padding(Padding.SAME),
            BatchNormalization.of(),
            Conv2D.of(64, 1),
            BatchNormalization.of(),
            Flatten.of(),
            Dense.of(CLASSES));

    private static final int FOLDED = 3;
    private static final int LARGE = 1 << 14;

    private static Tensor samples(int count) {
        return Cpu.random(count, count, 8, 8, 16);
    }

    private static Graph frozen(Model model) {
        String input = model.inputs().firstEntry().getKey();
        return model.trace(
                        Map.of(input, InputSpec.of(model.inputs().firstEntry().getValue())), Mode.INFERENCE)
                .graph()
                .freeze(model.parameters()::get);
    }

    /** The arrays of large constants that are no arrays of the model. */
    private static List<WeakReference<Object>> folded(Graph graph) {
        List<Object> own =
                MODEL.parameters().asMap().values().stream().map(Tensor::array).toList();
        return graph.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .flatMap(value -> value.constant().stream())
                .filter(tensor -> tensor.size() * Float.BYTES >= LARGE)
                .map(Tensor::array)
                .filter(array -> own.stream().noneMatch(other -> other == array))
                .map(WeakReference::new)
                .toList();
    }

    private static void awaitCollection(List<WeakReference<Object>> arrays) throws InterruptedException {
        for (int i = 0; i < 100 && arrays.stream().anyMatch(a -> a.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertTrue(arrays.stream().allMatch(a -> a.get() == null), "an array is still held");
    }

    private static Tensor run(Executable executable, Tensor input) {
        try (Session session = executable.open()) {
            var signature = executable.signature();
            String name = signature.inputs().firstEntry().getKey();
            return session.run(Map.of(name, input), signature.outputs().keySet())
                    .values()
                    .iterator()
                    .next();
        }
    }

    private static void assertMeans(Model model, Tensor input, Tensor output) {
        Graph graph = frozen(model).bind(Map.of(Input.BATCH, input.shape().size(0)));
        Tensor expected = ReferenceInterpreter.run(
                        graph, Map.of(graph.inputs().firstEntry().getKey(), input), Parameters.empty())
                .outputs()
                .firstEntry()
                .getValue();
        Cpu.assertClose(expected.doubles(), output, 1e-4);
    }

    @ParameterizedTest
    @MethodSource("dev.convoy.backend.cpu.Cpu#ways")
    void foldedKernelsAreCollectedOnceTheyArePacked(Cpu.Way way) throws InterruptedException {
        try (CpuBackend backend = way.backend(1)) {
            Graph prepared = Compilation.prepare(backend, frozen(MODEL));
            List<WeakReference<Object>> arrays = folded(prepared);
            assertEquals(FOLDED, arrays.size());
            try (Executable one = Compilation.compile(backend, prepared.bind(Map.of(Input.BATCH, 1)));
                    Session session = one.open()) {
                String name = one.signature().inputs().firstEntry().getKey();
                var outputs = one.signature().outputs().keySet();
                Tensor first = session.run(Map.of(name, samples(1)), outputs)
                        .values()
                        .iterator()
                        .next();
                assertMeans(MODEL, samples(1), first);
                awaitCollection(arrays);
                assertEquals(
                        first,
                        session.run(Map.of(name, samples(1)), outputs)
                                .values()
                                .iterator()
                                .next());
                assertEquals(first, run(one, samples(1)), "another session");
                Tensor again = run(Compilation.compile(backend, prepared.bind(Map.of(Input.BATCH, 5))), samples(5));
                assertMeans(MODEL, samples(5), again);
            }
        }
    }

    @Test
    void aModelThatIsTrainedOnLeavesItsPredictorAsItIs() {
        int[] classes = new int[12];
        Arrays.setAll(classes, i -> i % CLASSES);
        try (Predictor before = Predictor.of(MODEL).on("cpu")) {
            Tensor first = before.predict(samples(1));
            Model trained = Trainer.of(MODEL)
                    .loss(new Crossentropy.Sparse(true))
                    .batchSize(4)
                    .epochs(1)
                    .on("cpu")
                    .fit(Dataset.of(samples(12), Tensor.of(classes, 12)))
                    .model();
            System.gc();
            assertEquals(first, before.predict(samples(1)));
            assertMeans(MODEL, samples(2), before.predict(samples(2)));
            try (Predictor after = Predictor.of(trained).on("cpu")) {
                assertNotEquals(first, after.predict(samples(1)));
                System.gc();
                assertMeans(trained, samples(1), after.predict(samples(1)));
                assertMeans(trained, samples(3), after.predict(samples(3)));
            }
            assertEquals(first, before.predict(samples(1)));
        }
    }
}
