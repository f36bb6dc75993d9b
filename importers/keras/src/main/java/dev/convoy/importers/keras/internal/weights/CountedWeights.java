package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Dataset;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Group;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Weights of {@code .keras} and {@code .weights.h5} files ({@code saving_lib} of Keras 3): a layer's arrays lie in
 * {@code layers/<class>_<n>/vars} as {@code 0}, {@code 1}, …; n counts the layers of a class, all layers included.
 *
 * <p>Keras 2.13 and 2.14 write {@code _layer_checkpoint_dependencies} for {@code layers}, and 2.13 counts a layer with
 * weights twice. On Windows a part of the path is one name with back-slashes.
 */
public final class CountedWeights implements WeightFile {

    private static final List<String> CONTAINERS = List.of("layers", "_layer_checkpoint_dependencies");
    private static final Set<String> OTHERS = Set.of("optimizer", "metrics");

    private final Map<String, Hdf5Group> groups = new LinkedHashMap<>();

    public CountedWeights(Hdf5Group root) {
        index("", root);
    }

    private void index(String path, Hdf5Group group) {
        for (String name : group.names()) {
            String normal = name.replace('\\', '/');
            Optional<Hdf5Group> member =
                    OTHERS.contains(normal.split("/")[0]) && path.isEmpty() ? Optional.empty() : group.group(name);
            if (member.isPresent()) {
                String memberPath = path.isEmpty() ? normal : path + "/" + normal;
                groups.put(memberPath, member.get());
                index(memberPath, member.get());
            }
        }
    }

    @Override
    public Map<String, List<StoredArray>> find(ModelDescription model, Function<LayerDescription, LayerWeights> needs) {
        Map<String, List<StoredArray>> found = new LinkedHashMap<>();
        collect("", model, needs, found);
        return found;
    }

    private void collect(
            String prefix,
            ModelDescription model,
            Function<LayerDescription, LayerWeights> needs,
            Map<String, List<StoredArray>> found) {
        Map<LayerDescription, String> paths = paths(prefix, model, needs);
        paths.forEach((layer, path) -> {
            ModelDescription inner = layer.model();
            if (inner != null) {
                collect(path + "/", inner, needs, found);
            } else {
                found.put(layer.path(), arrays(path, needs.apply(layer)));
            }
        });
    }

    /** The group of each layer with weights, by the way of counting that fits the file. */
    private Map<LayerDescription, String> paths(
            String prefix, ModelDescription model, Function<LayerDescription, LayerWeights> needs) {
        for (String container : CONTAINERS) {
            for (int step : new int[] {1, 2}) {
                Map<LayerDescription, String> paths = counted(prefix + container + "/", model, needs, step);
                if (paths.values().stream()
                        .allMatch(p -> groups.keySet().stream().anyMatch(g -> g.equals(p) || g.startsWith(p + "/")))) {
                    return paths;
                }
            }
        }
        List<String> missing = counted(prefix + CONTAINERS.getFirst() + "/", model, needs, 1).values().stream()
                .filter(p -> !groups.containsKey(p))
                .toList();
        throw new FormatException(
                "the weights are those of another model: the file has no groups " + missing,
                "give the weights that were saved with this architecture");
    }

    private static Map<LayerDescription, String> counted(
            String prefix, ModelDescription model, Function<LayerDescription, LayerWeights> needs, int withWeights) {
        Map<LayerDescription, String> paths = new LinkedHashMap<>();
        Map<String, Integer> used = new HashMap<>();
        for (LayerDescription layer : model.layers()) {
            if (model instanceof ModelDescription.Sequential
                    && layer.className().equals("InputLayer")) {
                continue;
            }
            String base = snake(
                    layer.model() != null && layer.className().equals("Model") ? "Functional" : layer.className());
            boolean weights = hasWeights(layer, needs);
            int number = used.getOrDefault(base, 0);
            used.put(base, number + (weights ? withWeights : 1));
            if (weights) {
                paths.put(layer, prefix + (number == 0 ? base : base + "_" + number));
            }
        }
        return paths;
    }

    private static boolean hasWeights(LayerDescription layer, Function<LayerDescription, LayerWeights> needs) {
        ModelDescription model = layer.model();
        return model != null
                ? model.layers().stream().anyMatch(l -> hasWeights(l, needs))
                : !needs.apply(layer).slots().isEmpty();
    }

    private List<StoredArray> arrays(String path, LayerWeights layer) {
        List<StoredArray> arrays = new ArrayList<>();
        Map<String, Integer> next = new HashMap<>();
        for (Slot slot : layer.slots()) {
            String where = path + (slot.group().isEmpty() ? "" : "/" + slot.group()) + "/vars";
            int number = next.merge(slot.group(), 1, Integer::sum) - 1;
            Hdf5Group group = groups.get(where);
            Optional<Hdf5Dataset> dataset = group == null ? Optional.empty() : group.dataset(Integer.toString(number));
            dataset.map(StoredArray::of).ifPresent(arrays::add);
        }
        return arrays;
    }

    /** Keras' {@code to_snake_case}: {@code PReLU} becomes {@code p_re_lu}. */
    public static String snake(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
