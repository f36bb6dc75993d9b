package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Softsign;
import dev.convoy.graph.composite.Threshold;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** The activation functions of recurrent operators, which the attributes name. */
final class RecurrentFunctions {

    /** One function, which clips what it is given if the node says so. */
    interface Function extends BiFunction<GraphBuilder, Value, Value> {}

    private RecurrentFunctions() {}

    /**
     * Those of all directions, one after the other. The numbers in {@code activation_alpha} and {@code activation_beta} belong to
     * those functions that take one, in order; where they run out, ONNX's defaults hold.
     *
     * @param usual of one direction
     */
    static List<Function> of(NodeScope s, List<String> usual, int directions) {
        List<String> otherwise = new ArrayList<>();
        for (int i = 0; i < directions; i++) {
            otherwise.addAll(usual);
        }
        List<String> names = s.texts("activations", otherwise);
        if (names.size() != otherwise.size()) {
            throw s.refuse("it takes " + otherwise.size() + " activations, got " + names, "");
        }
        Iterator<Double> alphas = s.reals("activation_alpha", List.of()).iterator();
        Iterator<Double> betas = s.reals("activation_beta", List.of()).iterator();
        double clip = s.real("clip", Double.POSITIVE_INFINITY);
        List<Function> functions = new ArrayList<>();
        for (String name : names) {
            Function function = function(s, name, alphas, betas);
            functions.add(
                    Double.isInfinite(clip) ? function : (g, x) -> function.apply(g, g.add(new Clip(-clip, clip), x)));
        }
        return functions;
    }

    private static Function function(NodeScope s, String name, Iterator<Double> alphas, Iterator<Double> betas) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "relu" -> (g, x) -> g.unary(UnaryFn.RELU, x);
            case "tanh" -> (g, x) -> g.unary(UnaryFn.TANH, x);
            case "sigmoid" -> (g, x) -> g.unary(UnaryFn.SIGMOID, x);
            case "softsign" -> (g, x) -> g.add(new Softsign(), x);
            case "softplus" -> (g, x) -> g.add(new Softplus(), x);
            case "leakyrelu" -> {
                double alpha = next(alphas, 0.01);
                yield (g, x) -> g.add(new LeakyRelu(alpha), x);
            }
            case "thresholdedrelu" -> {
                double alpha = next(alphas, 1);
                yield (g, x) -> g.add(new Threshold(alpha, 0), x);
            }
            case "elu" -> {
                double alpha = next(alphas, 1);
                yield (g, x) -> g.add(new Elu(alpha), x);
            }
            case "hardsigmoid" -> {
                double alpha = next(alphas, 0.2);
                double beta = next(betas, 0.5);
                yield (g, x) -> g.add(new HardSigmoid(alpha, beta), x);
            }
            case "affine" -> {
                double alpha = next(alphas, 1);
                double beta = next(betas, 0);
                yield (g, x) -> g.add(g.mul(x, alpha), beta);
            }
            case "scaledtanh" -> {
                double alpha = next(alphas, 1);
                double beta = next(betas, 1);
                yield (g, x) -> g.mul(g.unary(UnaryFn.TANH, g.mul(x, beta)), alpha);
            }
            default -> throw s.refuse("the activation " + name + " does not exist", "");
        };
    }

    private static double next(Iterator<Double> given, double otherwise) {
        return given.hasNext() ? given.next() : otherwise;
    }
}
