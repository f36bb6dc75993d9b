package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A vector for each number: {@code […]} becomes {@code […, outputDim]} (Keras 3 {@code Embedding}). Numbers that are not
 * int32 or int64 become int32. A number outside {@code [0, inputDim)} fails when it runs. There is no mask:
 * Keras' {@code mask_zero} says what later recurrent layers skip. Parameter: {@code embeddings [inputDim, outputDim]}.
 *
 * @param inputDim how many numbers there are
 * @param outputDim elements of a vector
 * @param embeddings uniform in [-0.05, 0.05) by default
 */
public record Embedding(int inputDim, int outputDim, Weight embeddings) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if a size is not positive
     */
    public Embedding {
        Check.of("Embedding")
                .that(
                        inputDim >= 1 && outputDim >= 1,
                        "L1",
                        "input_dim and output_dim are at least 1",
                        ">= 1",
                        inputDim + " and " + outputDim);
    }

    public static Embedding of(int inputDim, int outputDim) {
        return new Embedding(inputDim, outputDim, Weight.of(new Initializers.RandomUniform(-0.05, 0.05)));
    }

    public Embedding embeddings(Weight value) {
        return new Embedding(inputDim, outputDim, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return List.of(ParameterSpec.trainable("embeddings", embeddings, inputDim, outputDim));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("Embedding", inputs);
        Value numbers = x.spec().type().isInteger() ? x : g.cast(x, DataType.INT32);
        return List.of(g.add(new Gather(0), scope.parameter("embeddings"), numbers));
    }
}
