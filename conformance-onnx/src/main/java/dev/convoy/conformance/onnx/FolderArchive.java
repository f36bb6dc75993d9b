package dev.convoy.conformance.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A folder; links in it are not followed. */
final class FolderArchive extends TestArchive {

    /** How many folders may lie in one another. */
    private static final int DEEPEST = 16;

    private final Path root;
    private final SortedSet<String> files = new TreeSet<>();

    FolderArchive(Path path) throws IOException {
        super(path.toRealPath().toString());
        this.root = path.toRealPath();
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void add(Path file) throws TestArchiveException {
        if (files.size() == MOST_FILES) {
            throw new TestArchiveException("'" + root + "' has more files than the limit of " + MOST_FILES);
        }
        files.add(StreamSupport.stream(root.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/")));
    }

    @Override
    public SortedSet<String> files() {
        return Collections.unmodifiableSortedSet(files);
    }

    @Override
    long size(String file) throws IOException {
        return Files.size(root.resolve(file));
    }

    @Override
    InputStream stream(String file) throws IOException {
        return Files.newInputStream(root.resolve(file));
    }

    @Override
    public void close() {}
}
