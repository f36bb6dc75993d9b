package dev.convoy.cli;

import dev.convoy.models.ImportException;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Summary;
import dev.convoy.tensor.TensorSpec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code convoy inspect}: what is in a model file, or everything that is wrong with it. */
@Command(
        name = "inspect",
        description = "Prints a model's layers and parameters, or every problem that stands in the way of loading it.")
final class InspectCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Terminal terminal;

    @Inject
    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ImportReport report = Models.inspect(model.source(), model.importOptions());
        Model loaded = null;
        if (report.isLoadable()) {
            try {
                loaded = model.load();
            } catch (ImportException e) {
                report = e.report();
            }
        }
        if (json) {
            terminal.out()
                    .println(JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(document(report, loaded)));
        } else {
            print(report, loaded);
        }
        return loaded == null ? Main.PROBLEMS : 0;
    }

    private void print(ImportReport report, @Nullable Model loaded) {
        terminal.out().println(report);
        if (loaded != null) {
            report.notes().forEach(note -> terminal.out().println("  " + note));
            loaded.inputs().forEach((name, spec) -> terminal.out().println("input  " + name + ": " + spec));
            loaded.outputs().forEach((name, spec) -> terminal.out().println("output " + name + ": " + spec));
            terminal.out().print(loaded.summary());
        }
    }

    private static Map<String, Object> document(ImportReport report, @Nullable Model loaded) {
        SequencedMap<String, Object> document = new LinkedHashMap<>();
        document.put("source", report.source());
        document.put("format", report.format());
        document.put("loadable", loaded != null);
        document.put("problems", report.problems());
        document.put("notes", report.notes());
        if (loaded != null) {
            Summary summary = loaded.summary();
            document.put("name", loaded.name());
            document.put("inputs", specs(loaded.inputs()));
            document.put("outputs", specs(loaded.outputs()));
            document.put(
                    "layers", summary.rows().stream().map(InspectCommand::layer).toList());
            document.put("trainableParameters", summary.trainable());
            document.put("nonTrainableParameters", summary.nonTrainable());
        }
        return document;
    }

    private static List<Map<String, Object>> specs(SequencedMap<String, TensorSpec> specs) {
        return specs.entrySet().stream()
                .map(e -> ordered(
                        "name", e.getKey(),
                        "type", e.getValue().type().label(),
                        "shape",
                                e.getValue().shape().dims().stream()
                                        .map(Object::toString)
                                        .toList()))
                .toList();
    }

    private static Map<String, Object> layer(Summary.Row row) {
        return ordered(
                "name", row.name(),
                "class", row.className(),
                "outputs", row.outputs().stream().map(Object::toString).toList(),
                "parameters", row.parameters(),
                "inputs", row.inputs());
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
