package dev.convoy.models;

import dev.convoy.layers.Input;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The spec of a symbol whose axes may be free. Layers work with known sizes, so a model with free axes is written twice,
 * for two sizes; what differs between the two is free.
 *
 * @param declared free axes are named
 * @param small for free axes of {@value #SMALL}
 * @param large for free axes of {@value #LARGE}
 */
record Extent(TensorSpec declared, TensorSpec small, TensorSpec large) {

    /** A power of two, so that what is halved on the way down and doubled on the way up meets again. */
    static final int SMALL = 256;

    static final int LARGE = 2 * SMALL;
    private static final String FREE = "free";

    static Extent of(TensorSpec declared) {
        return new Extent(declared, sized(declared, SMALL), sized(declared, LARGE));
    }

    private static TensorSpec sized(TensorSpec spec, int size) {
        return spec.withShape(Shape.ofDims(spec.shape().dims().stream()
                .map(d -> d.isKnown() || Input.BATCH.equals(d.name()) ? d : Dim.of(size))
                .toList()));
    }

    /** What a node gives for inputs of these extents. */
    static List<Extent> outputs(LayerNode node, List<Extent> inputs) {
        List<TensorSpec> smallInputs = inputs.stream().map(Extent::small).toList();
        List<TensorSpec> largeInputs = inputs.stream().map(Extent::large).toList();
        List<TensorSpec> small = LayerShapes.outputs(node, smallInputs);
        List<TensorSpec> large = smallInputs.equals(largeInputs) ? small : LayerShapes.outputs(node, largeInputs);
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < small.size(); i++) {
            extents.add(new Extent(merged(small.get(i), large.get(i)), small.get(i), large.get(i)));
        }
        return extents;
    }

    private static TensorSpec merged(TensorSpec small, TensorSpec large) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < small.shape().rank(); axis++) {
            Dim dim = small.shape().dim(axis);
            dims.add(dim.equals(large.shape().dim(axis)) ? dim : Dim.named(FREE));
        }
        return small.withShape(Shape.ofDims(dims));
    }
}
