package dev.convoy.data.augment;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.util.List;

/**
 * Several changes, one after the other. Step {@code i} draws from {@code random.stream(i)}, so that a step appended at the
 * end leaves those before it as they were.
 */
public record Augmentations(List<Augmentation> steps) implements Augmentation {

    public Augmentations {
        steps = List.copyOf(steps);
    }

    /** The changes in this order; none leaves pictures as they are. */
    public static Augmentations of(Augmentation... steps) {
        return new Augmentations(List.of(steps));
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Pictures.size("Augmentations", picture);
        Tensor changed = picture;
        for (int i = 0; i < steps.size(); i++) {
            changed = steps.get(i).apply(changed, random.stream(i));
        }
        return changed;
    }
}
