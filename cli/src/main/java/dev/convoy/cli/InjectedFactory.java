package dev.convoy.cli;

import com.google.inject.Injector;
import com.google.inject.Key;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Lets Guice make the commands, and picocli its own classes. */
final class InjectedFactory implements IFactory {

    private final Injector injector;
    private final IFactory fallback = CommandLine.defaultFactory();

    InjectedFactory(Injector injector) {
        this.injector = injector;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return injector.getExistingBinding(Key.get(type)) != null ? injector.getInstance(type) : fallback.create(type);
    }
}
