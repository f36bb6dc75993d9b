package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.file.ModelFiles;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The arrays that were found for the layers of a model, and what does not fit.
 *
 * @param arrays per layer path, one for each weight in order
 * @param problems empty if they can be read
 */
public record FoundWeights(Map<String, List<StoredArray>> arrays, List<FormatException> problems) {

    private static final String REMEDY = "give the weights that were saved with this architecture";

    /** Looks for the arrays by the rules of the file's layout, and compares shapes. */
    public static FoundWeights of(
            ModelFiles files, ModelDescription model, Function<LayerDescription, LayerWeights> needs) {
        WeightFile file = OrderedWeights.isLayoutOf(files.weights().root())
                ? new OrderedWeights(files.weights().root(), files.version(), files.backend())
                : new CountedWeights(files.weights().root());
        Map<String, List<StoredArray>> arrays = file.find(model, needs);
        List<FormatException> problems = new ArrayList<>();
        check(model, needs, arrays, problems);
        return new FoundWeights(arrays, problems);
    }

    private static void check(
            ModelDescription model,
            Function<LayerDescription, LayerWeights> needs,
            Map<String, List<StoredArray>> arrays,
            List<FormatException> problems) {
        for (LayerDescription layer : model.layers()) {
            ModelDescription inner = layer.model();
            if (inner != null) {
                check(inner, needs, arrays, problems);
                continue;
            }
            List<Slot> slots = needs.apply(layer).slots();
            List<StoredArray> own = arrays.getOrDefault(layer.path(), List.of());
            if (own.size() != slots.size()) {
                problems.add(new FormatException(
                        "layer '" + layer.path() + "' (" + layer.className() + ") has " + slots.size()
                                + " weights, the file has " + own.size() + " for it",
                        REMEDY));
                continue;
            }
            for (int i = 0; i < slots.size(); i++) {
                if (!own.get(i).shape().equals(slots.get(i).shape())) {
                    problems.add(new FormatException(
                            "layer '" + layer.path() + "' (" + layer.className() + "): "
                                    + slots.get(i).name()
                                    + " has shape " + slots.get(i).shape() + ", in the file "
                                    + own.get(i).shape() + " (" + own.get(i).where() + ")",
                            REMEDY));
                }
            }
        }
    }

    public boolean isEmpty() {
        return arrays.values().stream().allMatch(List::isEmpty);
    }

    /** Reads all arrays. */
    public Map<String, List<Tensor>> read() {
        Map<String, List<Tensor>> tensors = new LinkedHashMap<>();
        arrays.forEach((path, own) ->
                tensors.put(path, own.stream().map(StoredArray::tensor).toList()));
        return tensors;
    }
}
