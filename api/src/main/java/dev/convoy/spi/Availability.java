package dev.convoy.spi;

/** Whether a backend can run here; a value, so that it can be shown before anything fails. */
public sealed interface Availability {

    /**
     * @param device what it would run on, {@code 2 threads, AVX-512} for example
     */
    record Available(String device) implements Availability {}

    /**
     * @param reason why not, {@code libcuda.so.1 not found} for example
     * @param remedy what the user can do about it
     */
    record Unavailable(String reason, String remedy) implements Availability {}
}
