package dev.convoy.cli;

import dev.convoy.training.Optimizer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The optimizer that a training uses. */
final class OptimizerOptions {

    private static final Map<String, Supplier<Optimizer>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("adam", Optimizer::adam);
        KNOWN.put("sgd", Optimizer::sgd);
        KNOWN.put("momentum", () -> Optimizer.sgd(0.9, false));
        KNOWN.put("nesterov", () -> Optimizer.sgd(0.9, true));
        KNOWN.put("rmsprop", Optimizer::rmsprop);
        KNOWN.put("adamw", Optimizer::adamW);
        KNOWN.put("nadam", Optimizer::nadam);
        KNOWN.put("adamax", Optimizer::adamax);
        KNOWN.put("adagrad", Optimizer::adagrad);
        KNOWN.put("adadelta", Optimizer::adadelta);
    }

    /** For help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return KNOWN.keySet().iterator();
        }
    }

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adam",
            completionCandidates = Names.class,
            description = {
                "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "The settings are Keras'; momentum and nesterov are sgd with a momentum of 0.9."
            })
    private String name = "adam";

    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate; default: that of the optimizer.")
    private @Nullable Double rate;

    String name() {
        return name.toLowerCase(Locale.ROOT);
    }

    double rate() {
        return optimizer().learningRate().at(0);
    }

    Optimizer optimizer() {
        Supplier<Optimizer> known = KNOWN.get(name());
        if (known == null) {
            throw new UserError(
                    "There is no optimizer '" + name + "'. Remedy: take one of " + String.join(", ", KNOWN.keySet()));
        }
        if (rate == null) {
            return known.get();
        }
        if (!(rate > 0) || rate.isInfinite()) {
            throw new UserError("--lr is greater than 0, got " + rate + ". Remedy: 0.001 is a usual rate");
        }
        return known.get().learningRate(rate);
    }
}
