package dev.convoy.backend.cpu.kernel;

import dev.convoy.tensor.DataType.Storage;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;

/** An operand of an elementwise op as the result sees it: as it is, or stretched. */
final class Operand {

    private final Gathering gathering;
    private final Storage storage;

    private Operand(Gathering gathering, Storage storage) {
        this.gathering = gathering;
        this.storage = storage;
    }

    static Operand of(TensorSpec spec, Shape result) {
        return new Operand(
                MovementKernels.broadcast(spec.shape(), result), spec.type().storage());
    }

    /** Whether element i of the result meets element i of the operand. */
    boolean isDirect() {
        return gathering.isIdentity();
    }

    Object newChunk(int length) {
        return storage.newArray(length);
    }

    /** Copies what the elements {@code [from, to)} of the result meet to the beginning of a chunk. */
    void read(Object array, Object chunk, int from, int to) {
        gathering.copy(array, chunk, 0, from, to);
    }
}
