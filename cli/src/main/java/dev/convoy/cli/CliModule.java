package dev.convoy.cli;

import com.google.inject.AbstractModule;
import dev.convoy.spi.Backends;

/** What the commands are made of. */
final class CliModule extends AbstractModule {

    private final Terminal terminal;

    CliModule(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        bind(Terminal.class).toInstance(terminal);
        bind(BackendDirectory.class).toInstance(Backends::find);
        bind(Failures.class);
        bind(ConvoyCommand.class);
        bind(PredictCommand.class);
        bind(RunCommand.class);
        bind(InspectCommand.class);
        bind(ConvertCommand.class);
        bind(CompareCommand.class);
        bind(DoctorCommand.class);
        bind(TrainCommand.class);
        bind(EvaluateCommand.class);
        bind(ConformanceCommand.class);
        bind(ConvCommand.class);
        bind(BenchCommand.class);
    }
}
