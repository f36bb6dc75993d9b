package dev.convoy.training;

/**
 * Stops a training whose loss is NaN or infinite (Keras' {@code TerminateOnNaN}); without it such a loss is a
 * {@link TrainingException} that names the layer it comes from. The model is as it was when the training last kept its
 * state: at the last checkpoint of this run, else at the beginning of the epoch. Keras leaves what the bad batch made of it.
 */
public final class TerminateOnNaN implements Callback {

    @Override
    public void onBatchEnd(TrainingContext context) {
        Progress progress = context.progress();
        double loss = progress.values().getOrDefault("loss", 0.0);
        if (!Double.isFinite(loss)) {
            context.stop("TerminateOnNaN: the loss became " + loss + " at batch " + progress.batch() + " of epoch "
                    + progress.epoch());
        }
    }
}
