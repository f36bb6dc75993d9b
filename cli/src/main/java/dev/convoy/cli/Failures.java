package dev.convoy.cli;

import dev.convoy.models.ExportException;
import dev.convoy.models.ImportException;
import dev.convoy.spi.BackendException;
import dev.convoy.training.TrainingException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns everything that goes wrong into one message with its remedy, and an exit status. */
final class Failures {

    private static final String PREFIX = "convoy: ";

    private final Terminal terminal;

    @Inject
    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A command line that picocli does not understand. */
    int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        terminal.err().println(PREFIX + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> similar = unmatched.getSuggestions();
            if (!similar.isEmpty()) {
                terminal.err().println("Did you mean: " + String.join(", ", similar) + "?");
            }
        }
        String path = command.getCommandSpec().qualifiedName();
        terminal.err().println("Try '" + path + " --help'.");
        trace(e, List.of(args).contains("--debug"));
        return Main.REFUSED;
    }

    /** A command that threw. */
    int failed(Exception e, CommandLine command, @Nullable ParseResult parsed) {
        boolean debug = parsed != null && debug(parsed);
        int status = report(e);
        trace(e, debug);
        return status;
    }

    /**
     * Prints the one message for an exception.
     *
     * @return the exit status
     */
    int report(Exception e) {
        String known = message(e);
        if (known != null) {
            terminal.err().println(PREFIX + known);
            return Main.REFUSED;
        }
        terminal.err()
                .println(
                        PREFIX + "internal error: " + e + ". Remedy: run again with --debug and report what it prints");
        return Main.INTERNAL_ERROR;
    }

    /** The heap is full. */
    int outOfMemory(OutOfMemoryError e) {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        terminal.err()
                .println(PREFIX + "Java ran out of memory (" + e.getMessage() + "; its limit is " + limit
                        + " MiB). Remedy: give it more, CONVOY_JAVA_OPTIONS=-Xmx8g for example");
        return Main.REFUSED;
    }

    private static boolean debug(ParseResult parsed) {
        return parsed.hasMatchedOption("--debug") || (parsed.hasSubcommand() && debug(parsed.subcommand()));
    }

    private void trace(Exception e, boolean debug) {
        if (debug) {
            e.printStackTrace(terminal.err());
        }
    }

    /** What to say of an exception that is the user's to mend; null for Convoy's own errors. */
    private static @Nullable String message(@Nullable Throwable e) {
        return switch (e) {
            case null -> null;
            case UncheckedIOException unchecked -> message(unchecked.getCause());
            case NoSuchFileException missing ->
                "there is no file or folder '" + missing.getFile() + "'. Remedy: check the path";
            case AccessDeniedException denied ->
                "access to '" + denied.getFile() + "' is denied. Remedy: check its permissions";
            case FileAlreadyExistsException taken ->
                "'" + taken.getFile() + "' is there already and is no folder. Remedy: name another";
            case FileSystemException system ->
                "'" + system.getFile() + "': " + (system.getReason() == null ? system : system.getReason());
            case IOException io -> io.getMessage();
            case UserError user -> user.getMessage();
            case ImportException broken -> broken.getMessage();
            case ExportException export -> export.getMessage();
            case TrainingException training -> training.getMessage();
            case BackendException backend -> backend.getMessage();
            case IllegalArgumentException argument -> argument.getMessage();
            default -> null;
        };
    }
}
