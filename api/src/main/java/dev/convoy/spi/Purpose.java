package dev.convoy.spi;

/** What a backend is wanted for; a provider's priority may differ between them. */
public enum Purpose {
    PREDICT,
    TRAIN
}
