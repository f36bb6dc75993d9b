package dev.convoy.cli;

import dev.convoy.data.Npy;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy run}: a model on NumPy arrays. */
@Command(
        name = "run",
        description = "Runs a model on NumPy arrays and writes its outputs as NumPy arrays.",
        footer = {"", "Example:", "  convoy run model.keras --input x.npy --output y.npy"})
final class RunCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--input",
            required = true,
            paramLabel = "[NAME=]FILE.npy",
            description = "An input; those without a name are taken in the model's order.")
    private List<String> inputs = List.of();

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE.npy|FOLDER",
            description = "A file for the one output, or a folder for <index>_<name>.npy of each.")
    private Path output;

    @Mixin
    private final BackendOption backend = new BackendOption();

    private final Terminal terminal;

    @Inject
    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Model loaded = model.load();
        boolean folder = isFolder(loaded);
        Map<String, Tensor> tensors = read(loaded);
        try (Predictor predictor = backend.predictor(loaded)) {
            write(predictor.predict(tensors), folder);
        }
        return 0;
    }

    private boolean isFolder(Model loaded) {
        boolean folder = Files.isDirectory(output) || !output.toString().endsWith(".npy");
        if (!folder && loaded.outputs().size() > 1) {
            throw new UserError(
                    "Model '" + loaded.name() + "' has " + loaded.outputs().size() + " outputs, "
                            + loaded.outputs().keySet() + ". Remedy: name a folder with --output");
        }
        return folder;
    }

    private Map<String, Tensor> read(Model loaded) throws IOException {
        Map<String, Path> files = files(loaded);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, TensorSpec> declared : loaded.inputs().entrySet()) {
            Path file = files.get(declared.getKey());
            if (file == null) {
                throw new UserError("Input '" + declared.getKey() + "' of model '" + loaded.name()
                        + "' is missing. Remedy: give one --input for each of " + loaded.inputs());
            }
            Tensor tensor = Npy.read(file);
            Tensor converted = Conversion.to(declared.getValue().type(), tensor);
            if (converted.type() != tensor.type()) {
                terminal.err()
                        .println("convoy: input '" + declared.getKey() + "' is converted from " + tensor.type() + " to "
                                + converted.type());
            }
            tensors.put(declared.getKey(), converted);
        }
        return tensors;
    }

    /** Which file is which input: named ones first, the others in the model's order. */
    private Map<String, Path> files(Model loaded) {
        Map<String, Path> files = new HashMap<>();
        List<String> unnamed = new ArrayList<>();
        for (String input : inputs) {
            int equals = input.indexOf('=');
            String name = equals < 0 ? "" : input.substring(0, equals);
            if (loaded.inputs().containsKey(name)) {
                if (files.put(name, Path.of(input.substring(equals + 1))) != null) {
                    throw new UserError("Input '" + name + "' is given twice. Remedy: give it once");
                }
            } else if (equals > 0 && !Files.exists(Path.of(input))) {
                throw new UserError("Model '" + loaded.name() + "' has no input '" + name + "'. Remedy: name one of "
                        + loaded.inputs());
            } else {
                unnamed.add(input);
            }
        }
        Iterator<String> free = loaded.inputs().keySet().stream()
                .filter(name -> !files.containsKey(name))
                .toList()
                .iterator();
        for (String input : unnamed) {
            if (!free.hasNext()) {
                throw new UserError("Model '" + loaded.name() + "' has no input left for '" + input
                        + "'. Remedy: give one --input for each of " + loaded.inputs());
            }
            files.put(free.next(), Path.of(input));
        }
        return files;
    }

    private void write(SequencedMap<String, Tensor> results, boolean folder) throws IOException {
        if (folder) {
            Files.createDirectories(output);
        }
        int index = 0;
        for (Map.Entry<String, Tensor> result : results.entrySet()) {
            Path file = folder ? output.resolve(fileName(index, result.getKey())) : output;
            Npy.write(file, result.getValue());
            terminal.out().println(result.getKey() + ": " + result.getValue().spec() + " -> " + file);
            index++;
        }
    }

    /** Names of outputs may hold anything, {@code block/conv:0} for example. */
    static String fileName(int index, String output) {
        return index + "_" + output.replaceAll("[^A-Za-z0-9._-]", "_") + ".npy";
    }
}
