package dev.convoy.spi.interpret;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a step's operands and results: row-major from index 0, as long as the value or longer. An operand is
 * read only, and there only if the kernel {@linkplain Kernel#reads reads} it.
 */
public final class Arguments {

    final @Nullable Object[] inputs;
    final @Nullable Object[] outputs;
    private final @Nullable Object workspace;

    Arguments(int inputs, int outputs, @Nullable Object workspace) {
        this.inputs = new Object[inputs];
        this.outputs = new Object[outputs];
        this.workspace = workspace;
    }

    /** The array of an operand, in the order of {@link Step#inputs}. */
    public Object input(int index) {
        return Objects.requireNonNull(inputs[index]);
    }

    /** The array of a float32 operand. */
    public float[] floats(int index) {
        return (float[]) input(index);
    }

    /** Whether anybody takes a result; if not it has no array. */
    public boolean wants(int index) {
        return outputs[index] != null;
    }

    /** The array of a result, in the order of {@link Step#outputs}. */
    public Object output(int index) {
        return Objects.requireNonNull(outputs[index]);
    }

    /** The array of the first result, of type float32. */
    public float[] result() {
        return (float[]) output(0);
    }

    /** What {@link Kernel#newWorkspace} made for this session. */
    public Object workspace() {
        return Objects.requireNonNull(workspace);
    }

    /** What {@link Kernel#newWorkspace} made for this session, which may be nothing. */
    public @Nullable Object workspaceOrNull() {
        return workspace;
    }
}
