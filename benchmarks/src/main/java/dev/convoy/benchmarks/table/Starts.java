package dev.convoy.benchmarks.table;

import dev.convoy.benchmarks.race.Contestant;
import dev.convoy.benchmarks.race.NewProcess;
import dev.convoy.benchmarks.start.ConvoyStart;
import dev.convoy.benchmarks.start.OnnxRuntimeStart;
import dev.convoy.benchmarks.table.Row.Group;
import dev.convoy.examples.FashionMnistNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whole programs that classify one picture, as they come and with an archive of their classes on either side. */
final class Starts {

    private static final Goal GOAL = new Goal(0.7, 1);

    private Starts() {}

    static void add(List<Row> rows) {
        for (boolean archived : new boolean[] {false, true}) {
            for (String ending : List.of("onnx", "keras")) {
                rows.add(new Row(
                        "start-" + ending + (archived ? "-archived" : ""),
                        Group.START,
                        "JVM start to the end of one Fashion CNN prediction, from ." + ending
                                + (archived ? ", both with an archive of their classes" : ""),
                        GOAL,
                        0,
                        threads -> sides(ending, archived, threads)));
            }
        }
    }

    /** Both load the same network; ONNX Runtime reads ONNX in either case. */
    private static List<Contestant> sides(String ending, boolean archived, int threads) {
        Path ours = saved(ending);
        Path theirs = ending.equals("onnx") ? ours : saved("onnx");
        String count = Integer.toString(threads);
        return List.of(
                new NewProcess(
                        "Convoy",
                        options("--add-modules=jdk.incubator.vector", archived),
                        List.of(ConvoyStart.class.getName(), ours.toString(), count)),
                new NewProcess(
                        "ONNX Runtime",
                        options("--enable-native-access=ALL-UNNAMED", archived),
                        List.of(OnnxRuntimeStart.class.getName(), theirs.toString(), count)));
    }

    /** The first process, which does not count, writes the archive. */
    private static List<String> options(String access, boolean archived) {
        if (!archived) {
            return List.of(access);
        }
        List<String> archive = List.of(
                "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + temporary("classes.jsa"), "-Xlog:cds*=off");
        return Stream.concat(archive.stream(), Stream.of(access)).toList();
    }

    private static Path saved(String ending) {
        Path file = temporary("fashion." + ending);
        FashionMnistNetwork.model().save(file);
        return file;
    }

    private static Path temporary(String name) {
        try {
            Path folder = Files.createTempDirectory("convoy-start");
            Path file = folder.resolve(name);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
