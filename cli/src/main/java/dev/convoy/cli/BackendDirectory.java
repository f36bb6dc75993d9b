package dev.convoy.cli;

import dev.convoy.spi.Backends;
import java.util.List;

/** The backend providers that there are. */
@FunctionalInterface
interface BackendDirectory {

    /** Every provider, available or not; see {@link Backends#find}. */
    List<Backends.Found> find();
}
