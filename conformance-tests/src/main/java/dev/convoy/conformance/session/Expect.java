package dev.convoy.conformance.session;

import dev.convoy.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the checks of this package assert. */
final class Expect {

    private Expect() {}

    static void that(boolean holds, String words) {
        if (!holds) {
            throw new AssertionError(words);
        }
    }

    /** The same type, shape and bits. */
    static void same(String what, Tensor expected, @Nullable Tensor actual) {
        that(actual != null && expected.equals(actual), what + ": expected " + expected + ", got " + actual);
    }

    /** The same names, types, shapes and bits. */
    static void same(String what, Map<String, Tensor> expected, Map<String, Tensor> actual) {
        that(
                expected.keySet().equals(actual.keySet()),
                what + ": expected " + expected.keySet() + ", got " + actual.keySet());
        expected.forEach((name, tensor) -> same(what + " '" + name + "'", tensor, actual.get(name)));
    }

    /**
     * @param parts what the message has to contain
     */
    static void refusal(Class<? extends RuntimeException> type, String what, Runnable action, String... parts) {
        try {
            action.run();
        } catch (RuntimeException e) {
            that(type.isInstance(e), what + ": expected " + type.getSimpleName() + ", got " + e);
            for (String part : parts) {
                String message = String.valueOf(e.getMessage());
                that(message.contains(part), what + ": the message does not contain \"" + part + "\": " + message);
            }
            return;
        }
        throw new AssertionError(what + ": expected " + type.getSimpleName() + ", but it went through");
    }

    static void closed(String what, Runnable action) {
        refusal(IllegalStateException.class, what, action);
    }
}
