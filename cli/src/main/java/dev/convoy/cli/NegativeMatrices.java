package dev.convoy.cli;

import dev.convoy.walkthrough.Matrices;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Keeps a matrix that begins with a minus, {@code '-1 2; 3 4'}, from being taken for an option. */
final class NegativeMatrices implements IParameterPreprocessor {

    private static final Pattern SEVERAL_NUMBERS = Pattern.compile("-[\\d.][^\\s;|]*[\\s;|].*", Pattern.DOTALL);

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own signature
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
        args.replaceAll(
                word -> SEVERAL_NUMBERS.matcher(word).matches() && Matrices.isLiteral(word) ? " " + word : word);
        return false;
    }
}
