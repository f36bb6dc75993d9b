package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OneNode.counting;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images {@code 1 + x + 4 y}: the mean over a part is the value in its middle. */
class RegionsTest {

    private static final Tensor IMAGE = counting(1, 1, 4, 4);

    private static final Tensor FIRST = Tensor.of(new long[] {0}, 1);

    /** The part from (0.5, 0.5) to (2.5, 2.5), in halves: middles 1 and 2, less one half where half pixels count. */
    @Test
    void meansOfRegions() {
        Tensor roi = Tensor.of(new float[] {0.5f, 0.5f, 2.5f, 2.5f}, 1, 4);
        OneNode.of("RoiAlign", 10)
                .input(IMAGE)
                .input(roi)
                .input(FIRST)
                .with("output_height", 2)
                .with("output_width", 2)
                .with("sampling_ratio", 2)
                .gives(new int[] {1, 1, 2, 2}, 6, 7, 10, 11);
        OneNode.of("RoiAlign", 16)
                .input(IMAGE)
                .input(roi)
                .input(FIRST)
                .with("output_height", 2)
                .with("output_width", 2)
                .with("sampling_ratio", 2)
                .gives(new int[] {1, 1, 2, 2}, 3.5, 4.5, 7.5, 8.5);
    }

    /** One sample in the middle (1, 1) and its neighbour below, which has no weight. */
    @Test
    void largestWeightedNeighbour() {
        OneNode.of("RoiAlign", 16)
                .input(IMAGE)
                .input(Tensor.of(new float[] {1, 1, 2, 2}, 1, 4))
                .input(FIRST)
                .with("coordinate_transformation_mode", "half_pixel")
                .with("sampling_ratio", 1)
                .with("mode", "max")
                .gives(new int[] {1, 1, 1, 1}, 6);
    }

    /** Three by one samples, and one: the mean over a region is still the value in its middle. */
    @Test
    void asManySamplesAsElementsWhereRegionsAreKnown(@TempDir Path folder) throws IOException {
        Path file = OnnxFile.opset(10)
                .input("x", DataType.FLOAT32, 1, 1, 4, 4)
                .input("rois", DataType.FLOAT32, 2, 4)
                .input("images", DataType.INT64, 2)
                .output("y")
                .add("RoiAlign", "align", "x rois images -> y")
                .write(folder);
        Tensor rois = Tensor.of(new float[] {0, 0, 3, 1, 0, 0, 1, 1}, 2, 4);
        Model model = Models.load(ModelSource.of(file), ImportOptions.defaults().pinned("rois", rois));
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            Map<String, Tensor> inputs = Map.of("x", IMAGE, "images", Tensor.of(new long[] {0, 0}, 2));
            OneNode.check(predictor.predict(inputs).get("y"), new int[] {2, 1, 1, 1}, 4.5, 3.5);
        }
    }

    @Test
    void asManySamplesAsElementsOfComputedRegionsAreRefused() {
        assertTrue(OneNode.of("RoiAlign", 10)
                .input(IMAGE)
                .input(Tensor.of(new float[] {0, 0, 3, 1}, 1, 4))
                .input(FIRST)
                .refusal()
                .contains("sampling_ratio of 1 or more"));
    }

    /** Columns 0 to 2 in parts 0 to 1 and 1 to 2, rows 1 to 3 as a whole; then a part outside. */
    @Test
    void largestElementsOfRegions() {
        OneNode.of("MaxRoiPool", 1)
                .input(IMAGE)
                .input(Tensor.of(new float[] {0, 0, 1, 2, 3, 0, 6, 6, 7, 7}, 2, 5))
                .list("pooled_shape", 1, 2)
                .gives(new int[] {2, 1, 1, 2}, 14, 15, 0, 0);
    }
}
