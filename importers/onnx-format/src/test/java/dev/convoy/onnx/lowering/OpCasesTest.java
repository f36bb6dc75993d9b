package dev.convoy.onnx.lowering;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Value;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the conformance kit, written as ONNX and run by ONNX Runtime. */
class OpCasesTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return OpCases.all().stream().map(c -> DynamicTest.dynamicTest(c.id(), () -> run(c)));
    }

    private static void run(OpCase opCase) {
        boolean carried = Stream.concat(
                        opCase.graph().inputs().values().stream(), opCase.graph().outputs().values().stream())
                .map(Value::spec)
                .allMatch(spec -> OrtBackend.carries(spec.type()));
        if (!carried) {
            abort("ONNX Runtime's Java API has no tensors of this type");
        }
        try (Subject subject = new Subject(new OrtBackend(), Profile.COMPLETE)) {
            opCase.check().action().run(subject);
        } catch (NotApplicableException e) {
            abort(e.getMessage());
        }
    }
}
