package dev.convoy.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks that watch what is not there say so before the first batch. */
class MonitorErrorsTest {

    record Mistake(Callback callback, boolean validated, String message) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        EarlyStopping.defaults(),
                        false,
                        "Training: EarlyStopping monitors 'val_loss', which is not measured; there are [loss, accuracy,"
                                + " own]. Remedy: monitor one of these, or add .validation(…)"),
                new Mistake(
                        ReduceLROnPlateau.of("acc"),
                        true,
                        "Training: ReduceLROnPlateau monitors 'acc', which is not measured; there are [loss, accuracy,"
                                + " own, val_loss, val_accuracy, val_own]. Remedy: monitor one of these, or add a"
                                + " metric"),
                new Mistake(
                        EarlyStopping.of("val_own"),
                        true,
                        "Training: EarlyStopping monitors 'val_own', and whether larger or smaller is better is not"
                                + " known. Remedy: give the mode, MAX or MIN"),
                new Mistake(
                        ModelCheckpoint.of("a.onnx").saveBestOnly(true),
                        false,
                        "Training: ModelCheckpoint monitors 'val_loss', which is not measured; there are [loss,"
                                + " accuracy, own]. Remedy: monitor one of these, or add .validation(…)"),
                new Mistake(
                        ModelCheckpoint.of("{epoch}-{val_acc}.onnx"),
                        false,
                        "Training: ModelCheckpoint's file '{epoch}-{val_acc}.onnx' names 'val_acc', which is not"
                                + " measured; there are epoch and [loss, accuracy, own]"),
                new Mistake(
                        ModelCheckpoint.of("{loss:>8}.onnx"),
                        false,
                        "Training: ModelCheckpoint's file '{loss:>8}.onnx' wants 'loss' in the format '>8'. Remedy:"
                                + " take one such as 02d for the epoch, .3f for values"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachHasItsMessage(Mistake mistake) {
        ScriptedContext context = new ScriptedContext(0.1, mistake.validated, 0, 1, Metrics.ACCURACY, Named.of("own"));
        assertEquals(
                mistake.message,
                assertThrows(TrainingException.class, () -> mistake.callback.onTrainBegin(context))
                        .getMessage());
    }

    @Test
    void withAModeAnyMetricIsMonitored() {
        ScriptedContext context = new ScriptedContext(0.1, true, 0, 1, Named.of("own"));
        EarlyStopping.of("val_own").mode(MonitorMode.MIN).onTrainBegin(context);
    }

    @Test
    void factorsReduce() {
        assertEquals(
                "Training: ReduceLROnPlateau takes a factor between 0 and 1, got 1.0",
                assertThrows(
                                TrainingException.class,
                                () -> ReduceLROnPlateau.defaults().factor(1))
                        .getMessage());
    }
}
