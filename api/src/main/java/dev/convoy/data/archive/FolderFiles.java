package dev.convoy.data.archive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The files below a folder. A link to a file that is below it too is that file; other links are left out. */
record FolderFiles(Path root) implements FileSource {

    @Override
    public Listing list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Path real = root.toRealPath();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = name(real, file);
                if (attributes.isRegularFile()) {
                    entries.add(new Entry(name, attributes.size()));
                } else if (attributes.isSymbolicLink() && staysInside(real, file)) {
                    entries.add(new Entry(name, Files.size(file)));
                } else {
                    notes.add((attributes.isSymbolicLink() ? "link '" : "device '") + name + "' is not followed");
                }
                if (entries.size() > MOST_FILES) {
                    throw new ArchiveException(
                            root.toString(), 0, "there are more than " + MOST_FILES + " files", "split the folder");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        entries.sort(Comparator.comparing(Entry::name));
        return new Listing(entries, notes);
    }

    private static boolean staysInside(Path real, Path link) throws IOException {
        if (!Files.isRegularFile(link)) {
            return false;
        }
        return link.toRealPath().startsWith(real);
    }

    private static String name(Path real, Path file) {
        return StreamSupport.stream(real.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    @Override
    public void read(Choice choice, Sink sink) throws IOException {
        for (Entry entry : list().entries()) {
            if (choice.wants(entry)) {
                byte[] content;
                try {
                    content = Files.readAllBytes(root.resolve(entry.name()));
                } catch (IOException e) {
                    sink.unreadable(entry.name(), e);
                    continue;
                }
                sink.accept(entry.name(), content);
            }
        }
    }
}
