package dev.convoy.cli;

import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.data.augment.RandomFlip;
import dev.convoy.data.augment.RandomRotation;
import dev.convoy.data.augment.RandomTranslation;
import dev.convoy.data.augment.RandomZoom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How training pictures are changed at random. */
final class AugmentOption {

    private static final Map<String, Augmentation> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("flip", RandomFlip.horizontal());
        KNOWN.put("rotate", RandomRotation.of(0.05));
        KNOWN.put("shift", RandomTranslation.of(0.1, 0.1));
        KNOWN.put("zoom", RandomZoom.of(0.1));
    }

    /** For help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return KNOWN.keySet().iterator();
        }
    }

    @Option(
            names = "--augment",
            split = ",",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = {
                "Change each training picture at random, in this order: ${COMPLETION-CANDIDATES}.",
                "flip: left and right; rotate: up to 18 degrees; shift and zoom: up to a tenth."
            })
    private List<String> names = List.of();

    List<String> names() {
        return names;
    }

    /** The changes in this order; empty if none were asked for. */
    Optional<Augmentation> augmentation() {
        Augmentation[] steps = names.stream().map(AugmentOption::named).toArray(Augmentation[]::new);
        return steps.length == 0 ? Optional.empty() : Optional.of(Augmentations.of(steps));
    }

    private static Augmentation named(String name) {
        Augmentation known = KNOWN.get(name);
        if (known == null) {
            throw new UserError("There is no augmentation '" + name + "'. Remedy: take some of "
                    + String.join(", ", KNOWN.keySet()));
        }
        return known;
    }
}
