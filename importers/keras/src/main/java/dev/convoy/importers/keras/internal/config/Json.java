package dev.convoy.importers.keras.internal.config;

import dev.convoy.importers.keras.internal.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON from strangers: bounded in depth and size, duplicate keys refused, Python's {@code NaN} and {@code Infinity} read. */
public final class Json {

    private static final int DEPTH = 256;
    private static final int STRING_CHARACTERS = 64_000_000;
    private static final int NAME_CHARACTERS = 10_000;
    private static final int NUMBER_CHARACTERS = 400;
    private static final long DOCUMENT_CHARACTERS = 128_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxStringLength(STRING_CHARACTERS)
                            .maxNameLength(NAME_CHARACTERS)
                            .maxNumberLength(NUMBER_CHARACTERS)
                            .maxDocumentLength(DOCUMENT_CHARACTERS)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Json() {}

    /**
     * Parses a document; a JSON string that holds JSON, as some scripts write, is parsed again, once.
     *
     * @param where what messages call it, {@code config.json} for example
     * @throws FormatException if it is no JSON, nested too deeply, too long, or says something twice
     */
    public static JsonNode parse(String where, String text) {
        JsonNode node = parseOnce(where, text);
        return node.isString() ? parseOnce(where, node.stringValue()) : node;
    }

    private static JsonNode parseOnce(String where, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new FormatException(where + " is empty", "");
            }
            return node;
        } catch (JacksonException e) {
            String line = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new FormatException(where + " is no valid JSON" + line + ": " + e.getOriginalMessage(), "", e);
        }
    }

    /** The node as plain Java: maps, lists, strings, numbers, booleans and nulls. */
    public static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                node.forEach(e -> list.add(plain(e)));
                yield list;
            }
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            case BINARY, MISSING, NULL, POJO -> null;
        };
    }

    /** Plain Java as a node; the inverse of {@link #plain}. */
    public static JsonNode tree(@Nullable Object plain) {
        return MAPPER.valueToTree(plain);
    }

    /** A document as text, on one line. */
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
