package dev.convoy.cli;

import dev.convoy.graph.OpSet;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;

/** A backend {@code absent} whose device is nowhere. */
public final class AbsentProvider implements BackendProvider {

    @Override
    public String name() {
        return "absent";
    }

    @Override
    public int opSetVersion() {
        return OpSet.VERSION;
    }

    @Override
    public int priority(Purpose purpose) {
        return 1000;
    }

    @Override
    public Availability availability() {
        return new Availability.Unavailable("libabsent.so not found", "install it");
    }

    @Override
    public Backend create(BackendOptions options) {
        throw new BackendException("libabsent.so not found");
    }
}
