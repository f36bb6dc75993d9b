package dev.convoy.training;

/**
 * Watches a training and may steer it (Keras' callbacks); called on the thread that trains, in the order in which callbacks
 * were added. Every method may be left out. What a callback throws ends the training as it is thrown.
 *
 * <p>A callback belongs to one training at a time; {@link #restore} makes it ready for the next.
 */
public interface Callback {

    /** Before the first batch; {@code progress} says where a resumed training goes on. */
    default void onTrainBegin(TrainingContext context) {}

    /** After each batch. A loss that is NaN or infinite raises its error after this, unless a callback stopped the training. */
    default void onBatchEnd(TrainingContext context) {}

    /** After each epoch and its validation, before the checkpoint is written. Epochs that are cut short have none. */
    default void onEpochEnd(TrainingContext context) {}

    /** After the last epoch, or when the training was stopped; not when it failed. */
    default void onTrainEnd(TrainingContext context) {}

    /** What has to outlast an interruption; it is written with each checkpoint. Empty by default. */
    default CallbackState state() {
        return CallbackState.empty();
    }

    /**
     * Takes over the state of a checkpoint, or an empty one if the training starts from its beginning; called before
     * {@link #onTrainBegin}.
     *
     * @throws IllegalArgumentException if the state is not one of this callback's
     */
    default void restore(CallbackState state) {}
}
