package dev.convoy.cli;

import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code convoy} itself, without a command: says what commands there are. */
@Command(
        name = "convoy",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        description = "CNNs on the JVM: loads Keras and ONNX models and runs them on the backends on the class path.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:what was checked has problems",
            "2:the command could not do its work; the message says why",
            "130:interrupted by Ctrl-C; the message says how to go on",
            "70:an error in Convoy itself"
        },
        subcommands = {
            PredictCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            RunCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            CompareCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            ConformanceCommand.class,
            ConvCommand.class,
            HelpCommand.class
        })
final class ConvoyCommand implements Runnable {

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Inject
    ConvoyCommand() {}

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces of errors, and log what happens inside.")
    void setDebug(boolean debug) {
        if (debug) {
            Logging.debug();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command");
    }
}
