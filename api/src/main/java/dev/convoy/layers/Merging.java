package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** What the elementwise merge layers do: fold a function over inputs that broadcast. */
final class Merging {

    private Merging() {}

    /** Inputs of a smaller rank get axes of size 1 behind the batch, as in Keras. */
    static Value fold(String layer, LayerScope scope, List<Value> inputs, BinaryFn fn) {
        GraphBuilder g = scope.graph();
        int rank = inputs.stream().mapToInt(x -> x.shape().rank()).max().orElse(0);
        return Inputs.several(layer, inputs).stream()
                .map(x -> g.reshape(x, spread(x.shape(), rank)))
                .reduce((a, b) -> g.binary(fn, a, b))
                .orElseThrow();
    }

    private static Shape spread(Shape shape, int rank) {
        if (shape.rank() == 0 || shape.rank() == rank) {
            return shape;
        }
        List<Dim> ones =
                IntStream.range(shape.rank(), rank).mapToObj(i -> Dim.of(1)).toList();
        return shape.slice(0, 1).concat(Shape.ofDims(ones)).concat(shape.slice(1, shape.rank()));
    }
}
