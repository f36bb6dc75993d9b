package dev.convoy.training;

import static dev.convoy.training.MonitorMode.MAX;
import static dev.convoy.training.MonitorMode.MIN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The callbacks decide as those of Keras do. Every expected number was recorded from Keras 3.15.1 (TensorFlow backend), whose
 * callbacks were given the same values epoch by epoch; and each must come out alike however often the training is
 * interrupted.
 */
class KerasDecisionsTest {

    private static final double[] FALLING = {
        1.0, 0.8, 0.7, 0.71, 0.69, 0.695, 0.694, 0.693, 0.692, 0.691, 0.6, 0.61, 0.62, 0.63
    };
    private static final double[] RISING = {0.5, 0.6, 0.55, 0.62, 0.61, 0.60, 0.63, 0.63, 0.58, 0.7, 0.1};
    private static final double[] BROKEN = {Double.NaN, 0.5, 0.4, 0.3};

    /** Falls by less than float32 tells apart. */
    private static final double[] FLAT = {1.0, 1.0 - 1e-9, 1.0 - 2e-9, 1.0 - 3e-9, 0.5, 0.5};

    private static final double[] LATE = {0.9, 0.85, 0.84, 0.2, 0.19, 0.3, 0.1};
    private static final double[] SLOWER = {1.0, 0.9, 0.8, 0.75, 0.70, 0.66, 0.62, 0.60};

    /**
     * @param epochs that Keras trains
     * @param stopped whether it stops before the series ends
     * @param model the epoch whose weights the model has then
     */
    record Stopping(EarlyStopping callback, double[] series, String name, int epochs, boolean stopped, int model) {}

    static Stream<Stopping> stoppings() {
        EarlyStopping loss = EarlyStopping.defaults();
        EarlyStopping best = loss.restoreBestWeights(true);
        EarlyStopping accuracy = EarlyStopping.of("val_accuracy").restoreBestWeights(true);
        return Stream.of(
                new Stopping(loss, FALLING, "val_loss", 4, true, 4),
                new Stopping(loss.patience(1), FALLING, "val_loss", 4, true, 4),
                new Stopping(loss.patience(3), FALLING, "val_loss", 8, true, 8),
                new Stopping(best.patience(5), FALLING, "val_loss", 10, true, 5),
                new Stopping(best.patience(6), FALLING, "val_loss", 14, false, 11),
                new Stopping(best.patience(2).minDelta(0.05), FALLING, "val_loss", 5, true, 3),
                new Stopping(loss.patience(2).minDelta(-0.05), FALLING, "val_loss", 5, true, 5),
                new Stopping(accuracy.patience(2), RISING, "val_accuracy", 6, true, 4),
                new Stopping(accuracy.patience(4).minDelta(0.01).mode(MAX), RISING, "val_accuracy", 8, true, 4),
                new Stopping(best.patience(2), BROKEN, "val_loss", 3, true, 1),
                new Stopping(best.patience(2), FLAT, "val_loss", 3, true, 1),
                new Stopping(best.patience(4), FLAT, "val_loss", 6, false, 5),
                new Stopping(best.patience(3).baseline(0.5), LATE, "val_loss", 7, false, 7),
                new Stopping(best.patience(2).baseline(0.5), LATE, "val_loss", 7, false, 7),
                new Stopping(best.patience(2).baseline(0.01), LATE, "val_loss", 6, true, 5),
                new Stopping(accuracy.patience(1).startFromEpoch(3), RISING, "val_accuracy", 5, true, 4),
                new Stopping(accuracy.restoreBestWeights(false).mode(MIN), RISING, "val_accuracy", 2, true, 2),
                new Stopping(best.patience(1).minDelta(0.1), SLOWER, "val_loss", 2, true, 1),
                new Stopping(best.patience(2).minDelta(0.1), SLOWER, "val_loss", 5, true, 3));
    }

    @ParameterizedTest
    @MethodSource("stoppings")
    void earlyStopping(Stopping expected) {
        for (int interrupted = 0; interrupted <= expected.epochs; interrupted++) {
            ScriptedContext context = new ScriptedContext(0.1, true, 0, 1, Metrics.ACCURACY);
            EarlyStopping callback = expected.callback;
            callback.restore(CallbackState.empty());
            callback.onTrainBegin(context);
            int epochs = 0;
            while (epochs < expected.series.length && context.stopped().isEmpty()) {
                if (epochs == interrupted) {
                    context = new ScriptedContext(0.1, true, epochs, 1, Metrics.ACCURACY);
                    resume(callback, context);
                }
                context.epoch(callback, Map.of(expected.name, expected.series[epochs]));
                epochs++;
            }
            if (interrupted == epochs) {
                boolean stopped = context.stopped().isPresent();
                context = new ScriptedContext(0.1, true, epochs, 1, Metrics.ACCURACY);
                resume(callback, context);
                assertEquals(stopped, context.stopped().isPresent(), "stopped again");
            }
            callback.onTrainEnd(context);
            String what = "interrupted after " + interrupted;
            assertEquals(expected.epochs, epochs, what);
            assertEquals(expected.stopped, context.stopped().isPresent(), what);
            assertEquals(expected.model, context.epochOfModel(), what);
        }
    }

    /** As if another process read what this one wrote. */
    private static void resume(Callback callback, ScriptedContext context) {
        CallbackState state = callback.state();
        callback.restore(CallbackState.empty());
        callback.restore(state);
        callback.onTrainBegin(context);
    }

    /**
     * @param rates after each epoch
     */
    record Plateau(ReduceLROnPlateau callback, double[] series, String name, double initial, double... rates) {}

    static Stream<Plateau> plateaus() {
        ReduceLROnPlateau loss = ReduceLROnPlateau.defaults();
        ReduceLROnPlateau accuracy = ReduceLROnPlateau.of("val_accuracy");
        double tenth = 0.10000000149011612;
        double half = 0.05000000074505806;
        double quarter = 0.02500000037252903;
        double hundredth = 0.009999999776482582;
        return Stream.of(
                new Plateau(
                        loss.patience(1),
                        FALLING,
                        "val_loss",
                        0.1,
                        tenth,
                        tenth,
                        tenth,
                        hundredth,
                        hundredth,
                        0.0009999999310821295,
                        9.99999901978299e-05,
                        9.99999883788405e-06,
                        9.99999883788405e-07,
                        9.999998695775503e-08,
                        9.999998695775503e-08,
                        9.99999905104687e-09,
                        9.99999860695766e-10,
                        9.999998745735539e-11),
                new Plateau(
                        loss.patience(2).factor(0.5),
                        FALLING,
                        "val_loss",
                        0.1,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        half,
                        half,
                        quarter,
                        quarter,
                        quarter,
                        quarter,
                        0.012500000186264515,
                        0.012500000186264515),
                new Plateau(
                        loss.patience(2).factor(0.5).cooldown(2),
                        FALLING,
                        "val_loss",
                        0.1,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        tenth,
                        half,
                        half,
                        half,
                        quarter,
                        quarter,
                        quarter,
                        0.012500000186264515,
                        0.012500000186264515),
                new Plateau(
                        loss.patience(1).factor(0.3).minLr(1e-5).minDelta(0.01),
                        FALLING,
                        "val_loss",
                        0.001,
                        0.0010000000474974513,
                        0.0010000000474974513,
                        0.0010000000474974513,
                        0.0003000000142492354,
                        9.000000136438757e-05,
                        2.700000004551839e-05,
                        9.999999747378752e-06,
                        9.999999747378752e-06),
                new Plateau(
                        accuracy.patience(1).factor(0.2).minDelta(0.02).cooldown(1),
                        RISING,
                        "val_accuracy",
                        0.01,
                        hundredth,
                        hundredth,
                        0.001999999862164259,
                        0.0003999999607913196,
                        7.99999907030724e-05,
                        1.599999814061448e-05,
                        1.599999814061448e-05,
                        3.199999582648161e-06,
                        6.399999392669997e-07,
                        6.399999392669997e-07,
                        1.2799998216905806e-07),
                new Plateau(
                        accuracy.patience(0).factor(0.7).mode(MAX),
                        RISING,
                        "val_accuracy",
                        0.01,
                        hundredth,
                        hundredth,
                        0.00699999975040555,
                        0.00699999975040555,
                        0.004900000058114529,
                        0.00343000004068017,
                        0.00343000004068017,
                        0.0024010001216083765,
                        0.001680700108408928,
                        0.001680700108408928,
                        0.001176490099169314),
                new Plateau(
                        loss.patience(2).minDelta(0),
                        FLAT,
                        "val_loss",
                        0.1,
                        tenth,
                        tenth,
                        hundredth,
                        hundredth,
                        hundredth,
                        hundredth),
                new Plateau(
                        loss.patience(1),
                        BROKEN,
                        "val_loss",
                        0.1,
                        tenth,
                        hundredth,
                        0.0009999999310821295,
                        9.99999901978299e-05),
                new Plateau(loss.patience(1).minLr(0.05), RISING, "val_loss", 0.1, tenth, half, half, half, half),
                new Plateau(loss, RISING, "val_loss", 0.1, tenth, tenth, tenth, tenth, tenth, tenth, tenth, tenth));
    }

    @ParameterizedTest
    @MethodSource("plateaus")
    void reduceLROnPlateau(Plateau expected) {
        for (int interrupted = 0; interrupted <= expected.rates.length; interrupted++) {
            ScriptedContext context = new ScriptedContext(expected.initial, true, 0, 1, Metrics.ACCURACY);
            expected.callback.restore(CallbackState.empty());
            expected.callback.onTrainBegin(context);
            List<Double> rates = new ArrayList<>();
            for (int epoch = 0; epoch < expected.rates.length; epoch++) {
                if (epoch == interrupted) {
                    context = new ScriptedContext(expected.initial, true, epoch, context.rateScale(), Metrics.ACCURACY);
                    resume(expected.callback, context);
                }
                context.epoch(expected.callback, Map.of(expected.name, expected.series[epoch]));
                rates.add(context.learningRate());
            }
            assertEquals(
                    IntStream.range(0, expected.rates.length)
                            .mapToObj(i -> expected.rates[i])
                            .toList(),
                    rates,
                    "interrupted after " + interrupted);
        }
    }

    record Saving(ModelCheckpoint callback, double[] series, String... files) {}

    static Stream<Saving> savings() {
        ModelCheckpoint best =
                ModelCheckpoint.of("m-{epoch:02d}-{val_loss:.3f}-{epoch}.keras").saveBestOnly(true);
        return Stream.of(
                new Saving(
                        best,
                        FALLING,
                        "m-01-1.000-1.keras",
                        "m-02-0.800-2.keras",
                        "m-03-0.700-3.keras",
                        "m-05-0.690-5.keras",
                        "m-11-0.600-11.keras"),
                new Saving(
                        best.mode(MAX).initialValueThreshold(0.6),
                        RISING,
                        "m-04-0.620-4.keras",
                        "m-07-0.630-7.keras",
                        "m-10-0.700-10.keras"),
                new Saving(best, FLAT, "m-01-1.000-1.keras", "m-05-0.500-5.keras"),
                new Saving(
                        best.saveBestOnly(false),
                        SLOWER,
                        "m-01-1.000-1.keras",
                        "m-02-0.900-2.keras",
                        "m-03-0.800-3.keras",
                        "m-04-0.750-4.keras",
                        "m-05-0.700-5.keras",
                        "m-06-0.660-6.keras",
                        "m-07-0.620-7.keras",
                        "m-08-0.600-8.keras"));
    }

    @ParameterizedTest
    @MethodSource("savings")
    void modelCheckpoint(Saving expected) {
        for (int interrupted = 0; interrupted < expected.series.length; interrupted++) {
            List<String> files = new ArrayList<>();
            ScriptedContext context = new ScriptedContext(0.1, true, 0, 1, Metrics.ACCURACY);
            expected.callback.restore(CallbackState.empty());
            expected.callback.onTrainBegin(context);
            for (int epoch = 0; epoch < expected.series.length; epoch++) {
                if (epoch == interrupted) {
                    context.saved.stream().map(Path::toString).forEach(files::add);
                    context = new ScriptedContext(0.1, true, epoch, 1, Metrics.ACCURACY);
                    resume(expected.callback, context);
                }
                context.epoch(expected.callback, Map.of("val_loss", expected.series[epoch]));
            }
            context.saved.stream().map(Path::toString).forEach(files::add);
            assertEquals(List.of(expected.files), files, "interrupted after " + interrupted);
        }
    }
}
