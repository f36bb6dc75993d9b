package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;

import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Weight;
import java.util.List;

/** Normalisations. */
final class NormalizationLayers {

    private static final String FAMILY = "Normalization";

    private NormalizationLayers() {}

    static List<Mapping> all() {
        return List.of(always(FAMILY, "BatchNormalization", NormalizationLayers::batch)
                .limits("no renorm, no virtual_batch_size; Keras 1: mode 0 only"));
    }

    private static BatchNormalization batch(LayerConfig c) {
        c.ignore(
                "moving_mean_initializer",
                "moving_variance_initializer",
                "fused",
                "synchronized",
                "renorm_momentum",
                "renorm_clipping",
                "gamma_initializer",
                "beta_initializer");
        if (c.flag("renorm", false)) {
            throw c.unsupported("batch renormalisation (renorm)");
        }
        if (c.integer("mode", 0) != 0) {
            throw c.unsupported("mode " + c.integer("mode") + " (statistics per sample)");
        }
        List<Integer> axes = c.has("axis") ? c.list("axis") : List.of(-1);
        if (axes.size() != 1) {
            throw c.unsupported("an axis list " + axes);
        }
        Weight gamma = c.weight("gamma", Weight.of(Initializers.ONES));
        Weight beta = c.weight("beta", Weight.of(Initializers.ZEROS));
        return new BatchNormalization(
                axes.getFirst(),
                c.number("momentum", 0.99),
                c.number("epsilon", 1e-3),
                c.flag("scale", true) ? gamma : null,
                c.flag("center", true) ? beta : null);
    }
}
