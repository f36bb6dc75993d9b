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

    static List<Mapping<?>> all() {
        return List.of(
                always(FAMILY, BatchNormalization.class, NormalizationLayers::batch, NormalizationLayers::writeBatch)
                        .limits("no renorm, no virtual_batch_size; Keras 1: mode 0 only"),
                since2(FAMILY, LayerNormalization.class, NormalizationLayers::layer, NormalizationLayers::writeLayer),
                since2(FAMILY, GroupNormalization.class, NormalizationLayers::group, NormalizationLayers::writeGroup),
                since2(FAMILY, RMSNormalization.class, NormalizationLayers::rms, NormalizationLayers::writeRms)
                        .versions(3),
                since2(
                        FAMILY,
                        UnitNormalization.class,
                        c -> new UnitNormalization(axes(c)),
                        (l, c) -> c.axes("axis", l.axes())),
                since2(FAMILY, Normalization.class, NormalizationLayers::features, NormalizationLayers::writeFeatures));
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

    private static void writeLayer(LayerNormalization layer, ConfigWriter c) {
        c.put("axis", layer.axes()).put("epsilon", layer.epsilon()).put("rms_scaling", layer.rmsScaling());
        writeAffine(c, layer.gamma(), layer.beta());
    }

    private static void writeAffine(ConfigWriter c, @Nullable Weight gamma, @Nullable Weight beta) {
        c.put("center", beta != null)
                .put("scale", gamma != null)
                .weight("beta", beta == null ? Weight.of(Initializers.ZEROS) : beta)
                .weight("gamma", gamma == null ? Weight.of(Initializers.ONES) : gamma);
    }

    private static GroupNormalization group(LayerConfig c) {
        return new GroupNormalization(
                c.integer("groups", 32), c.integer("axis", -1), c.number("epsilon", 1e-3), gamma(c), beta(c));
    }

    private static void writeGroup(GroupNormalization layer, ConfigWriter c) {
        c.put("groups", layer.groups()).put("axis", layer.axis()).put("epsilon", layer.epsilon());
        writeAffine(c, layer.gamma(), layer.beta());
    }

    private static RMSNormalization rms(LayerConfig c) {
        return new RMSNormalization(
                axes(c), c.number("epsilon", 1e-6), c.weight("scale", Weight.of(Initializers.ONES)));
    }

    private static void writeRms(RMSNormalization layer, ConfigWriter c) {
        c.require(
                layer.scale().regularizer() == null && layer.scale().constraint() == null,
                "regularizer or constraint for the scale of RMSNormalization",
                "leave it out");
        c.put("axis", layer.axes()).put("epsilon", layer.epsilon());
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

    private static void writeFeatures(Normalization layer, ConfigWriter c) {
        c.put("axis", layer.axes()).put("invert", layer.invert());
        StoredNumbers.write(c, "mean", layer.mean());
        StoredNumbers.write(c, "variance", layer.variance());
    }

    private static void writeBatch(BatchNormalization layer, ConfigWriter c) {
        c.put("axis", layer.axis())
                .put("momentum", layer.momentum())
                .put("epsilon", layer.epsilon())
                .put("moving_mean_initializer", TrainingSettings.writeInitializer(Initializers.ZEROS))
                .put("moving_variance_initializer", TrainingSettings.writeInitializer(Initializers.ONES))
                .put("synchronized", false);
        writeAffine(c, layer.gamma(), layer.beta());
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
