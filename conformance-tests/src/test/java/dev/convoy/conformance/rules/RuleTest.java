package dev.convoy.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.Window;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each numbered rule in the Javadoc of a core op is held, and what breaks it gets a message that names it. */
class RuleTest {

    static Stream<Violation> violations() {
        return Violations.all();
    }

    @ParameterizedTest
    @MethodSource("violations")
    void breakingARuleNamesIt(Violation violation) {
        GraphException e = assertThrows(GraphException.class, violation.attempt()::make);
        String message = String.valueOf(e.getMessage());
        assertAll(
                () -> assertEquals(violation.rule(), e.rule(), message),
                () -> assertTrue(message.endsWith("[" + violation.rule() + "]"), message),
                () -> assertTrue(message.contains("expected ") && message.contains(", got "), message));
    }

    @Test
    void everyRuleIsBrokenOnce() throws IOException {
        Set<String> documented = new TreeSet<>(OpSources.rules(Window.class));
        for (Class<?> op : OpSources.coreOps()) {
            documented.addAll(OpSources.rules(op));
        }
        Set<String> broken = Violations.all().map(Violation::rule).collect(Collectors.toCollection(TreeSet::new));
        OpCases.all().stream()
                .filter(c -> c.expectation() instanceof OpCase.Expectation.Failure)
                .forEach(c -> broken.add(c.op().key() + "." + c.rule()));
        // a constant has no numbered rule: that it takes no operand goes without saying
        broken.remove("constant.C1");
        assertEquals(documented, broken);
    }

    @Test
    void aMessageNamesTheLayer() {
        Violation violation = Violations.all()
                .filter(v -> v.toString().equals("convolution.C3/3 channels against 2"))
                .findFirst()
                .orElseThrow();
        GraphException e = assertThrows(GraphException.class, violation.attempt()::make);
        assertEquals(
                "Convolution in layer 'block1/layer': input channels = groups × input channels per group of the"
                        + " kernel; expected 1 × 2, got 3 (input float32[1, 4, 4, 3], float32[2, 2, 2, 1];"
                        + " Convolution[window=size [2, 2], groups=1, layout=CHANNELS_LAST]). [convolution.C3]",
                e.getMessage());
    }
}
