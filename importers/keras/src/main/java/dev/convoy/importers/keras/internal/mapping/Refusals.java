package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import java.util.Set;

/** Why a class is not read, and what to do instead. */
final class Refusals {

    private static final Set<String> RECURRENT = Set.of(
            "RNN",
            "SimpleRNN",
            "GRU",
            "LSTM",
            "CuDNNGRU",
            "CuDNNLSTM",
            "Bidirectional",
            "ConvLSTM1D",
            "ConvLSTM2D",
            "ConvLSTM3D",
            "SimpleRNNCell",
            "GRUCell",
            "LSTMCell",
            "StackedRNNCells");

    private static final Set<String> GONE =
            Set.of("LocallyConnected1D", "LocallyConnected2D", "Highway", "MaxoutDense");

    private Refusals() {}

    static FormatException of(LayerDescription layer) {
        String name = layer.className();
        String custom =
                "map it in Java: ImportOptions.defaults().layer(\"" + name + "\", config -> new My" + name + "(…))";
        if (name.equals("Lambda")) {
            return new FormatException(
                    "a Lambda holds Python byte code, which is never run",
                    "write it in Java, for example " + lambdaInJava());
        }
        if (name.equals("SlicingOpLambda")) {
            return new FormatException(
                    "it slices a tensor, which is not supported", "use a Cropping layer in Python and save again");
        }
        if (RECURRENT.contains(name)) {
            return new FormatException("recurrent layers are not supported", "");
        }
        if (GONE.contains(name)) {
            return new FormatException(
                    "the class is gone in Keras 3 and not supported", "replace it in Python, or " + custom);
        }
        if (layer.origin().isEmpty()) {
            return new FormatException(
                    "the class " + name + " is not supported", "if it is a class of your own, " + custom);
        }
        return new FormatException(
                "the class " + name + " is not Keras' own but of '" + layer.origin()
                        + "', so the file does not say what it computes",
                custom);
    }

    private static String lambdaInJava() {
        return "ImportOptions.defaults().layer(\"Lambda\", config -> Activation.of((g, x) -> g.mul(x, 1 / 255.0)))"
                + " with the formula of the Lambda in place of x / 255";
    }
}
