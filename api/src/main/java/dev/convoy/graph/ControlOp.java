package dev.convoy.graph;

import java.util.Map;

/** Ops that run graphs. */
public sealed interface ControlOp extends CoreOp {

    /**
     * Runs a body once per element of an axis and carries values from one run to the next (ONNX 11 Scan).
     *
     * <p>Operands: {@code carried} initial values, then {@code scanned} tensors that are sliced along their axis 0, then
     * values that every run sees as they are. The body's inputs stand in the same order, the scanned ones without their
     * axis 0. The body's outputs: the carried values for the next run, then one slice per stacked result. Results: the
     * last carried values, then the slices stacked along a new axis 0.
     *
     * <ul>
     *   <li>C1: the body has as many inputs as the op has operands, at least {@code carried} outputs, and neither
     *       parameters nor updates.
     *   <li>C2: the scanned operands have {@code length} elements along axis 0.
     *   <li>C3: the body's inputs have the types and shapes described.
     *   <li>C4: the body gives each carried value in the type and shape it takes it.
     * </ul>
     *
     * @param length number of runs, at least 0
     * @param reverse whether the elements are taken, and the results stacked, from last to first
     */
    @Since(1)
    record Scan(Graph body, int carried, int scanned, int length, boolean reverse) implements ControlOp {
        public Scan {
            Check check = Check.of("Scan");
            check.that(carried >= 0 && scanned >= 0, "C1", "counts are at least 0", ">= 0", carried + ", " + scanned);
            check.that(length >= 0, "C2", "length is at least 0", ">= 0", length);
        }

        @Override
        public Scan bind(Map<String, Integer> sizes) {
            return new Scan(body.bind(sizes), carried, scanned, length, reverse);
        }
    }
}
