package dev.convoy.importers.keras.internal.config;

import dev.convoy.importers.keras.internal.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON from strangers: bounded in depth and size, duplicate keys refused, Python's {@code NaN} and {@code Infinity} read. */
public final class Json {

    private static final int DEPTH = 256;
    private static final int STRING_CHARACTERS = 64_000_000;
    private static final int NAME_CHARACTERS = 10_000;
    private static final int NUMBER_CHARACTERS = 400;
    private static final long DOCUMENT_CHARACTERS = 128_000_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(STRING_CHARACTERS)
                    .maxNameLength(NAME_CHARACTERS)
                    .maxNumberLength(NUMBER_CHARACTERS)
                    .maxDocumentLength(DOCUMENT_CHARACTERS)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Made when it is first needed: reading a model does without, and it takes longer to make than that. */
    private static final class Mapper {
        static final JsonMapper INSTANCE = JsonMapper.builder(FACTORY).build();
    }

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
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new FormatException(where + " is empty", "");
            }
            JsonNode node = value(parser);
            if (parser.nextToken() != null) {
                throw new FormatException(where + " is no valid JSON: it goes on behind its end", "");
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

    /** The value that begins with the parser's token. */
    private static JsonNode value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("A parser of text gave " + parser.currentToken());
        };
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
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
        return Mapper.INSTANCE.valueToTree(plain);
    }

    /** A document as text, on one line. */
    public static String text(JsonNode node) {
        return Mapper.INSTANCE.writeValueAsString(node);
    }
}
