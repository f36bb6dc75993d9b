package dev.convoy.spi;

/**
 * Finds out whether a backend can run here, and makes it. Found by {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/dev.convoy.spi.BackendProvider}.
 *
 * <p>A provider loads no native library and no optional module in its constructor; nothing but
 * {@link #create} may throw.
 */
public interface BackendProvider {

    /** The name users choose it by, {@code cpu} for example: lower-case letters, digits and hyphens. */
    String name();

    /** The {@link dev.convoy.graph.OpSet#VERSION} it was written for. */
    int opSetVersion();

    /** The available provider with the highest priority for a purpose is taken when none is named. */
    int priority(Purpose purpose);

    /** Whether it can run here; cheap enough to ask every provider. */
    Availability availability();

    /**
     * @throws BackendException if the backend cannot be made
     */
    Backend create(BackendOptions options);

    /**
     * The same, knowing what the backend is for; by default that makes no difference. What it computes does not depend on
     * it.
     *
     * @throws BackendException if the backend cannot be made
     */
    default Backend create(Purpose purpose, BackendOptions options) {
        return create(options);
    }
}
