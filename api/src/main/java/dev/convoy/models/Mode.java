package dev.convoy.models;

/** What a model is traced for. */
public enum Mode {
    /** Dropout does nothing, batch normalisation takes its moving statistics. */
    INFERENCE,
    /** Dropout drops, batch normalisation takes the batch's statistics and updates the moving ones. */
    TRAINING
}
