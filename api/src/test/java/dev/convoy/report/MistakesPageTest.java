package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Image;
import dev.convoy.models.Prediction;
import dev.convoy.models.Scored;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MistakesPageTest {

    private static final List<String> NAMES = List.of("<script>alert(1)</script>", "dog & cat", "emu", "fox");

    private static final Image PICTURE = Image.of(2, 1, 3, new byte[] {(byte) 255, 0, 0, 0, 0, (byte) 128});

    /** @param classes from the most likely to the least */
    private static Mistake mistake(int sample, int truth, double highest, int... classes) {
        List<Scored> ranking = IntStream.range(0, classes.length)
                .mapToObj(i -> new Scored(
                        classes[i], NAMES.get(classes[i]), i == 0 ? highest : (1 - highest) / (classes.length - 1)))
                .toList();
        return new Mistake(sample, PICTURE, truth, new Prediction(ranking));
    }

    @Test
    void theSurestComeFirstWithTheTrueClassAmongTheBars() throws Exception {
        String html = MistakesPage.html(
                List.of(mistake(4, 1, 0.7, 0, 1, 2, 3), mistake(9, 3, 0.91, 2, 0, 1, 3)), NAMES, 2, 8);
        Xml page = Xml.parse(html);
        assertEquals(List.of("fox", "emu", "9", "dog & cat", "<script>alert(1)</script>", "4"), page.texts("//dd"));
        assertEquals(
                List.of("emu", "<script>alert(1)</script>", "dog & cat", "fox"), page.texts("//figure[1]//li/span"));
        assertEquals(List.of("91.0 %", "3.0 %", "3.0 %", "3.0 %"), page.texts("//figure[1]//li/b"));
        assertEquals(
                List.of("width: 91%", "width: 3%", "width: 3%", "width: 3%"),
                page.attributes("//figure[1]//u", "style"));
        assertEquals(List.of("fox"), page.texts("//figure[1]//li[@class='true']/span"));
        assertEquals(3, page.all("//figure[2]//li").size());
        assertEquals(
                List.of("2 of 8 samples were taken for something else (25.0 %); these are the 2 of which the classifier"
                        + " was surest."),
                page.texts("//p"));
    }

    @Test
    void picturesAreInThePage() throws Exception {
        Xml page = Xml.parse(MistakesPage.html(List.of(mistake(0, 1, 0.5, 0, 1)), NAMES, 1, 2));
        String source = page.attributes("//img", "src").getFirst();
        String prefix = "data:image/png;base64,";
        assertTrue(source.startsWith(prefix), source);
        assertEquals(PICTURE, Image.decode(Base64.getDecoder().decode(source.substring(prefix.length())), "picture"));
    }

    @Test
    void nothingIsLoadedOrRun() {
        String html = MistakesPage.html(List.of(mistake(0, 1, 0.5, 0, 1)), NAMES, 1, 2);
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("http://") || html.contains("https://") || html.contains("url("), html);
        String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));
        assertFalse(style.contains("&"), style);
    }

    @Test
    void noMistakesAreSaid() throws Exception {
        Xml page = Xml.parse(MistakesPage.html(List.of(), NAMES, 0, 10));
        assertEquals(List.of("No mistakes"), page.texts("//h1"));
        assertEquals(List.of("All 10 samples were taken for what they are."), page.texts("//p"));
    }

    @Test
    void whatIsRightIsNoMistake() {
        assertThrows(IllegalArgumentException.class, () -> mistake(0, 2, 0.9, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> mistake(0, 3, 0.9, 2, 1));
    }
}
