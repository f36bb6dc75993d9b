package dev.convoy.backend.onnx;

import dev.convoy.spi.Availability;
import java.util.Optional;

/** ONNX Runtime's jar and native library: whether they are there and whole. Works where the jar is missing. */
final class OrtLibrary {

    /** The release that the conformance kit was run on. */
    static final String VERSION = "1.29.0";

    private static final String ARTIFACT = "com.microsoft.onnxruntime:onnxruntime:" + VERSION;
    private static final String GPU_REMEDY = "put com.microsoft.onnxruntime:onnxruntime_gpu:" + VERSION
            + " in the place of the onnxruntime jar (never both), with an NVIDIA driver, CUDA 12 and cuDNN 9 installed;"
            + " or compute on the CPU with " + ExecutionProvider.PROPERTY + "=cpu";

    private OrtLibrary() {}

    /** Made on first use, which loads the native library; whatever that throws is kept instead. */
    private static final class Loaded {

        static final Optional<Availability.Unavailable> REFUSAL = load();

        private static Optional<Availability.Unavailable> load() {
            try {
                Class.forName("ai.onnxruntime.OrtEnvironment", false, OrtLibrary.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                return refusal("the jar of ONNX Runtime is not on the class path", "add " + ARTIFACT);
            }
            Optional<String> fault = NativeLibrary.fault();
            if (fault.isPresent()) {
                return refusal(fault.get(), "replace the jar by an unharmed " + ARTIFACT);
            }
            try {
                OrtRuntime.start();
                return Optional.empty();
            } catch (Exception | LinkageError e) {
                return refusal(
                        "ONNX Runtime's native library does not load: " + cause(e),
                        "replace the jar by an unharmed " + ARTIFACT + ", and make "
                                + System.getProperty("java.io.tmpdir") + " writable, where it is unpacked");
            }
        }

        private static Optional<Availability.Unavailable> refusal(String reason, String remedy) {
            return Optional.of(new Availability.Unavailable(reason, remedy));
        }
    }

    /** The innermost message of a failure to load. */
    private static String cause(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.toString() : message;
    }

    /**
     * Whether the backend can run; never throws.
     *
     * @param asked the name of an {@link ExecutionProvider}
     */
    static Availability availability(String asked) {
        Optional<ExecutionProvider> provider = ExecutionProvider.named(asked);
        if (provider.isEmpty()) {
            return new Availability.Unavailable(
                    "'" + asked + "' is no execution provider",
                    "set " + ExecutionProvider.PROPERTY + " to one of " + ExecutionProvider.labels());
        }
        if (Loaded.REFUSAL.isPresent()) {
            return Loaded.REFUSAL.get();
        }
        return switch (provider.get()) {
            case CPU -> available("CPU");
            case CUDA -> cuda();
        };
    }

    private static Availability available(String device) {
        return new Availability.Available("ONNX Runtime " + OrtRuntime.version() + ", " + device);
    }

    private static Availability cuda() {
        try {
            if (!OrtRuntime.isBuiltForCuda()) {
                return new Availability.Unavailable(
                        "CUDA is asked for, and this build of ONNX Runtime is for the CPU", GPU_REMEDY);
            }
            OrtRuntime.startCuda();
            return available("CUDA");
        } catch (Exception | LinkageError e) {
            return new Availability.Unavailable("CUDA does not start: " + cause(e), GPU_REMEDY);
        }
    }
}
