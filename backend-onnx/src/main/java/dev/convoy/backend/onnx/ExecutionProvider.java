package dev.convoy.backend.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where ONNX Runtime computes; its name in lower case is what users write. */
enum ExecutionProvider {
    CPU,
    /** NVIDIA GPUs, by the jar {@code onnxruntime_gpu}, which is built for CUDA 12 and cuDNN 9. */
    CUDA;

    /** The system property that names one. */
    static final String PROPERTY = "convoy.onnx.provider";

    /** The name among {@link dev.convoy.spi.BackendOptions#settings}. */
    static final String SETTING = "provider";

    /** What is asked for: the setting, else the property, else {@code cpu}. */
    static String asked(Map<String, String> settings) {
        @Nullable String setting = settings.get(SETTING);
        return setting != null ? setting : System.getProperty(PROPERTY, CPU.label());
    }

    static Optional<ExecutionProvider> named(String name) {
        return Arrays.stream(values()).filter(p -> p.label().equals(name)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(ExecutionProvider::label).collect(Collectors.joining(", "));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
