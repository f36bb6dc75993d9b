package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.models.CompileConfig;
import dev.convoy.models.CompileConfig.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code compile_config}: the arguments of {@code model.compile}, with which Keras compiles the model that it loads. */
final class CompileWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CompileWriter() {}

    /** Nothing for a model that was not compiled, as Keras does. */
    static ObjectNode write(@Nullable CompileConfig config) {
        ObjectNode compile = JSON.objectNode();
        if (config == null) {
            return compile;
        }
        compile.set("optimizer", object("keras.optimizers", config.optimizer()));
        compile.set("loss", functionOrObject("keras.losses", config.loss()));
        compile.putNull("loss_weights");
        ArrayNode metrics = compile.putArray("metrics");
        config.metrics().forEach(m -> metrics.add(functionOrObject("keras.metrics", m)));
        return compile.putNull("weighted_metrics")
                .put("run_eagerly", false)
                .put("steps_per_execution", 1)
                .put("jit_compile", false);
    }

    private static JsonNode functionOrObject(String module, Part part) {
        boolean function = part.settings().isEmpty()
                && Character.isLowerCase(part.className().charAt(0));
        return function ? JSON.stringNode(part.className()) : object(module, part);
    }

    private static ObjectNode object(String module, Part part) {
        ObjectNode config = JSON.objectNode();
        part.settings()
                .forEach((key, value) -> config.set(
                        key,
                        value instanceof Part schedule
                                ? object("keras.optimizers.schedules", schedule)
                                : Json.tree(value)));
        return KerasObjects.object(module, part.className(), config, null);
    }
}
