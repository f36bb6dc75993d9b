package dev.convoy.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are those that Keras 3.15.1 writes for the same values, which was recorded. */
class CsvLoggerTest {

    private static final Map<String, Double> VALIDATED =
            Map.of("loss", 0.5, "accuracy", 0.25, "val_loss", 0.125, "val_accuracy", 1.0);

    @TempDir
    Path folder;

    private static void train(
            CsvLogger logger,
            boolean validated,
            int before,
            int epochs,
            Map<String, Double> values,
            Metric... metrics) {
        ScriptedContext context = new ScriptedContext(0.1, validated, before, 1, metrics);
        logger.onTrainBegin(context);
        for (int i = 0; i < epochs; i++) {
            context.epoch(logger, values);
        }
        logger.onTrainEnd(context);
    }

    @Test
    void columnsAreSortedAndEpochsCountedFromZero() throws IOException {
        Path file = folder.resolve("log.csv");
        Files.writeString(file, "an older log");
        train(CsvLogger.of(file), true, 0, 2, VALIDATED, Metrics.ACCURACY);
        assertEquals(
                "epoch,accuracy,loss,val_accuracy,val_loss\r\n0,0.25,0.5,1.0,0.125\r\n1,0.25,0.5,1.0,0.125\r\n",
                Files.readString(file));
    }

    @Test
    void withoutValidationItsColumnsSayNa() throws IOException {
        Path file = folder.resolve("log.csv");
        CsvLogger logger = CsvLogger.of(file).separator(';').append(true);
        train(logger, false, 0, 2, Map.of("loss", 0.125));
        assertEquals("epoch;loss;val_loss\r\n0;0.125;NA\r\n1;0.125;NA\r\n", Files.readString(file));
        train(logger, false, 0, 1, Map.of("loss", 0.0625));
        assertEquals("epoch;loss;val_loss\r\n0;0.125;NA\r\n1;0.125;NA\r\n0;0.0625;NA\r\n", Files.readString(file));
    }

    /** Killed in the third epoch after its line was written, the training goes on from a checkpoint of the second. */
    @Test
    void aResumedTrainingRepeatsNoLine() throws IOException {
        Path file = folder.resolve("log.csv");
        Files.writeString(
                file, "epoch,loss,val_loss\r\n0,4.0,NA\r\n1,3.0,NA\r\n0,1.0,NA\r\n1,0.5,NA\r\n2,0.2,NA\r\n3,0.");
        train(CsvLogger.of(file).append(true), false, 1, 1, Map.of("loss", 0.5));
        assertEquals("epoch,loss,val_loss\r\n0,4.0,NA\r\n1,3.0,NA\r\n0,1.0,NA\r\n1,0.5,NA\r\n", Files.readString(file));
    }

    @Test
    void namesWithSeparatorsAreQuoted() throws IOException {
        Path file = folder.resolve("log.csv");
        Metric odd = Named.of("a,\"b\"");
        train(CsvLogger.of(file), false, 0, 1, Map.of("loss", 1.0, "a,\"b\"", 2.0), odd);
        assertEquals(
                "epoch,\"a,\"\"b\"\"\",loss,\"val_a,\"\"b\"\"\",val_loss\r\n0,2.0,1.0,NA,NA\r\n",
                Files.readString(file));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        CsvLogger logger = CsvLogger.of(folder.resolve("missing").resolve("log.csv"));
        ScriptedContext context = new ScriptedContext(0.1, false, 0, 1);
        String message = assertThrows(TrainingException.class, () -> logger.onTrainBegin(context))
                .getMessage();
        assertTrue(message.contains("missing") && message.contains("Remedy: name a file in a folder"), message);
    }
}
