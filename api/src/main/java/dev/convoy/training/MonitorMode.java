package dev.convoy.training;

/** Which way a monitored value gets better (Keras' {@code mode}). */
public enum MonitorMode {
    /** As the metric says; the loss gets better as it gets smaller. */
    AUTO,
    /** Smaller is better. */
    MIN,
    /** Larger is better. */
    MAX
}
