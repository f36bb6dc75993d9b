package dev.convoy.onnx.lowering;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.OpSet;
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
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Just enough of a backend to run the cases of the conformance kit on what the lowering writes. */
final class OrtBackend implements BackendProvider, Backend {

    private final Target target;

    OrtBackend(Target target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "lowering";
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
        return new Availability.Available("ONNX Runtime");
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
    public boolean acceptsNamedDimensions() {
        return true;
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
        OnnxProgram program = OnnxLowering.lower(graph, "case", target, Map.of());
        return new Executable() {
            @Override
            public Signature signature() {
                return Signature.of(graph);
            }

            @Override
            public Session open() {
                return session(graph, program);
            }

            @Override
            public Session open(State state) {
                throw new UnsupportedOperationException("frozen graphs only");
            }

            @Override
            public void close() {}
        };
    }

    private static Session session(Graph graph, OnnxProgram program) {
        OrtSession session;
        try {
            session = OrtEnvironment.getEnvironment()
                    .createSession(program.model().toByteArray());
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + graph, e);
        }
        return new Session() {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> fetch) {
                try {
                    return OrtBackend.run(session, graph, program, inputs);
                } catch (OrtException e) {
                    throw new IllegalStateException(e.getMessage() + "\n" + graph, e);
                }
            }

            @Override
            public void close() {
                try {
                    session.close();
                } catch (OrtException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static Map<String, Tensor> run(
            OrtSession session, Graph graph, OnnxProgram program, Map<String, Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            fed.put(program.inputs().get(input.getKey()), OrtTensors.of(input.getValue()));
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(fed)) {
            for (Map.Entry<String, String> output : program.outputs().entrySet()) {
                TensorSpec spec = graph.outputs().get(output.getKey()).spec();
                OnnxTensor tensor = (OnnxTensor) result.get(output.getValue()).orElseThrow();
                outputs.put(output.getKey(), OrtTensors.read(tensor, spec.type()));
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    /** Whether ONNX Runtime's Java API can take a tensor of the type in and give one out. */
    static boolean carries(DataType type) {
        return OrtTensors.TYPES.containsKey(type);
    }
}
