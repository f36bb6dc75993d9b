package dev.convoy.importers.keras;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.importers.keras.internal.config.Usage;
import dev.convoy.importers.keras.internal.file.KerasArchiveWriter;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Writer;
import dev.convoy.importers.keras.internal.mapping.ModelWriter;
import dev.convoy.importers.keras.internal.mapping.Problems;
import dev.convoy.importers.keras.internal.mapping.WrittenModel;
import dev.convoy.models.ExportException;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes models as {@code .keras} files that Keras 3 loads: its configuration and its weights, labels and preprocessing
 * beside them. A model with layers that Keras does not have is refused, all of them named. The same model gives the same
 * bytes but for the date, which {@code SOURCE_DATE_EPOCH} fixes (seconds since 1970).
 */
public final class KerasExporter implements ModelExporter {

    /** The version of Keras 3 whose words are used; newer ones read them too. */
    static final String KERAS_VERSION = "3.8.0";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

    private final Clock clock;

    /** For {@link java.util.ServiceLoader}. */
    public KerasExporter() {
        this(clock(System.getenv("SOURCE_DATE_EPOCH")));
    }

    KerasExporter(Clock clock) {
        this.clock = clock;
    }

    /** Fixed at a number of seconds since 1970, or the system's. */
    static Clock clock(@Nullable String epoch) {
        try {
            return epoch == null
                    ? Clock.systemUTC()
                    : Clock.fixed(Instant.ofEpochSecond(Long.parseLong(epoch)), ZoneOffset.UTC);
        } catch (NumberFormatException | DateTimeException e) {
            return Clock.systemUTC();
        }
    }

    @Override
    public Set<String> extensions() {
        return Set.of("keras");
    }

    @Override
    public void save(Model model, Path path, ExportOptions options) {
        Problems problems = new Problems();
        WrittenModel written = ModelWriter.write(model, options.compile(), problems);
        if (!problems.isEmpty()) {
            throw refused(model, problems);
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put("metadata.json", metadata());
        texts.put("config.json", Json.text(written.config()));
        Usage usage = Usage.of(model);
        if (!usage.isEmpty()) {
            texts.put(Usage.ENTRY, Json.text(usage.json()));
        }
        try {
            Hdf5Writer weights = new Hdf5Writer(written.variables());
            KerasArchiveWriter.write(path, texts, "model.weights.h5", weights.size(), weights::writeTo);
        } catch (FormatException e) {
            problems.add(e);
            throw refused(model, problems);
        } catch (IOException e) {
            throw new ExportException("Cannot write '" + path + "': " + e, e);
        }
    }

    private String metadata() {
        return Json.text(JsonNodeFactory.instance
                .objectNode()
                .put("keras_version", KERAS_VERSION)
                .put("date_saved", DATE.format(LocalDateTime.now(clock))));
    }

    private static ExportException refused(Model model, Problems problems) {
        return new ExportException("Model '" + model.name() + "' cannot be written as Keras 3:\n"
                + problems.problems().stream().map(p -> "  " + p).collect(Collectors.joining("\n")));
    }
}
