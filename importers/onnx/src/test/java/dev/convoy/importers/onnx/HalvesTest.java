package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.tensor.DataType.FLOAT16;
import static dev.convoy.tensor.DataType.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When numbers of 16 bits are rounded: 1 + 2^-11 lies half-way between two float16 and becomes 1, which is even. */
class HalvesTest {

    private static final float SMALL = 0x1p-11f;

    private static final int FLOAT16_NUMBER = 10;
    private static final int FLOAT32_NUMBER = 1;

    @TempDir
    private Path folder;

    private static Tensor half(float value) {
        return Tensor.wrap(TensorSpec.of(FLOAT16, 1), new short[] {Float.floatToFloat16(value)});
    }

    private Map<String, Tensor> predict(OnnxFile file, Tensor x) throws IOException {
        try (Predictor predictor = Predictor.of(Models.load(file.write(folder)), "cpu", BackendOptions.defaults())) {
            return predictor.predict(Map.of("x", x));
        }
    }

    @Test
    void resultsAreRoundedAndOperandsAreNot() throws IOException {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", FLOAT16, 1)
                .initializer("small", half(SMALL))
                .add("Add", "", "x small -> sum")
                .add("Sub", "", "sum x -> y")
                .output("sum")
                .output("y");
        assertEquals(Map.of("sum", half(1), "y", half(SMALL)), predict(file, half(1)));
    }

    @Test
    void castsRoundForEveryone() throws IOException {
        OnnxFile halves = OnnxFile.opset(13)
                .input("x", FLOAT16, 1)
                .initializer("small", half(SMALL))
                .add("Add", "", "x small -> sum")
                .add("Cast", "", "sum -> rounded", attribute("to", FLOAT16_NUMBER))
                .add("Sub", "", "rounded x -> y")
                .output("y");
        assertEquals(Map.of("y", half(0)), predict(halves, half(1)));
        OnnxFile floats = OnnxFile.opset(13)
                .input("x", FLOAT32, 1)
                .initializer("small", Tensor.of(new float[] {SMALL}, 1))
                .add("Add", "", "x small -> sum")
                .add("Cast", "", "sum -> half", attribute("to", FLOAT16_NUMBER))
                .add("Cast", "", "half -> rounded", attribute("to", FLOAT32_NUMBER))
                .add("Sub", "", "rounded x -> y")
                .output("y");
        assertEquals(Map.of("y", Tensor.of(new float[] {0}, 1)), predict(floats, Tensor.of(new float[] {1}, 1)));
    }
}
