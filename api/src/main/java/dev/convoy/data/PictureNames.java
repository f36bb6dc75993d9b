package dev.convoy.data;

import dev.convoy.data.archive.FileSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The names of the pictures in a folder or archive, as Keras' {@code image_dataset_from_directory} finds and sorts them:
 * by folder, then by file name, in the order of code points. Hidden files and folders are passed over.
 *
 * @param names sorted
 * @param root what they all start with and that says nothing: empty, or ending in a slash
 */
record PictureNames(List<String> names, String root) {

    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
    private static final Set<String> PARTS =
            Set.of("train", "training", "val", "valid", "validation", "test", "testing");

    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    private static final Comparator<String> KERAS =
            Comparator.comparing(PictureNames::folder, BY_CODE_POINT).thenComparing(PictureNames::file, BY_CODE_POINT);

    static PictureNames of(List<FileSource.Entry> entries) {
        List<String> names = new ArrayList<>(entries.stream()
                .map(FileSource.Entry::name)
                .filter(PictureNames::isPicture)
                .sorted(KERAS)
                .toList());
        return new PictureNames(names, root(names));
    }

    private static boolean isPicture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean hidden = name.startsWith(".") || name.contains("/.") || (name + "/").startsWith("__MACOSX/");
        return !hidden && ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** Archives often have one folder that holds all: passed over while folders with pictures lie in it. */
    private static String root(List<String> names) {
        String root = "";
        while (!names.isEmpty()) {
            String first = names.getFirst().substring(root.length());
            int slash = first.indexOf('/');
            if (slash < 0 || isPart(first.substring(0, slash))) {
                return root;
            }
            String inner = root + first.substring(0, slash + 1);
            if (!names.stream().allMatch(name -> name.startsWith(inner) && name.indexOf('/', inner.length()) > 0)) {
                return root;
            }
            root = inner;
        }
        return root;
    }

    private static boolean isPart(String folder) {
        return PARTS.contains(folder.toLowerCase(Locale.ROOT));
    }

    static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String file(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The folders {@code train}, {@code test} and the like, if there are no others; sorted. */
    List<String> parts() {
        Set<String> top = new TreeSet<>(BY_CODE_POINT);
        names.forEach(name -> top.add(top(name)));
        return top.stream().allMatch(PictureNames::isPart) ? List.copyOf(top) : List.of();
    }

    /** The first folder below the root, or empty for a file there. */
    private String top(String name) {
        int slash = name.indexOf('/', root.length());
        return slash < 0 ? "" : name.substring(root.length(), slash);
    }

    /** The class that a picture is of by its folder below the root or the part; empty for none. */
    String classFolder(String name, List<String> parts) {
        if (parts.isEmpty()) {
            return top(name);
        }
        int from = root.length() + top(name).length() + 1;
        int slash = name.indexOf('/', from);
        return slash < 0 ? "" : name.substring(from, slash);
    }

    /** The names of one part. */
    Predicate<String> in(String part) {
        return name -> top(name).equals(part);
    }

    static List<String> sorted(Set<String> classes) {
        return classes.stream().sorted(BY_CODE_POINT).toList();
    }
}
