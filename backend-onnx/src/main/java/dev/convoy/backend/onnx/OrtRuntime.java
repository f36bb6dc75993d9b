package dev.convoy.backend.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;

/** ONNX Runtime's one environment in this JVM, which is never closed. */
final class OrtRuntime {

    private OrtRuntime() {}

    /** Loads the native library. */
    static void start() throws OrtException {
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnvironment.DEFAULT_NAME)
                .setTelemetry(false);
    }

    /** What {@link #start} made. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }

    static String version() {
        return environment().getVersion();
    }

    static boolean isBuiltForCuda() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    /** Loads what CUDA needs, for the trial. */
    static void startCuda() throws OrtException {
        options(ExecutionProvider.CUDA, 0).close();
    }

    /**
     * @param threads within an op; 0 for one per physical core
     */
    static SessionOptions options(ExecutionProvider provider, int threads) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            }
            switch (provider) {
                case CPU -> {}
                case CUDA -> options.addCUDA();
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }
}
