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
            case ContractionOp.MatMul matMul -> matMul(matMul, step, engine);
            case ContractionOp.Convolution conv
            when integer -> IntegerContraction.convolution(conv, node, engine.threads());
            case ContractionOp.Convolution _ when isBands(step) -> new Bands(step, engine);
            case ContractionOp.Convolution conv when isDepthwise(conv, node) -> depthwise(conv, step, engine);
            case ContractionOp.Convolution conv -> convolution(conv, step, engine);
            case ContractionOp.ConvInputGrad grad -> inputGrad(grad, node, engine);
            case ContractionOp.ConvFilterGrad grad -> filterGrad(grad, node, engine);
        };
    }

    private static Kernel matMul(ContractionOp.MatMul op, Step step, Engine engine) {
        return TurnedMatMul.suits(op, step) ? new TurnedMatMul(op, step, engine) : new MatMulKernel(op, step, engine);
    }

    private static boolean isDepthwise(ContractionOp.Convolution op, Node node) {
        return op.groups() > 1 && op.groups() == node.input(0).shape().size(-1);
    }

    /** Whether a step has several convolutions. */
    private static boolean isBands(Step step) {
        return step.nodes().stream()
                        .filter(node -> node.op() instanceof ContractionOp.Convolution)
                        .count()
                > 1;
    }

    private static Kernel depthwise(ContractionOp.Convolution op, Step step, Engine engine) {
        Node node = step.first();
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.output().shape());
        return g.inputChannels() == g.outputChannels() && Strips.suit(g)
                ? new StripDepthwise(g, step, engine)
                : new DepthwiseKernel(g, step, engine);
    }

    /** Whether the kernel of a convolution can add another value to its result. */
    static boolean adds(ContractionOp.Convolution op, Node node) {
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.output().shape());
        return op.groups() == 1 && g.taps() == 1;
    }

    private static Kernel convolution(ContractionOp.Convolution op, Step step, Engine engine) {
        if (PlaneConvolution.suits(step.first())) {
            return new PlaneConvolution(step, engine);
        }
        Node node = step.first();
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.output().shape());
        boolean constant = node.input(1).constant().isPresent();
        return engine.winograd()
                .filter(_ -> op.groups() == 1)
                .<Kernel>flatMap(loops -> WinogradCost.choose(g, loops, constant)
                        .map(form -> WinogradKernel.convolution(form, g, step, engine, loops)))
                .orElseGet(() -> new ConvolutionKernel(op, step, engine));
    }

    private static Kernel inputGrad(ContractionOp.ConvInputGrad op, Node node, Engine engine) {
        Geometry g =
                Geometry.of(op.window(), node.output().shape(), node.input(0).shape());
        if (op.groups() == 1 && LineInputGrad.suits(g, engine.gemm().kernel())) {
            return new LineInputGrad(g, engine);
        }
        return engine.winograd()
                .filter(_ -> op.groups() == 1)
                .<Kernel>flatMap(loops -> WinogradCost.turned(g)
                        .flatMap(turned -> WinogradCost.choose(turned, loops, false)
                                .map(form -> WinogradKernel.inputGradient(form, turned, node, engine, loops))))
                .orElseGet(() -> new InputGradKernel(op, node, engine));
    }

    private static Kernel filterGrad(ContractionOp.ConvFilterGrad op, Node node, Engine engine) {
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.input(1).shape());
        if (op.groups() == 1 && PlaneConvolution.suits(g)) {
            return new PlaneFilterGrad(g, engine);
        }
        return engine.winograd()
                .filter(_ -> op.groups() == 1
                        && WinogradFilterGrad.suits(engine.gemm().kernel()))
                .<Kernel>flatMap(loops -> WinogradCost.chooseFilterGradient(g)
                        .map(form -> new WinogradFilterGrad(form, g, engine, loops)))
                .orElseGet(() -> new FilterGradKernel(op, node, engine));
    }
}
