package dev.convoy.spi.interpret;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a step's operands and results: row-major from index 0, as long as the value or longer; only the first
 * result of a kernel that {@linkplain Kernel#writesTo can write so} may lie at a {@link #place} of its own. An operand is
 * read only, and there only if the kernel {@linkplain Kernel#reads reads} it. An operand of a Concat that has been written
 * straight into its result has the array of the result.
 */
public final class Arguments {

    final @Nullable Object[] inputs;
    final @Nullable Object[] outputs;
    private final Place place;
    private final @Nullable Object workspace;

    Arguments(int inputs, int outputs, Place place, @Nullable Object workspace) {
        this.place = place;
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

    /** Where the first result lies in its array. */
    public Place place() {
        return place;
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
