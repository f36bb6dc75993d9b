package dev.convoy.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import picocli.CommandLine;

/** Starts the {@code convoy} command. */
public final class Main {

    /** The exit status when what was checked has problems: a model that cannot be loaded, a backend that fails. */
    static final int PROBLEMS = 1;

    /** The exit status when the command could not do its work: a missing file, a wrong shape, an unknown option. */
    static final int REFUSED = 2;

    /** The exit status when Convoy itself is at fault (sysexits' EX_SOFTWARE). */
    static final int INTERNAL_ERROR = 70;

    /** The exit status of a command that Ctrl-C ended, as shells count it: 128 and the number of SIGINT. */
    static final int INTERRUPTED = 130;

    private Main() {}

    public static void main(String[] args) {
        // Guice's generated classes need sun.misc.Unsafe, of which the JDK warns; reflection does as well here.
        if (System.getProperty("guice_bytecode_gen_option") == null) {
            System.setProperty("guice_bytecode_gen_option", "DISABLED");
        }
        System.exit(run(Terminal.system(), args));
    }

    /**
     * Runs one command.
     *
     * @return the exit status
     */
    static int run(Terminal terminal, String... args) {
        Injector injector = Guice.createInjector(Stage.PRODUCTION, new CliModule(terminal));
        Failures failures = injector.getInstance(Failures.class);
        CommandLine line = new CommandLine(ConvoyCommand.class, new InjectedFactory(injector))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setUsageHelpAutoWidth(terminal.colour())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler(failures::failed);
        Logging logging = Logging.start();
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return failures.outOfMemory(e);
        } finally {
            logging.close();
            terminal.out().flush();
            terminal.err().flush();
        }
    }
}
