package dev.convoy.conformance.rules;

import dev.convoy.graph.CoreOp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources of the core ops say about them: the Javadoc of each record and each enum constant. */
final class OpSources {

    private static final String JAVADOC = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*";
    private static final Pattern RULE = Pattern.compile("<li>([CW]\\d+): ");

    private OpSources() {}

    /** The core op records, family by family. */
    static List<Class<?>> coreOps() {
        return leaves(CoreOp.class).toList();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OpSources::leaves)
                : Stream.of(type);
    }

    /** The key of a core op's rules, {@code conv_input_grad} for example. */
    static String key(Class<?> op) {
        return op.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The repository's root. */
    static Path root() {
        String root = System.getProperty("convoy.root");
        if (root == null) {
            throw new IllegalStateException("The system property convoy.root is not set; Maven sets it");
        }
        return Path.of(root);
    }

    /** The source of a class of the graph package, nested ones in that of the outermost. */
    static String source(Class<?> type) throws IOException {
        Class<?> outermost = type.getNestHost();
        return Files.readString(
                root().resolve("api/src/main/java/dev/convoy/graph/" + outermost.getSimpleName() + ".java"));
    }

    /** The text of a record's Javadoc, without the asterisks. */
    static Optional<String> javadoc(Class<?> record) throws IOException {
        Pattern pattern = Pattern.compile(
                JAVADOC + "(?:@Since\\(\\d+\\)\\s*)?(?:public )?record " + record.getSimpleName() + "\\(",
                Pattern.DOTALL);
        return first(pattern, source(record));
    }

    /** The text of an enum constant's Javadoc; empty if it has none. */
    static Optional<String> javadoc(Enum<?> constant) throws IOException {
        Pattern pattern =
                Pattern.compile(JAVADOC + "(?:@Since\\(\\d+\\)\\s*)?" + constant.name() + "\\s*[(,;}]", Pattern.DOTALL);
        return first(pattern, body(constant.getDeclaringClass()));
    }

    /** The text of the Javadoc of an enum. */
    static Optional<String> javadoc(String enumName, String source) {
        return first(Pattern.compile(JAVADOC + "(?:public )?enum " + enumName + " ", Pattern.DOTALL), source);
    }

    private static String body(Class<?> type) throws IOException {
        String source = source(type);
        return source.substring(source.indexOf("enum " + type.getSimpleName() + " "));
    }

    private static Optional<String> first(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        return matcher.find()
                ? Optional.of(matcher.group(1).replaceAll("(?m)^\\s*\\* ?", "").strip())
                : Optional.empty();
    }

    /** The labels of the numbered rules of a core op, {@code convolution.C3} for example. */
    static List<String> rules(Class<?> op) throws IOException {
        List<String> labels = new ArrayList<>();
        Matcher matcher = RULE.matcher(javadoc(op).orElse(""));
        while (matcher.find()) {
            labels.add(key(op) + "." + matcher.group(1));
        }
        return labels;
    }
}
