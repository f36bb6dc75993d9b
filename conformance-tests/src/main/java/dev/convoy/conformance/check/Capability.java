package dev.convoy.conformance.check;

/** What every backend is taken to be capable of until its {@link Profile} says otherwise. */
public enum Capability {
    /** Results have the same bits whatever {@link dev.convoy.spi.BackendOptions#threads} says. */
    SAME_BITS_FOR_ANY_THREAD_COUNT,
    /** Two runs on the same inputs give the same bits. */
    SAME_BITS_EVERY_RUN
}
