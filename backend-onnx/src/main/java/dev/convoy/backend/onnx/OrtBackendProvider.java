package dev.convoy.backend.onnx;

import dev.convoy.spi.Availability;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.BackendProvider;
import dev.convoy.spi.Purpose;
import java.util.Map;

/**
 * The backend {@code onnx}: each graph as one session of ONNX Runtime. {@link BackendOptions#threads} is the number of
 * threads within an op, 0 for ONNX Runtime's own choice.
 *
 * <p>The setting {@value ExecutionProvider#SETTING}, else the system property {@value ExecutionProvider#PROPERTY}, says
 * where it computes: {@code cpu} (the default) or {@code cuda}. CUDA needs the jar {@code onnxruntime_gpu} in the place of
 * {@code onnxruntime}, never both, and CUDA 12 with cuDNN 9 on the machine; CUDA 13 does not do.
 */
public final class OrtBackendProvider implements BackendProvider {

    /** The op set whose ops the lowering knows. */
    private static final int OP_SET = 1;

    @Override
    public String name() {
        return OrtBackend.NAME;
    }

    @Override
    public int opSetVersion() {
        return OP_SET;
    }

    @Override
    public int priority(Purpose purpose) {
        return switch (purpose) {
            case PREDICT -> 20;
            case TRAIN -> 10;
        };
    }

    /** Loads ONNX Runtime's native library, once per JVM; whatever fails at that is the reason. */
    @Override
    public Availability availability() {
        return OrtLibrary.availability(ExecutionProvider.asked(Map.of()));
    }

    @Override
    public Backend create(BackendOptions options) {
        String asked = ExecutionProvider.asked(options.settings());
        if (OrtLibrary.availability(asked) instanceof Availability.Unavailable(String reason, String remedy)) {
            throw new BackendException(
                    "Backend '" + OrtBackend.NAME + "' is not usable: " + reason + ". Remedy: " + remedy);
        }
        return new OrtBackend(ExecutionProvider.named(asked).orElseThrow(), options.threads());
    }
}
