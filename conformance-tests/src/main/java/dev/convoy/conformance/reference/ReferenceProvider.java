package dev.convoy.conformance.reference;

import dev.convoy.graph.Layout;
import dev.convoy.graph.OpSet;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;

/**
 * Makes the backend {@code reference}, which runs everything on the {@link ReferenceInterpreter}, slowly. Not registered
 * for ServiceLoader: it is an oracle, not a choice.
 *
 * @param layout the layout it asks for; it understands both
 */
public record ReferenceProvider(Layout layout) implements BackendProvider {

    /** A provider of the channels-last reference backend. */
    public ReferenceProvider() {
        this(Layout.CHANNELS_LAST);
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int opSetVersion() {
        return OpSet.VERSION;
    }

    @Override
    public int priority(Purpose purpose) {
        return -1000;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("interpreter in double");
    }

    @Override
    public Backend create(BackendOptions options) {
        return new ReferenceBackend(layout);
    }
}
