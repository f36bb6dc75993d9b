package dev.convoy.cli;

import dev.convoy.graph.OpSet;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;

/** A backend {@code broken} that says it can run and then cannot be made. */
public final class BrokenProvider implements BackendProvider {

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public int opSetVersion() {
        return OpSet.VERSION;
    }

    @Override
    public int priority(Purpose purpose) {
        return -2000;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("nothing");
    }

    @Override
    public Backend create(BackendOptions options) {
        throw new BackendException("the device is gone");
    }
}
