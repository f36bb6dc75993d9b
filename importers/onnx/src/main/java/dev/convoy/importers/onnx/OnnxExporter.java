package dev.convoy.importers.onnx;

import dev.convoy.graph.Graph;
import dev.convoy.graph.pass.Passes;
import dev.convoy.models.ExportException;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.ModelExporter;
import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.lowering.LoweringException;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.onnx.lowering.OnnxProgram;
import dev.convoy.onnx.lowering.Target;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes any model as ONNX: operator set {@value OnnxLowering#OLDER_OPSET}, or {@value OnnxLowering#OPSET} where one of
 * its operators needs that. Inputs and outputs keep names, types and shapes, the channels last where the model has them;
 * the batch stays symbolic. Weights keep the names of their parameters unless a pass has folded or turned them.
 */
public final class OnnxExporter implements ModelExporter {

    @Override
    public Set<String> extensions() {
        return Set.of("onnx");
    }

    @Override
    public void save(Model model, Path path, ExportOptions options) {
        OnnxProgram program = program(model, options);
        try {
            OnnxWriter.write(program.structure(), program.initializers(), path, options.externalBytes());
        } catch (IOException e) {
            throw new ExportException("Cannot write '" + path + "': " + e.getMessage(), e);
        }
    }

    /**
     * A model for prediction in ONNX.
     *
     * @throws ExportException if ONNX cannot hold it
     */
    public static OnnxProgram program(Model model, ExportOptions options) {
        try {
            Map<String, Tensor> parameters = model.parameters().asMap();
            Graph graph = model.trace(inputs(model, options), Mode.INFERENCE)
                    .graph()
                    .freeze(name -> {
                        Tensor tensor = parameters.get(name);
                        if (tensor == null) {
                            throw new ExportException("Model '" + model.name() + "' has no values for parameter '"
                                    + name + "'. Remedy: train it, load it, or call initialized(seed)");
                        }
                        return tensor;
                    });
            Map<Tensor, String> names = new IdentityHashMap<>();
            parameters.forEach((name, tensor) -> names.put(tensor, name));
            Graph prepared = Passes.prepare(graph, OnnxLowering.LAYOUT, OnnxLowering::claims);
            return OnnxLowering.lower(prepared, model.name(), Target.FILE, names);
        } catch (LoweringException | IllegalArgumentException e) {
            throw new ExportException("Model '" + model.name() + "' cannot be written as ONNX: " + e.getMessage(), e);
        }
    }

    private static Map<String, InputSpec> inputs(Model model, ExportOptions options) {
        Map<String, InputSpec> inputs = new HashMap<>();
        options.shapes().forEach((name, shape) -> {
            TensorSpec declared = model.inputs().get(name);
            if (declared == null) {
                throw new ExportException("Model '" + model.name() + "' has no input '" + name + "'; it has "
                        + model.inputs().keySet());
            }
            inputs.put(name, InputSpec.of(declared.withShape(shape)));
        });
        return inputs;
    }
}
