package dev.convoy.spi;

/** A compiled graph: immutable and thread-safe; weights are packed and shared by all its sessions. */
public interface Executable extends AutoCloseable {

    Signature signature();

    /** What it runs; one step for a backend that does not tell. */
    default Plan plan() {
        return Plan.of(signature());
    }

    /**
     * Opens a session of a frozen graph.
     *
     * @throws IllegalStateException if the graph has parameters, or this is closed
     */
    Session open();

    /**
     * Opens a session on a state that holds the graph's parameters.
     *
     * @throws IllegalArgumentException if the state lacks a parameter, or is another backend's
     * @throws IllegalStateException if either is closed
     */
    Session open(State state);

    /** Closes every session it opened. */
    @Override
    void close();
}
