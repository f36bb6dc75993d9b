package dev.convoy.data.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a tar archive, compressed with gzip or not. */
record TarFiles(Path path, boolean compressed) implements FileSource {

    @Override
    public Listing list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ArchiveInput in = ArchiveInput.open(path, compressed)) {
            TarReader reader = new TarReader(in);
            for (TarReader.File file = reader.next(); file != null; file = reader.next()) {
                entries.add(new Entry(file.name(), file.size()));
            }
            return new Listing(entries, reader.notes());
        }
    }

    @Override
    public void read(Choice choice, Sink sink) throws IOException {
        try (ArchiveInput in = ArchiveInput.open(path, compressed)) {
            TarReader reader = new TarReader(in);
            for (TarReader.File file = reader.next(); file != null; file = reader.next()) {
                if (choice.wants(new Entry(file.name(), file.size()))) {
                    if (file.size() > Integer.MAX_VALUE - 8) {
                        throw in.broken(
                                file.position(),
                                "'" + file.name() + "' has " + file.size() + " bytes, more than 2 GiB");
                    }
                    sink.accept(file.name(), reader.content());
                }
            }
        }
    }
}
