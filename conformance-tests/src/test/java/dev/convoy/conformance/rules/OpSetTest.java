package dev.convoy.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.Since;
import dev.convoy.graph.UnaryFn;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks over the sealed op set: nothing is without cases, rules, a version and documentation. A new op fails here until all
 * of them exist.
 */
class OpSetTest {

    private static final List<OpCase> CASES = OpCases.all();

    static Stream<Class<?>> coreOps() {
        return OpSources.coreOps().stream();
    }

    @Test
    void theOpSetIsWalkedToItsLeaves() {
        assertTrue(OpSources.coreOps().stream().allMatch(Class::isRecord), OpSources.coreOps()::toString);
        assertEquals(29, OpSources.coreOps().size(), OpSources.coreOps()::toString);
    }

    @ParameterizedTest
    @MethodSource("coreOps")
    void everyOpHasCasesRulesVersionAndJavadoc(Class<?> op) throws IOException {
        List<OpCase> own = CASES.stream().filter(c -> op.isInstance(c.op())).toList();
        boolean byHand = own.stream().anyMatch(c -> c.expectation() instanceof OpCase.Expectation.Results);
        String javadoc = OpSources.javadoc(op).orElse("");
        boolean free = op == ElementwiseOp.Unary.class || op == IndexingOp.Constant.class;
        assertAll(
                () -> assertTrue(byHand, "no case derived by hand; add it to conformance.cases"),
                () -> assertTrue(free || own.size() >= 4, "too few cases: " + own.size()),
                () -> assertFalse(javadoc.isBlank(), "no Javadoc"),
                () -> assertTrue(
                        op == IndexingOp.Constant.class || !OpSources.rules(op).isEmpty(),
                        "no numbered rule in the Javadoc"),
                () -> assertNotNull(op.getAnnotation(Since.class), "no @Since"));
    }

    static Stream<Enum<?>> functions() {
        return Stream.of(
                        UnaryFn.values(),
                        BinaryFn.values(),
                        CompareFn.values(),
                        ReduceFn.values(),
                        ScatterFn.values(),
                        PadMode.values())
                .flatMap(Stream::of);
    }

    /** The function of an op that has one. */
    private static Enum<?> function(Op op) {
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> fn;
            case ElementwiseOp.Binary(BinaryFn fn) -> fn;
            case ElementwiseOp.Compare(CompareFn fn) -> fn;
            case ReductionOp.Reduce reduce -> reduce.fn();
            case IndexingOp.Scatter scatter -> scatter.fn();
            case MovementOp.Pad pad -> pad.mode();
            default -> NoFunction.NONE;
        };
    }

    private enum NoFunction {
        NONE
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionHasCasesAndAVersion(Enum<?> function) throws NoSuchFieldException {
        String key = function.name().toLowerCase(Locale.ROOT);
        List<OpCase> own = CASES.stream()
                .filter(c -> function(c.op()) == function && c.rule().equals(key))
                .toList();
        boolean byHand = own.stream().anyMatch(c -> c.expectation() instanceof OpCase.Expectation.Results);
        assertTrue(byHand, "no case derived by hand");
        assertTrue(own.size() >= 2, () -> "too few cases: " + own);
        boolean ofItsOp = function instanceof ScatterFn || function instanceof PadMode;
        AnnotatedElement constant = function.getDeclaringClass().getField(function.name());
        assertTrue(ofItsOp || constant.isAnnotationPresent(Since.class), "no @Since");
    }

    /** To write the page anew, run this test with {@code -Dconformance.write=true}. */
    @Test
    void thePageOfTheOpSetIsUpToDate() throws IOException {
        Path page = OpSources.root().resolve("docs/op-set.md");
        String generated = OpSetPage.write(CASES);
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(page, generated, StandardCharsets.UTF_8);
        }
        Function<String, String> text = s -> s.replace("\r\n", "\n");
        assertEquals(
                generated,
                text.apply(Files.readString(page)),
                "docs/op-set.md is stale. Write it anew: " + OpSetPage.COMMAND);
    }
}
