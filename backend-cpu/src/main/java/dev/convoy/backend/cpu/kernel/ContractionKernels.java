package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import dev.convoy.tensor.DataType;

/** Kernels of {@link ContractionOp} with channels last. */
public final class ContractionKernels {

    private ContractionKernels() {}

    public static Kernel of(ContractionOp op, Step step, Engine engine) {
        Node node = step.first();
        boolean integer = node.input(0).spec().type() == DataType.INT32;
        return switch (op) {
            case ContractionOp.MatMul matMul when integer -> IntegerContraction.matMul(matMul, node, engine.threads());
            case ContractionOp.MatMul matMul -> new MatMulKernel(matMul, step, engine);
            case ContractionOp.Convolution conv
            when integer -> IntegerContraction.convolution(conv, node, engine.threads());
            case ContractionOp.Convolution conv when isDepthwise(conv, node) -> new DepthwiseKernel(conv, step, engine);
            case ContractionOp.Convolution conv -> new ConvolutionKernel(conv, step, engine);
            case ContractionOp.ConvInputGrad grad -> new ConvGradKernels.InputGrad(grad, node, engine);
            case ContractionOp.ConvFilterGrad grad -> new ConvGradKernels.FilterGrad(grad, node, engine);
        };
    }

    private static boolean isDepthwise(ContractionOp.Convolution op, Node node) {
        return op.groups() > 1 && op.groups() == node.input(0).shape().size(-1);
    }
}
