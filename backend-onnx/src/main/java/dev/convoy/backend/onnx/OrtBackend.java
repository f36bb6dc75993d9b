package dev.convoy.backend.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.onnx.lowering.LoweringException;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.onnx.lowering.OnnxProgram;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Parameters;

/** The backend {@code onnx}: channels first, whole graphs, any batch size. */
final class OrtBackend implements Backend {

    static final String NAME = "onnx";

    private final Lifecycle lifecycle = new Lifecycle("this backend");
    private final ExecutionProvider provider;
    private final int threads;

    OrtBackend(ExecutionProvider provider, int threads) {
        this.provider = provider;
        this.threads = threads;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String device() {
        return "ONNX Runtime " + OrtRuntime.version() + ", " + provider;
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
        return OrtSupport.of(graph);
    }

    @Override
    public Executable compile(Graph graph) {
        lifecycle.check();
        Support support = check(graph);
        if (!support.isFull()) {
            throw new BackendException("Backend '" + NAME + "' cannot run this graph: " + support.problems());
        }
        try (SessionOptions options = OrtRuntime.options(provider, threads)) {
            OnnxProgram lowered = OnnxLowering.lower(graph);
            OrtSession session = OrtRuntime.environment()
                    .createSession(Exchange.adapt(graph, lowered).toByteArray(), options);
            Program program = Program.of(Signature.of(graph), lowered);
            return lifecycle.adopt(new OrtExecutable(this, program, session));
        } catch (LoweringException e) {
            throw new BackendException("Backend '" + NAME + "' cannot compile this graph: " + e.getMessage(), e);
        } catch (OrtException e) {
            throw Failures.of("compile this graph", e);
        }
    }

    @Override
    public State state(Parameters parameters) {
        lifecycle.check();
        return lifecycle.adopt(new OrtState(this, parameters));
    }

    void forget(Lifecycle.Closing child) {
        lifecycle.forget(child);
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
