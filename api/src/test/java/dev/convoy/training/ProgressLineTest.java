package dev.convoy.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What is shown of a training, line by line. */
class ProgressLineTest {

    private final StringBuilder out = new StringBuilder();
    private final TrainingContext context = Mockito.mock(TrainingContext.class);

    @BeforeEach
    void notStopped() {
        Mockito.when(context.stopped()).thenReturn(Optional.empty());
    }

    private void at(int batch, double seconds, double loss) {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put("loss", loss);
        values.put("accuracy", 0.5);
        Mockito.when(context.progress()).thenReturn(new Progress(2, 5, batch, 48, 96, values, seconds));
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void elsewhereThanInATerminalLinesAreRare() {
        ProgressLine line = ProgressLine.of(out, false);
        for (int batch = 1; batch <= 48; batch++) {
            at(batch, batch * 0.5, 1.25);
            line.onBatchEnd(context);
        }
        at(48, 24.04, 0.00012345);
        line.onEpochEnd(context);
        line.onTrainEnd(context);
        assertEquals(
                List.of(
                        "Epoch 2/5  20/48  ETA 14.0 s  loss: 1.2500  accuracy: 0.5000",
                        "Epoch 2/5  40/48  ETA 4.0 s  loss: 1.2500  accuracy: 0.5000",
                        "Epoch 2/5  48/48  24.0 s  loss: 1.2345e-04  accuracy: 0.5000"),
                lines());
    }

    @Test
    void inATerminalTheLineIsWrittenOver() {
        ProgressLine line = ProgressLine.of(out, true);
        at(1, 0.05, 10);
        line.onBatchEnd(context);
        assertEquals("", out.toString(), "not more often than every tenth of a second");
        at(12, 90, 10);
        line.onBatchEnd(context);
        at(24, 180, 1);
        line.onBatchEnd(context);
        at(48, 3725, 1);
        line.onEpochEnd(context);
        assertEquals(
                "\r"
                    + "Epoch 2/5  [======>.................]  12/48  ETA 4:30 min  loss: 10.0000  accuracy: 0.5000\r"
                    + "Epoch 2/5  [============>...........]  24/48  ETA 3:00 min  loss: 1.0000  accuracy: 0.5000 \r"
                    + "Epoch 2/5  [========================]  48/48  1:02 h  loss: 1.0000  accuracy: 0.5000      "
                        + System.lineSeparator(),
                out.toString());
    }

    @Test
    void theReasonOfAStopIsSaid() {
        ProgressLine line = ProgressLine.of(out, false);
        Mockito.when(context.stopped()).thenReturn(Optional.of("enough"));
        line.onTrainEnd(context);
        assertEquals(List.of("Stopped: enough"), lines());
    }

    @Test
    void anOutputThatFailsIsToldOf() {
        Writer broken = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        at(48, 1, 1);
        ProgressLine line = ProgressLine.of(broken, false);
        assertThrows(UncheckedIOException.class, () -> line.onEpochEnd(context));
    }
}
