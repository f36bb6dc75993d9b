package dev.convoy.graph.pass.host;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.ShapeInference;
import dev.convoy.graph.SpatialOp;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * Computes ops whose operands are known. Float results are computed in double precision and rounded to the result's
 * type once per op; functions are those of {@link StrictMath}, so that a result never depends on the JVM.
 */
public final class HostEvaluator {

    private HostEvaluator() {}

    /**
     * @return the results; empty if the op is not elementwise, a reduction, a movement or indexing, if a type has no
     *     arithmetic here (float8, float4), or if the op fails on these values (division by zero, index outside)
     * @throws dev.convoy.graph.GraphException if the operands break a rule of the op
     */
    public static Optional<List<Tensor>> evaluate(Op op, List<Tensor> operands) {
        List<TensorSpec> specs = operands.stream().map(Tensor::spec).toList();
        return switch (op) {
            case ElementwiseOp elementwise ->
                HostElementwise.evaluate(elementwise, operands, infer(op, specs).getFirst())
                        .map(List::of);
            case ReductionOp reduction ->
                Optional.of(HostReduction.evaluate(reduction, operands.getFirst(), infer(op, specs)));
            case MovementOp movement ->
                HostMovement.evaluate(movement, operands, infer(op, specs).getFirst())
                        .map(List::of);
            case IndexingOp indexing ->
                HostIndexing.evaluate(indexing, operands, infer(op, specs).getFirst())
                        .map(List::of);
            case ContractionOp _, SpatialOp _, ControlOp _, CompositeOp _ -> Optional.empty();
        };
    }

    private static List<TensorSpec> infer(Op op, List<TensorSpec> specs) {
        return ShapeInference.inferSpecs(op, specs, "");
    }
}
