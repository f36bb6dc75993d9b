package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Groups and datasets that are to be written. */
sealed interface Hdf5Tree {

    /** A dataset; float32 or int32. */
    record Data(Tensor tensor) implements Hdf5Tree {}

    /** A group, with an attribute {@code name} if it was given one. */
    final class Group implements Hdf5Tree {

        private final SequencedMap<String, Hdf5Tree> members = new LinkedHashMap<>();
        private @Nullable String name;

        SequencedMap<String, Hdf5Tree> members() {
            return members;
        }

        @Nullable
        String name() {
            return name;
        }

        void name(String newName) {
            name = newName;
        }

        /** The group at a path below this one, made if it is not there. */
        Group at(String path) {
            Group group = this;
            for (String step : path.split("/")) {
                Hdf5Tree next = group.members.computeIfAbsent(step, s -> new Group());
                if (!(next instanceof Group inner)) {
                    throw new IllegalArgumentException("'" + step + "' in '" + path + "' is a dataset");
                }
                group = inner;
            }
            return group;
        }

        void put(String key, Tensor tensor) {
            members.put(key, new Data(tensor));
        }
    }
}
