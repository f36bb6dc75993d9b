package dev.convoy.importers.keras.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Interpolation;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Preprocessing.Channels;
import dev.convoy.data.Preprocessing.Fit;
import dev.convoy.importers.keras.internal.FormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final String PREPROCESSING =
            "{'name':'tf','height':8,'width':9,'fit':'stretch','method':'pillow nearest',"
                    + "'channels':'rgb','divisor':127.5,'mean':[1.0],'deviation':[1.0]}";

    private static Usage read(String json) {
        return Usage.read(Json.parse("convoy.json", json.replace('\'', '"')));
    }

    @Test
    void everyPreprocessingIsReadAsItWasWritten() {
        for (String name : Preprocessing.names()) {
            Preprocessing named = Preprocessing.named(name).withSize(31, 33);
            for (Preprocessing each : List.of(
                    named,
                    named.withFit(Fit.PAD).withMethod(Interpolation.BILINEAR).withChannels(Channels.BGR))) {
                Usage usage = new Usage(List.of("\u72ac", "cat \"and\" dog"), each);
                assertEquals(usage, Usage.read(Json.parse("convoy.json", Json.text(usage.json()))));
            }
        }
    }

    @Test
    void readsWhatIsStated() {
        Usage usage = read("{'labels':['a','b'],'preprocessing':" + PREPROCESSING + "}");

        assertEquals(List.of("a", "b"), usage.labels());
        assertEquals(Preprocessing.named("tf").withSize(8, 9), usage.preprocessing());
        assertTrue(read("{}").isEmpty());
    }

    @Test
    void refusesWhatIsMalformed() {
        refuses("'height':8", "'height':0", "height is 1 to 32768");
        refuses("'height':8", "'height':99999999", "height is 1 to 32768");
        refuses("'height':8", "'height':8.5", "height is 1 to 32768");
        refuses("'stretch'", "'bend'", "fit 'bend' is not known");
        refuses("pillow nearest", "magick nearest", "method begins with pillow or tensorflow");
        refuses("pillow nearest", "pillow", "method 'pillow' is not known");
        refuses("'channels':'rgb',", "", "preprocessing has the key 'channels'");
        refuses("'name':'tf'", "'name':7", "name is a word");
        refuses("'divisor':127.5", "'divisor':0", "A scaling does not divide by 0");
        refuses("'divisor':127.5", "'divisor':NaN", "scaling is by numbers");
        refuses("'mean':[1.0]", "'mean':[1.0,2.0]", "A scaling has one value");
        refuses("'mean':[1.0]", "'mean':[1,2,3,4]", "mean is a list of up to three numbers");
        refuses("'width':9", "'width':9,'run':'me'", "there is no key 'run'");
        refuses(PREPROCESSING, "[]", "it is an object");
    }

    private static void refuses(String part, String replacement, String reason) {
        String json = PREPROCESSING.replace(part, replacement);

        FormatException problem =
                assertThrows(FormatException.class, () -> read("{'preprocessing':" + json + "}"), replacement);

        assertTrue(problem.reason().contains(reason), problem.reason());
    }

    @Test
    void refusesLabelsThatAreNoNames() {
        for (String json : List.of("{'labels':'a'}", "{'labels':[1]}", "{'labels':[null]}", "[]", "{'weights':[]}")) {
            assertTrue(
                    assertThrows(FormatException.class, () -> read(json))
                            .reason()
                            .contains("convoy.json"),
                    json);
        }
    }
}
