package dev.convoy.backend.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Lifecycle;
import dev.convoy.spi.Session;
import dev.convoy.spi.Signature;
import dev.convoy.spi.State;
import org.jspecify.annotations.Nullable;

/** A graph as one session of ONNX Runtime, which any number of threads may run. */
final class OrtExecutable implements Executable, Lifecycle.Closing {

    private final OrtBackend backend;
    private final Program program;
    private final OrtSession session;
    private final Lifecycle lifecycle = new Lifecycle("this executable");
    private final Lease lease = new Lease("this executable", this::free);

    OrtExecutable(OrtBackend backend, Program program, OrtSession session) {
        this.backend = backend;
        this.program = program;
        this.session = session;
    }

    @Override
    public Signature signature() {
        return program.signature();
    }

    @Override
    public Session open() {
        signature().requireFrozen();
        return adopt(null);
    }

    @Override
    public Session open(State state) {
        if (!(state instanceof OrtState mine)) {
            throw new IllegalArgumentException(
                    "The state belongs to another backend; make it with '" + backend.name() + "'");
        }
        mine.verify(backend, signature());
        return adopt(mine);
    }

    private Session adopt(@Nullable OrtState state) {
        lease.acquire();
        return lifecycle.adopt(new OrtRun(this, program, state));
    }

    /** What a session runs; there until the session has called {@link #release}. */
    OrtSession session() {
        return session;
    }

    /** Gives up what a session was opened with. */
    void release() {
        lease.release();
    }

    void forget(OrtRun run) {
        lifecycle.forget(run);
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw Failures.of("close a session", e);
        }
    }

    @Override
    public void close() {
        if (lifecycle.close()) {
            lease.close();
            backend.forget(this);
        }
    }
}
