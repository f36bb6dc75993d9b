package dev.convoy.importers.keras.internal.mapping;

import static dev.convoy.importers.keras.internal.mapping.Mapping.always;
import static dev.convoy.importers.keras.internal.mapping.Mapping.since2;

import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.GroupNormalization;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.LayerNormalization;
import dev.convoy.layers.Normalization;
import dev.convoy.layers.RMSNormalization;
import dev.convoy.layers.UnitNormalization;
import dev.convoy.layers.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Normalisations. */
final class NormalizationLayers {

    private static final String FAMILY = "Normalization";

    private NormalizationLayers() {}

    static List<Mapping> all() {
        return List.of(
                always(FAMILY, "BatchNormalization", NormalizationLayers::batch)
                        .limits("no renorm, no virtual_batch_size; Keras 1: mode 0 only"),
                since2(FAMILY, "LayerNormalization", NormalizationLayers::layer),
                since2(FAMILY, "GroupNormalization", NormalizationLayers::group),
                since2(FAMILY, "RMSNormalization", NormalizationLayers::rms).versions(3),
                since2(FAMILY, "UnitNormalization", c -> new UnitNormalization(axes(c))),
                since2(FAMILY, "Normalization", NormalizationLayers::features));
    }

    private static List<Integer> axes(LayerConfig c) {
        return c.has("axis") ? c.list("axis") : List.of(-1);
    }

    private static @Nullable Weight gamma(LayerConfig c) {
        Weight gamma = c.weight("gamma", Weight.of(Initializers.ONES));
        return c.flag("scale", true) ? gamma : null;
    }

    private static @Nullable Weight beta(LayerConfig c) {
        Weight beta = c.weight("beta", Weight.of(Initializers.ZEROS));
        return c.flag("center", true) ? beta : null;
    }

    private static LayerNormalization layer(LayerConfig c) {
        boolean rms = c.flag("rms_scaling", false);
        Weight beta = beta(c);
        return new LayerNormalization(axes(c), c.number("epsilon", 1e-3), gamma(c), rms ? null : beta, rms);
    }

    private static GroupNormalization group(LayerConfig c) {
        return new GroupNormalization(
                c.integer("groups", 32), c.integer("axis", -1), c.number("epsilon", 1e-3), gamma(c), beta(c));
    }

    private static RMSNormalization rms(LayerConfig c) {
        return new RMSNormalization(
                axes(c), c.number("epsilon", 1e-6), c.weight("scale", Weight.of(Initializers.ONES)));
    }

    /** {@code axis: null} is one mean for everything. */
    private static Normalization features(LayerConfig c) {
        List<Integer> axes = c.isNull("axis") ? List.of() : axes(c);
        boolean given = c.has("mean");
        return new Normalization(
                axes,
                given ? StoredNumbers.tensor(c, "mean") : null,
                given ? StoredNumbers.tensor(c, "variance") : null,
                c.flag("invert", false));
    }

    private static BatchNormalization batch(LayerConfig c) {
        c.ignore(
                "moving_mean_initializer",
                "moving_variance_initializer",
                "fused",
                "synchronized",
                "renorm_momentum",
                "renorm_clipping");
        if (c.flag("renorm", false)) {
            throw c.unsupported("batch renormalisation (renorm)");
        }
        if (c.integer("mode", 0) != 0) {
            throw c.unsupported("mode " + c.integer("mode") + " (statistics per sample)");
        }
        List<Integer> axes = axes(c);
        if (axes.size() != 1) {
            throw c.unsupported("an axis list " + axes);
        }
        return new BatchNormalization(
                axes.getFirst(), c.number("momentum", 0.99), c.number("epsilon", 1e-3), gamma(c), beta(c));
    }
}
