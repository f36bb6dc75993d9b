package dev.convoy.onnx.lowering;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Value;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the conformance kit, written as ONNX and run by ONNX Runtime. */
class OpCasesTest {

    /** What ONNX Runtime does otherwise than specified, and the lowering for files does not guard against. */
    private static final Map<String, String> DEPARTURES = Map.ofEntries(
            Map.entry("required/unary.sigmoid/far-ends", "Sigmoid is 0 below -18"),
            Map.entry("required/unary.sigmoid/random-3", "Sigmoid is 0 below -18"),
            Map.entry("required/unary.sigmoid/random-8", "Sigmoid is 0 below -18"),
            Map.entry("required/unary.sigmoid/random-17", "Sigmoid is 0 below -18"),
            Map.entry("required/unary.sigmoid/random-65", "Sigmoid is 0 below -18"),
            Map.entry("required/unary.sigmoid/random-257", "Sigmoid is 0 below -18"),
            Map.entry("required/reduce.max/nan-wins", "maxima lose NaN"),
            Map.entry("required/reduce.min/nan-wins", "maxima lose NaN"),
            Map.entry("required/arg_reduce.meaning/first-nan-wins-largest-last", "maxima lose NaN"),
            Map.entry("required/arg_reduce.meaning/first-nan-wins-largest-first", "maxima lose NaN"),
            Map.entry("required/arg_reduce.meaning/first-nan-wins-smallest-last", "maxima lose NaN"),
            Map.entry("required/arg_reduce.meaning/first-nan-wins-smallest-first", "maxima lose NaN"),
            Map.entry("required/scatter.max/repeated-indices", "maxima lose NaN"),
            Map.entry("required/scatter.min/repeated-indices", "maxima lose NaN"),
            Map.entry("required/reduce.sum/int32-wraps", "integers are reduced in floating point"),
            Map.entry("required/reduce.prod/int32-wraps", "integers are reduced in floating point"),
            Map.entry("required/reduce.sum/int64-wraps", "integers are reduced in floating point"),
            Map.entry("required/reduce.prod/int64-wraps", "integers are reduced in floating point"),
            Map.entry("required/max_pool_grad.C3/negative-index", "negative indices count from the end"),
            Map.entry("required/gather.C3/negative-index", "negative indices count from the end"),
            Map.entry("required/scatter.C4/negative-index", "negative indices count from the end"));

    @TestFactory
    Stream<DynamicTest> forOnnxRuntime() {
        return OpCases.all().stream().map(c -> DynamicTest.dynamicTest(c.id(), () -> run(c, Target.ONNX_RUNTIME)));
    }

    @TestFactory
    Stream<DynamicTest> forFiles() {
        return OpCases.all().stream().map(c -> DynamicTest.dynamicTest(c.id(), () -> runUnguarded(c)));
    }

    private static void runUnguarded(OpCase opCase) {
        String departure = DEPARTURES.get(opCase.id());
        if (departure == null) {
            run(opCase, Target.FILE);
        } else {
            assertThrows(Throwable.class, () -> run(opCase, Target.FILE), () -> "it passes: " + departure);
        }
    }

    private static void run(OpCase opCase, Target target) {
        boolean carried = Stream.concat(
                        opCase.graph().inputs().values().stream(), opCase.graph().outputs().values().stream())
                .map(Value::spec)
                .allMatch(spec -> OrtBackend.carries(spec.type()));
        if (!carried) {
            abort("ONNX Runtime's Java API has no tensors of this type");
        }
        try (Subject subject = new Subject(new OrtBackend(target), Profile.COMPLETE)) {
            opCase.check().action().run(subject);
        } catch (NotApplicableException e) {
            abort(e.getMessage());
        }
    }
}
