package dev.convoy.backend.cpu;

import dev.convoy.backend.cpu.kernel.AdamKernel;
import dev.convoy.backend.cpu.kernel.BandRule;
import dev.convoy.backend.cpu.kernel.BatchNormKernels;
import dev.convoy.backend.cpu.kernel.ContractionKernels;
import dev.convoy.backend.cpu.kernel.ElementwiseKernels;
import dev.convoy.backend.cpu.kernel.Engine;
import dev.convoy.backend.cpu.kernel.Epilogue;
import dev.convoy.backend.cpu.kernel.Gate;
import dev.convoy.backend.cpu.kernel.IndexingKernels;
import dev.convoy.backend.cpu.kernel.MovementKernels;
import dev.convoy.backend.cpu.kernel.PlaneConvolution;
import dev.convoy.backend.cpu.kernel.ReductionKernels;
import dev.convoy.backend.cpu.kernel.SoftmaxKernel;
import dev.convoy.backend.cpu.kernel.SpatialKernels;
import dev.convoy.backend.cpu.kernel.UpdateKernel;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.CoreOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.composite.BatchNormGrad;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.UpdateOp;
import dev.convoy.spi.interpret.FusionRule;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Kernels;
import dev.convoy.spi.interpret.Step;
import java.util.List;

/** The kernel switch. */
final class CpuKernels implements Kernels {

    private final Engine engine;

    CpuKernels(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Kernel kernel(Step step) {
        Node node = step.first();
        if (step.nodes().size() > 1 && step.last().op() instanceof UpdateOp) {
            return new UpdateKernel(step, engine);
        }
        return switch (node.op()) {
            case CoreOp core -> kernel(core, node, step);
            case Softmax(int axis) -> new SoftmaxKernel(node.input(0).shape(), axis, engine.threads());
            case AdamUpdate adam
            when !adam.amsgrad() ->
                new AdamKernel(adam, (int) node.input(0).shape().elements(), engine);
            case UpdateOp _ -> new UpdateKernel(step, engine);
            case BatchNormTraining norm -> BatchNormKernels.training(norm, node, engine);
            case BatchNormGrad grad -> BatchNormKernels.gradient(grad, node, engine);
            case CompositeOp composite ->
                throw new IllegalArgumentException("The CPU backend does not claim " + composite.name());
        };
    }

    private Kernel kernel(CoreOp core, Node node, Step step) {
        return switch (core) {
            case ElementwiseOp.Compare _ when step.nodes().size() > 1 -> new Gate(step, engine);
            case ElementwiseOp op -> ElementwiseKernels.of(op, node, engine.threads());
            case ReductionOp op -> ReductionKernels.of(op, node, engine);
            case ContractionOp op -> ContractionKernels.of(op, step, engine);
            case SpatialOp op -> SpatialKernels.of(op, node, engine);
            case MovementOp op -> MovementKernels.of(op, node, engine.threads());
            case IndexingOp op -> IndexingKernels.of(op, node, engine.threads());
            case ControlOp op -> throw new IllegalArgumentException(op.name() + " is run by the interpreter");
        };
    }

    @Override
    public List<FusionRule> fusions() {
        return List.of(
                PlaneConvolution::match,
                BandRule::match,
                Epilogue::matchSum,
                Epilogue::match,
                Gate::match,
                UpdateKernel::match);
    }

    @Override
    public boolean inPlace(Step step, int input) {
        Op op = step.first().op();
        return op instanceof ElementwiseOp && !(step.last().op() instanceof UpdateOp)
                || op instanceof Softmax
                || op instanceof IndexingOp.Scatter && input == 0
                || Epilogue.overwrites(step, input);
    }
}
