package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.models.Model;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the image models that Google's Teachable Machine exports: a Sequential of [MobileNet, average over the
 * picture] and of [Dense, Dense], on pictures of 224 by 224 pixels. How it prepares pictures is not in the file.
 */
public final class TeachableMachine {

    private static final Shape PICTURE = Shape.of(224, 224, 3);

    private TeachableMachine() {}

    /** Whether this is such a model. */
    public static boolean wrote(ModelDescription description, Model model) {
        List<TensorSpec> inputs = List.copyOf(model.inputs().values());
        if (inputs.size() != 1 || inputs.getFirst().shape().rank() != 4) {
            return false;
        }
        List<ModelDescription> parts = sequentials(description);
        return PICTURE.equals(inputs.getFirst().shape().slice(1, 4))
                && parts.size() == 2
                && classes(parts.getFirst()).size() == 2
                && functional(parts.getFirst()).isPresent()
                && classes(parts.getFirst()).get(1).equals("GlobalAveragePooling2D")
                && classes(parts.get(1)).equals(List.of("Dense", "Dense"));
    }

    private static List<ModelDescription> sequentials(ModelDescription model) {
        boolean all = model instanceof ModelDescription.Sequential
                && members(model).stream().allMatch(l -> l.model() instanceof ModelDescription.Sequential);
        return all
                ? members(model).stream()
                        .flatMap(l -> Optional.ofNullable(l.model()).stream())
                        .toList()
                : List.of();
    }

    private static Optional<LayerDescription> functional(ModelDescription model) {
        return members(model).stream()
                .findFirst()
                .filter(l -> l.model() instanceof ModelDescription.Functional f
                        && f.layers().stream().anyMatch(m -> m.className().equals("DepthwiseConv2D")));
    }

    private static List<String> classes(ModelDescription model) {
        return members(model).stream().map(LayerDescription::className).toList();
    }

    private static List<LayerDescription> members(ModelDescription model) {
        return model.layers().stream().filter(l -> !MappedLayers.isInput(l)).toList();
    }
}
