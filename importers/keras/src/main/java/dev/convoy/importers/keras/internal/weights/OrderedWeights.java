package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.file.KerasVersion;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Attribute;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Group;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Weights of an HDF5 model ({@code .h5}): groups listed in {@code layer_names}, arrays listed in {@code weight_names}.
 * Keras matches layers that have weights by order, not by name. In a nested model's group all trainable weights come
 * first, then the others, each in layer order ({@code load_weights_from_hdf5_group} of Keras 2).
 */
public final class OrderedWeights implements WeightFile {

    private final Hdf5Group group;
    private final KerasVersion version;
    private final String backend;

    private record Place(LayerDescription layer, int slot) {}

    /**
     * @param root of a whole model or of a file of weights
     * @param backend that wrote it; Theano's kernels are turned round
     */
    public OrderedWeights(Hdf5Group root, KerasVersion version, String backend) {
        this.group = root.group("model_weights").orElse(root);
        this.version = version;
        this.backend = backend;
    }

    /** Whether a file is laid out this way. */
    public static boolean isLayoutOf(Hdf5Group root) {
        Hdf5Group group = root.group("model_weights").orElse(root);
        return group.attribute("layer_names").isPresent()
                || group.attribute("layer_names0").isPresent();
    }

    @Override
    public Map<String, List<StoredArray>> find(ModelDescription model, Function<LayerDescription, LayerWeights> needs) {
        List<List<Place>> wanted = new ArrayList<>();
        List<String> wantedNames = new ArrayList<>();
        for (LayerDescription layer : topLayers(model)) {
            List<Place> places = places(layer, needs);
            if (!places.isEmpty()) {
                wanted.add(places);
                wantedNames.add(layer.name());
            }
        }
        Map<String, List<StoredArray>> stored = stored();
        if (stored.size() != wanted.size()) {
            throw new FormatException(
                    "the weights are those of another model: the file has weights of " + stored.size() + " layers "
                            + stored.keySet() + ", the architecture has " + wanted.size() + " layers with weights "
                            + wantedNames,
                    "give the weights that were saved with this architecture");
        }
        Map<String, List<StoredArray>> found = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<String, List<StoredArray>> entry : stored.entrySet()) {
            String name = wantedNames.get(index);
            distribute(name, wanted.get(index++), entry, needs, found);
        }
        return found;
    }

    private void distribute(
            String name,
            List<Place> places,
            Map.Entry<String, List<StoredArray>> stored,
            Function<LayerDescription, LayerWeights> needs,
            Map<String, List<StoredArray>> found) {
        List<StoredArray> arrays = stored.getValue();
        if (arrays.size() != places.size()) {
            throw new FormatException(
                    "layer '" + name + "' has " + places.size() + " weights, the file has " + arrays.size()
                            + " for it (group '" + stored.getKey() + "')",
                    "give the weights that were saved with this architecture");
        }
        Map<LayerDescription, StoredArray[]> perLayer = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            LayerDescription layer = places.get(i).layer();
            perLayer.computeIfAbsent(
                                    layer,
                                    l -> new StoredArray[needs.apply(l).slots().size()])[
                            places.get(i).slot()] =
                    arrays.get(i);
        }
        perLayer.forEach((layer, own) ->
                found.put(layer.path(), LegacyKernels.converted(layer, List.of(own), version, backend)));
    }

    /** Keras 1 lists the layers of a Sequential inside a Sequential as if they were its own. */
    private List<LayerDescription> topLayers(ModelDescription model) {
        List<LayerDescription> layers = new ArrayList<>();
        for (LayerDescription layer : model.layers()) {
            if (version.major() == 1
                    && model instanceof ModelDescription.Sequential
                    && layer.model() instanceof ModelDescription.Sequential inner) {
                layers.addAll(topLayers(inner));
            } else {
                layers.add(layer);
            }
        }
        return layers;
    }

    private static List<Place> places(LayerDescription layer, Function<LayerDescription, LayerWeights> needs) {
        List<Place> trainable = new ArrayList<>();
        List<Place> others = new ArrayList<>();
        collect(layer, needs, trainable, others);
        trainable.addAll(others);
        return trainable;
    }

    private static void collect(
            LayerDescription layer,
            Function<LayerDescription, LayerWeights> needs,
            List<Place> trainable,
            List<Place> others) {
        ModelDescription model = layer.model();
        if (model != null) {
            model.layers().forEach(l -> collect(l, needs, trainable, others));
            return;
        }
        List<Slot> slots = needs.apply(layer).slots();
        for (int i = 0; i < slots.size(); i++) {
            (layer.trainable() && slots.get(i).trainable() ? trainable : others).add(new Place(layer, i));
        }
    }

    /** The arrays of the groups that have any, in the file's order. */
    private Map<String, List<StoredArray>> stored() {
        Map<String, List<StoredArray>> stored = new LinkedHashMap<>();
        for (String name : names(group, "layer_names")) {
            Hdf5Group layer = groupAt(name);
            List<StoredArray> arrays = new ArrayList<>();
            for (String weight : names(layer, "weight_names")) {
                arrays.add(StoredArray.of(layer.datasetAt(weight)
                        .orElseThrow(() -> new FormatException(
                                "the weights file lists '" + weight + "' of layer '" + name + "' and does not have it",
                                "copy or download the file again"))));
            }
            if (!arrays.isEmpty()) {
                stored.put(name, arrays);
            }
        }
        return stored;
    }

    private Hdf5Group groupAt(String name) {
        Hdf5Group at = group;
        for (String step : name.split("/")) {
            String parent = at.path();
            at = at.group(step)
                    .orElseThrow(() -> new FormatException(
                            "the weights file lists layer '" + name + "' and has no such group in '" + parent + "'",
                            "copy or download the file again"));
        }
        return at;
    }

    /** A list of names, which h5py splits over {@code key0}, {@code key1}, … when it is long. */
    private static List<String> names(Hdf5Group group, String key) {
        Optional<Hdf5Attribute> whole = group.attribute(key);
        if (whole.isPresent()) {
            return whole.get().strings();
        }
        List<String> names = new ArrayList<>();
        for (int part = 0; ; part++) {
            Optional<Hdf5Attribute> attribute = group.attribute(key + part);
            if (attribute.isEmpty()) {
                return names;
            }
            names.addAll(attribute.get().strings());
        }
    }
}
