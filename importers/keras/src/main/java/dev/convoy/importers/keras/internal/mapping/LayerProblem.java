package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;

/** A problem with one layer, found while the model is put together. */
public final class LayerProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LayerDescription layer;
    private final FormatException problem;

    LayerProblem(LayerDescription layer, FormatException problem) {
        super(problem);
        this.layer = layer;
        this.problem = problem;
    }

    /** Enters it in the report. */
    public void reportTo(Problems problems) {
        problems.add(layer, problem);
    }
}
