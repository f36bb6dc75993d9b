package dev.convoy.importers.keras.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.importers.keras.internal.FormatException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsWhatPythonWrites() {
        assertTrue(Double.isNaN(Json.parse("x", "{\"a\": NaN}").get("a").doubleValue()));
        assertEquals(
                Double.NEGATIVE_INFINITY,
                Json.parse("x", "{\"a\": -Infinity}").get("a").doubleValue());
        assertEquals(3, Json.parse("x", "\"{\\\"a\\\": 3}\"").get("a").intValue());
    }

    @Test
    void turnsNodesIntoPlainJava() {
        Object plain = Json.plain(Json.parse("x", "{\"a\": [1, 2.5, \"t\", true, null], \"b\": {}}"));
        assertEquals(Map.of("a", Arrays.asList(1, 2.5, "t", true, null), "b", Map.of()), plain);
        assertEquals(List.of(), Json.plain(Json.parse("x", "[]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": 1, \"a\": 2}", "[1,]", "{'a': 1}", "nothing", "\"not json\"", "1 2 }"})
    void refusesWhatIsNoJson(String text) {
        FormatException e = assertThrows(FormatException.class, () -> Json.parse("config.json", text));
        assertTrue(e.reason().startsWith("config.json "), e.reason());
    }
}
