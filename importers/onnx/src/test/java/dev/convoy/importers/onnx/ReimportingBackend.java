package dev.convoy.importers.onnx;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.OpSet;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.onnx.lowering.OnnxProgram;
import dev.convoy.onnx.lowering.Target;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Purpose;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes each graph to a file as an exporter does, reads the file, and runs what comes back on the CPU. */
final class ReimportingBackend implements BackendProvider, Backend {

    private final Path folder;
    private final Backend cpu;

    ReimportingBackend(Path folder, Backend cpu) {
        this.folder = folder;
        this.cpu = cpu;
    }

    @Override
    public String name() {
        return "reimporting";
    }

    @Override
    public int opSetVersion() {
        return OpSet.VERSION;
    }

    @Override
    public int priority(Purpose purpose) {
        return 0;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("through a file");
    }

    @Override
    public Backend create(BackendOptions options) {
        return this;
    }

    @Override
    public Layout layout() {
        return OnnxLowering.LAYOUT;
    }

    @Override
    public boolean claims(Node composite) {
        return OnnxLowering.claims(composite);
    }

    @Override
    public Support check(Graph graph) {
        return new Support(graph.nodes().stream()
                .flatMap(n -> OnnxLowering.refusal(n).map(r -> new Support.Problem(n, r)).stream())
                .toList());
    }

    @Override
    public State state(Parameters parameters) {
        throw new UnsupportedOperationException("frozen graphs only");
    }

    @Override
    public void close() {}

    @Override
    public Executable compile(Graph graph) {
        OnnxProgram program = OnnxLowering.lower(graph, "case", Target.FILE, Map.of());
        Model model;
        try {
            Path file = Files.write(folder.resolve("case.onnx"), program.model().toByteArray());
            model = Models.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Executable() {
            @Override
            public Signature signature() {
                return Signature.of(graph);
            }

            @Override
            public Session open() {
                return session(Predictor.of(model, cpu), program);
            }

            @Override
            public Session open(State state) {
                throw new UnsupportedOperationException("frozen graphs only");
            }

            @Override
            public void close() {}
        };
    }

    private static Session session(Predictor predictor, OnnxProgram program) {
        return new Session() {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
                Map<String, Tensor> named = new HashMap<>();
                inputs.forEach((name, tensor) -> named.put(program.inputs().get(name), tensor));
                Map<String, Tensor> results = predictor.predict(named);
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                program.outputs().forEach((name, written) -> outputs.put(name, results.get(written)));
                return outputs;
            }

            @Override
            public void close() {
                predictor.close();
            }
        };
    }
}
