package dev.convoy.training;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * Shows how far a training is. In a terminal it is one line an epoch, which is written over: a bar, the time left, loss and
 * metrics. Elsewhere it is one plain line at the end of each epoch, and within it one every ten seconds at most.
 */
public final class ProgressLine implements Callback {

    private static final int BAR = 24;
    private static final double TERMINAL_SECONDS = 0.1;
    private static final double PLAIN_SECONDS = 10;

    private final Appendable out;
    private final boolean terminal;
    private double shown;
    private int width;

    private ProgressLine(Appendable out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * @param out that is written to; flushed after each line if it can be
     * @param terminal whether a carriage return goes to the beginning of the line
     */
    public static ProgressLine of(Appendable out, boolean terminal) {
        return new ProgressLine(out, terminal);
    }

    @Override
    public void restore(CallbackState state) {
        shown = 0;
        width = 0;
    }

    @Override
    public void onBatchEnd(TrainingContext context) {
        Progress progress = context.progress();
        if (progress.seconds() < shown) {
            shown = 0;
        }
        if (progress.seconds() - shown >= (terminal ? TERMINAL_SECONDS : PLAIN_SECONDS)) {
            shown = progress.seconds();
            double left = progress.seconds() / progress.batch() * (progress.batches() - progress.batch());
            write(line(progress, "ETA " + time(left)), !terminal);
        }
    }

    @Override
    public void onEpochEnd(TrainingContext context) {
        Progress progress = context.progress();
        shown = 0;
        write(line(progress, time(progress.seconds())), true);
    }

    @Override
    public void onTrainEnd(TrainingContext context) {
        if (width > 0) {
            write(line(context.progress(), time(context.progress().seconds())), true);
        }
        context.stopped().ifPresent(reason -> write("Stopped: " + reason, true));
    }

    private String line(Progress progress, String time) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "Epoch %d/%d", progress.epoch(), progress.epochs()));
        int done = progress.batch() * BAR / progress.batches();
        String bar = "=".repeat(done) + (done < BAR ? ">" + ".".repeat(BAR - done - 1) : "");
        line.append(terminal ? "  [" + bar + "]" : "")
                .append(String.format(Locale.ROOT, "  %d/%d", progress.batch(), progress.batches()))
                .append("  ")
                .append(time);
        for (Map.Entry<String, Double> value : progress.values().entrySet()) {
            String format = Math.abs(value.getValue()) > 1e-3 ? "  %s: %.4f" : "  %s: %.4e";
            line.append(String.format(Locale.ROOT, format, value.getKey(), value.getValue()));
        }
        return line.toString();
    }

    /** For example {@code 8.2 s}, {@code 3:05 min} or {@code 2:07 h}. */
    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
    }

    private void write(String line, boolean end) {
        try {
            if (terminal) {
                String rest = " ".repeat(Math.max(0, width - line.length()));
                out.append('\r').append(line).append(rest);
            } else {
                out.append(line);
            }
            if (end) {
                out.append(System.lineSeparator());
            }
            width = end ? 0 : line.length();
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
