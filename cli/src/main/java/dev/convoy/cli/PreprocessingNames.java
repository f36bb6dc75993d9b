package dev.convoy.cli;

import dev.convoy.data.Preprocessing;
import java.util.Iterator;

/** The names of preprocessings, for help and completion. */
final class PreprocessingNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Preprocessing.names().iterator();
    }
}
