package dev.convoy.backend.onnx;

import dev.convoy.conformance.BackendConformance;
import dev.convoy.spi.BackendProvider;
import java.util.Map;

/** The kit; skipped only where ONNX Runtime has no library for the machine. */
class OrtConformanceTest extends BackendConformance {

    @Override
    protected BackendProvider provider() {
        return new OrtBackendProvider();
    }

    @Override
    protected Map<String, String> knownFailures() {
        return Map.of();
    }
}
