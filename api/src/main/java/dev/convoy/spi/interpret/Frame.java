package dev.convoy.spi.interpret;

import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arrays of one session of a program, and its run. */
final class Frame {

    private final Program program;
    private final @Nullable Object[] arrays;
    private final Arguments[] arguments;

    Frame(Program program, @Nullable Object[] arrays) {
        this.program = program;
        this.arrays = arrays;
        arguments = program.calls().stream()
                .map(call -> new Arguments(
                        call.inputs().length,
                        call.outputs().length,
                        call.place(),
                        call.kernel().newWorkspace()))
                .toArray(Arguments[]::new);
    }

    void set(int slot, Object array) {
        arrays[slot] = array;
    }

    Object get(int slot) {
        return Objects.requireNonNull(arrays[slot]);
    }

    /** The array that holds a value; it may be longer than the value. */
    Object get(Value value) {
        return get(program.slot(value));
    }

    void run() {
        List<Program.Call> calls = program.calls();
        for (int i = 0; i < arguments.length; i++) {
            Program.Call call = calls.get(i);
            Arguments step = arguments[i];
            for (int k = 0; k < step.inputs.length; k++) {
                step.inputs[k] = arrays[call.inputs()[k]];
            }
            for (int k = 0; k < step.outputs.length; k++) {
                int slot = call.outputs()[k];
                step.outputs[k] = slot < 0 ? null : arrays[slot];
            }
            call.kernel().run(step);
        }
    }

    /** Lets go of arrays that belong to callers. */
    void release() {
        program.inputs().values().forEach(slot -> arrays[slot] = null);
        program.parameters().values().forEach(slot -> arrays[slot] = null);
    }

    /** A copy of the first elements of an array; that of floats, most often by far, is not set to zero before. */
    static Object copy(Object array, Storage storage, int length) {
        if (array instanceof float[] floats) {
            return Arrays.copyOf(floats, length);
        }
        Object copy = storage.newArray(length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }
}
