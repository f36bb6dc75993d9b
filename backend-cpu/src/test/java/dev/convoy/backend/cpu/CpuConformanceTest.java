package dev.convoy.backend.cpu;

import dev.convoy.conformance.BackendConformance;
import dev.convoy.spi.BackendProvider;

/** The CPU backend passes the conformance kit. */
class CpuConformanceTest extends BackendConformance {

    @Override
    protected BackendProvider provider() {
        return new CpuBackendProvider();
    }
}
