package dev.convoy.importers.keras.internal.weights;

import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.file.KerasVersion;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kernels of Keras 1 and of the Theano backend brought into the order of Keras 2 with TensorFlow
 * ({@code preprocess_weights_for_loading} of Keras 2.3).
 */
final class LegacyKernels {

    private static final Map<String, Integer> CONVOLUTIONS = Map.of(
            "Convolution1D", 1,
            "Convolution2D", 2,
            "Convolution3D", 3,
            "AtrousConvolution1D", 1,
            "AtrousConvolution2D", 2,
            "Conv1D", 1,
            "Conv2D", 2,
            "Conv3D", 3);

    private static final Set<String> TRANSPOSED = Set.of("Deconvolution2D", "Conv2DTranspose");

    private LegacyKernels() {}

    static List<StoredArray> converted(
            LayerDescription layer, List<StoredArray> arrays, KerasVersion version, String backend) {
        boolean transposed = TRANSPOSED.contains(layer.className());
        Integer rank = transposed ? Integer.valueOf(2) : CONVOLUTIONS.get(layer.className());
        if (rank == null || arrays.isEmpty()) {
            return arrays;
        }
        StoredArray kernel = arrays.getFirst();
        if (version.major() == 1) {
            kernel = ofKeras1(kernel, rank, transposed, isChannelsFirst(layer));
        }
        if (backend.equals("theano") && kernel.shape().rank() == rank + 2) {
            kernel = kernel.flipped(rank);
        }
        List<StoredArray> result = new ArrayList<>(arrays);
        result.set(0, kernel);
        return result;
    }

    private static StoredArray ofKeras1(StoredArray kernel, int rank, boolean transposed, boolean channelsFirst) {
        Shape shape = kernel.shape();
        if (rank == 1 && shape.rank() == 4) {
            // [length, 1, inputs, filters]; before that [filters, inputs, length, 1]
            boolean oldest = shape.size(1) != 1;
            StoredArray ordered = oldest ? kernel.transposed(List.of(2, 3, 1, 0)) : kernel;
            Shape s = ordered.shape();
            return s.size(1) == 1 ? ordered.reshaped(Shape.of(s.size(0), s.size(2), s.size(3))) : kernel;
        }
        if (shape.rank() != rank + 2) {
            return kernel;
        }
        if (transposed) {
            return kernel.transposed(channelsFirst ? List.of(2, 3, 0, 1) : List.of(0, 1, 3, 2));
        }
        if (!channelsFirst) {
            return kernel;
        }
        return kernel.transposed(rank == 2 ? List.of(2, 3, 1, 0) : List.of(2, 3, 4, 1, 0));
    }

    private static boolean isChannelsFirst(LayerDescription layer) {
        return layer.config().path("dim_ordering").asString("").equals("th")
                || layer.config().path("data_format").asString("").equals("channels_first");
    }
}
