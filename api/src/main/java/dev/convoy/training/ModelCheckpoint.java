package dev.convoy.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the model to a file after each epoch, or after each that is the best so far (Keras' {@code ModelCheckpoint}). To go
 * on with a training take {@link Trainer#checkpoint}; these files are models.
 *
 * <p>The file's name is a pattern: {@code {epoch}}, counted from 1, and the values of the epoch stand in braces, with a
 * format of Python if wanted: {@code model-{epoch:02d}-{val_loss:.3f}.keras}.
 */
public final class ModelCheckpoint implements Callback {

    private static final Pattern BRACES = Pattern.compile("\\{([^{}:]*)(?::([^{}]*))?}");
    private static final Pattern FORMAT = Pattern.compile("0?\\d*(\\.\\d+)?[dfeg]?");

    private final String pattern;
    private String monitor = "val_loss";
    private boolean saveBestOnly;
    private MonitorMode mode = MonitorMode.AUTO;
    private Optional<Double> initialValueThreshold = Optional.empty();

    private Optional<Double> best = Optional.empty();

    private ModelCheckpoint(String pattern) {
        this.pattern = pattern;
    }

    /** After each epoch; the monitored value is {@code val_loss}, mode AUTO, if only the best are to be written. */
    public static ModelCheckpoint of(String pattern) {
        return new ModelCheckpoint(pattern);
    }

    private ModelCheckpoint with(Consumer<ModelCheckpoint> change) {
        ModelCheckpoint copy = new ModelCheckpoint(pattern);
        copy.monitor = monitor;
        copy.saveBestOnly = saveBestOnly;
        copy.mode = mode;
        copy.initialValueThreshold = initialValueThreshold;
        change.accept(copy);
        return copy;
    }

    /** The value that says which is best. */
    public ModelCheckpoint monitor(String name) {
        return with(m -> m.monitor = name);
    }

    /** Whether a model that is no better than the last written is left out. */
    public ModelCheckpoint saveBestOnly(boolean bestOnly) {
        return with(m -> m.saveBestOnly = bestOnly);
    }

    /** Which way the value gets better. */
    public ModelCheckpoint mode(MonitorMode way) {
        return with(m -> m.mode = way);
    }

    /** The value that the first model has to beat to be written. */
    public ModelCheckpoint initialValueThreshold(double value) {
        return with(m -> m.initialValueThreshold = Optional.of(value));
    }

    private Monitor watch() {
        return new Monitor("ModelCheckpoint", monitor, mode, 0);
    }

    @Override
    public void onTrainBegin(TrainingContext context) {
        if (saveBestOnly) {
            watch().check(context);
        }
        Matcher braces = BRACES.matcher(pattern);
        while (braces.find()) {
            String name = braces.group(1);
            String format = braces.group(2) == null ? "" : braces.group(2);
            boolean epoch = name.equals("epoch");
            Trainer.require(
                    epoch || context.measured().containsKey(name),
                    "ModelCheckpoint's file '" + pattern + "' names '" + name
                            + "', which is not measured; there are epoch and "
                            + context.measured().keySet());
            boolean fits = epoch ? !format.matches(".*[.feg].*") : !format.endsWith("d");
            Trainer.require(
                    FORMAT.matcher(format).matches() && fits,
                    "ModelCheckpoint's file '" + pattern + "' wants '" + name + "' in the format '" + format
                            + "'. Remedy: take one such as 02d for the epoch, .3f for values");
        }
    }

    @Override
    public void onEpochEnd(TrainingContext context) {
        if (saveBestOnly) {
            double current = watch().value(context);
            if (!watch().improves(context, current, best)) {
                return;
            }
            best = Optional.of(current);
        }
        Path file = file(context.progress());
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new TrainingException("Training: the folder for " + file + " cannot be made: " + e.getMessage(), e);
        }
        context.model().save(file);
    }

    private Path file(Progress progress) {
        return Path.of(BRACES.matcher(pattern).replaceAll(match -> {
            Number value = match.group(1).equals("epoch")
                    ? (Number) progress.epoch()
                    : progress.values().get(match.group(1));
            String format = match.group(2);
            String type = value instanceof Integer ? "d" : "f";
            String text = format == null || format.isEmpty()
                    ? String.valueOf(value)
                    : String.format(Locale.ROOT, "%" + (format.matches(".*[dfeg]") ? format : format + type), value);
            return Matcher.quoteReplacement(text);
        }));
    }

    @Override
    public CallbackState state() {
        return best.isEmpty() ? CallbackState.empty() : CallbackState.empty().with("best", best.get());
    }

    @Override
    public void restore(CallbackState state) {
        best = state.number("best").or(() -> initialValueThreshold);
    }
}
