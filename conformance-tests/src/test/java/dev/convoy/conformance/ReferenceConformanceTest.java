package dev.convoy.conformance;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.graph.Layout;
import dev.convoy.spi.BackendProvider;
import org.junit.jupiter.api.Nested;

/** The reference backend passes everything, in both layouts. */
class ReferenceConformanceTest {

    @Nested
    class ChannelsLast extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new ReferenceProvider(Layout.CHANNELS_LAST);
        }
    }

    @Nested
    class ChannelsFirst extends BackendConformance {
        @Override
        protected BackendProvider provider() {
            return new ReferenceProvider(Layout.CHANNELS_FIRST);
        }
    }
}
