package dev.convoy.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.convoy.data.Dataset;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Model;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sides do the same work, and ONNX Runtime gets it in the form that suits it. */
class ContestantsTest {

    private static final Model NETWORK = Sequential.of(
            Input.of(9, 7, 3),
            Conv2D.of(5, 3).padding(Padding.of(1)).strides(2),
            BatchNormalization.of(),
            ReLU.of().maxValue(0.25),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dense.of(4));

    private static final Model PICTURES =
            Sequential.of(Input.of(6, 5, 2), MaxPooling2D.of(3).strides(1).padding(Padding.SAME));

    private static Tensor inputs(Model model, int batch) {
        return RandomInputs.of(model, batch, 1).firstEntry().getValue();
    }

    @Test
    void bothSidesPredictTheSame() {
        for (Model model : List.of(NETWORK, PICTURES)) {
            Tensor data = inputs(model, 3);
            try (ConvoyPrediction ours = new ConvoyPrediction(model, data, 1);
                    OnnxRuntime theirs = new OnnxRuntime(model, data, 1)) {
                assertTrue(ours.outputs().length > 0);
                assertArrayEquals(theirs.outputs(), ours.outputs(), 1e-5f);
                Timings timings = new Timings();
                theirs.run(0, timings);
                ours.run(0, timings);
                assertEquals(2, timings.count());
            }
        }
    }

    @Test
    void capsAreClipsAndTransposesAreGone() throws InvalidProtocolBufferException {
        ModelProto model =
                ModelProto.parseFrom(OnnxForm.of(NETWORK, inputs(NETWORK, 2)).bytes());
        List<String> ops = model.getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
        assertTrue(ops.contains("Clip"), ops.toString());
        for (String gone : List.of("Transpose", "Min", "Relu", "BatchNormalization")) {
            assertFalse(ops.contains(gone), ops.toString());
        }
    }

    @Test
    void trainingsWaitBetweenRounds() {
        Model model = Sequential.of(Input.of(4), Dense.of(3));
        Dataset data = Dataset.of(inputs(model, 8), Tensor.of(new int[] {0, 1, 2, 0, 1, 2, 0, 1}, 8));
        try (ConvoyTraining training = new ConvoyTraining(model, data, 4, 1)) {
            Timings first = new Timings();
            training.run(0, first);
            assertEquals(1, first.count());
            Timings longer = new Timings();
            training.run(20_000_000, longer);
            assertTrue(longer.count() > 1, "some steps fit into 20 ms");
            assertEquals(1, first.count());
        }
    }

    @Test
    void aTrainingThatFailsSaysSo() {
        Model model = Sequential.of(Input.of(4), Dense.of(3));
        Dataset wrong = Dataset.of(inputs(model, 2), Tensor.of(new int[] {0, 3}, 2));
        try (ConvoyTraining training = new ConvoyTraining(model, wrong, 2, 1)) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> training.run(0, new Timings()));
            assertTrue(e.getMessage().startsWith("Convoy's training failed: "), e.getMessage());
        }
    }

    @Test
    void withoutPythonThereIsNoPyTorch() {
        PeerAbsentException e =
                assertThrows(PeerAbsentException.class, () -> new PyTorch("gemm", PyTorch.Layout.CHANNELS_FIRST, 1, 1));
        assertEquals("no PyTorch to compare with; -Dtorch.python names a Python that has it", e.getMessage());
    }

    @Test
    void processesThatFailAreNotTimed() {
        NewProcess broken = new NewProcess("broken", List.of(), List.of("no.such.Main"));
        assertThrows(IllegalStateException.class, () -> broken.run(0, new Timings()));
    }

    @Test
    void thePeakIsPositive() {
        assertTrue(FmaPeak.gigaflops(1) > 0);
    }

    @Test
    void aBallGoesToAndFro() {
        double nanos = Handover.nanos();
        assertTrue(nanos > 0 && nanos < 1e9, nanos + " ns");
    }
}
