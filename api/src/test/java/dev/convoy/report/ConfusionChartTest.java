package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Tensor;
import dev.convoy.training.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ConfusionChartTest {

    /** Of each row's counts. */
    private static ConfusionMatrix matrix(int[]... rows) {
        ConfusionMatrix matrix = new ConfusionMatrix(rows.length);
        for (int truth = 0; truth < rows.length; truth++) {
            for (int guess = 0; guess < rows.length; guess++) {
                for (int i = 0; i < rows[truth][guess]; i++) {
                    float[] prediction = new float[rows.length];
                    prediction[guess] = 1;
                    matrix.add(Tensor.of(new int[] {truth}, 1), Tensor.of(prediction, 1, rows.length));
                }
            }
        }
        return matrix;
    }

    private static final ConfusionMatrix THREE = matrix(new int[] {7, 2, 0}, new int[] {1, 4, 0}, new int[] {0, 0, 0});

    private static String cell(int truth, int guess) {
        return "//g[@data-true='" + truth + "'][@data-predicted='" + guess + "']";
    }

    @Test
    void cellsHoldCountsAndSharesOfTheirRows() throws Exception {
        Xml svg = Xml.parse(ConfusionChart.svg(THREE, List.of("cat", "dog", "emu")));
        assertEquals(List.of("7", "77.8 %"), svg.texts(cell(0, 0) + "/text"));
        assertEquals(List.of("2", "22.2 %"), svg.texts(cell(0, 1) + "/text"));
        assertEquals(List.of("1", "20.0 %"), svg.texts(cell(1, 0) + "/text"));
        assertEquals(List.of("4", "80.0 %"), svg.texts(cell(1, 1) + "/text"));
        assertEquals(List.of("0"), svg.texts(cell(2, 2) + "/text"));
        assertEquals(List.of("dog taken for cat: 1 (20.0 %)"), svg.texts(cell(1, 0) + "/title"));
        assertEquals(List.of("emu taken for itself: 0 (–)"), svg.texts(cell(2, 2) + "/title"));
        assertEquals(List.of("11 of 14 right, 78.6 %"), svg.texts("/*/text[@class='quiet small'][1]"));
    }

    @Test
    void cellsLieInTheirRowsAndColumns() throws Exception {
        Xml svg = Xml.parse(ConfusionChart.svg(THREE, List.of()));
        assertEquals(List.of("translate(58 0)"), svg.attributes(cell(0, 1), "transform"));
        assertEquals(List.of("translate(0 116)"), svg.attributes(cell(2, 0), "transform"));
    }

    @Test
    void colourFollowsTheRootOfTheShare() throws Exception {
        Xml svg = Xml.parse(ConfusionChart.svg(
                matrix(new int[] {64, 36}, new int[] {1, 99}), List.of("<a> & \"b\"", "it's\u0007")));
        assertEquals(List.of("0.8"), svg.attributes(cell(0, 0) + "/rect[@class='right']", "fill-opacity"));
        assertEquals(List.of("0.6"), svg.attributes(cell(0, 1) + "/rect[@class='wrong']", "fill-opacity"));
        assertEquals(List.of("0.1"), svg.attributes(cell(1, 0) + "/rect[@class='wrong']", "fill-opacity"));
        assertEquals(List.of("<a> & \"b\"", "it's\ufffd"), svg.texts("//text[@class='row name']"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 25, 41, 100})
    void everyCountIsShownAndInsideThePicture(int classes) throws Exception {
        int[][] rows = new int[classes][classes];
        for (int i = 0; i < classes; i++) {
            rows[i][i] = 3;
            rows[i][(i + 1) % classes] += 1;
        }
        List<String> names = IntStream.range(0, classes)
                .mapToObj(i -> "a name that is much too long for a label " + i)
                .toList();
        Xml svg = Xml.parse(ConfusionChart.svg(matrix(rows), names));
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            counts.addAll(svg.texts(cell(i, i) + "/text[contains(@class, 'count')]"));
            counts.addAll(svg.texts(cell(i, (i + 1) % classes) + "/text[contains(@class, 'count')]"));
        }
        assertEquals(
                IntStream.range(0, 2 * classes)
                        .mapToObj(i -> i % 2 == 0 ? "3" : "1")
                        .toList(),
                counts);
        assertEquals(names, svg.texts("//text[@class='column name']/title"));
        Element root = svg.document().getDocumentElement();
        double side =
                Double.parseDouble(svg.attributes(cell(0, 0) + "/rect", "width").getFirst()) * classes;
        double[] corner = pair(svg.attributes("/*/g[1]", "transform").getFirst());
        assertTrue(corner[0] + side < Double.parseDouble(root.getAttribute("width")));
        assertTrue(corner[1] + side < Double.parseDouble(root.getAttribute("height")));
    }

    private static double[] pair(String translate) {
        String[] numbers = translate.replaceAll("translate\\(|\\)", "").split(" ");
        return new double[] {Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
    }

    @Test
    void thereIsANameForEachClass() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ConfusionChart.svg(THREE, List.of("a", "b")))
                .getMessage()
                .contains("3 classes, there are 2 names"));
    }

    @Test
    void shortenedNamesKeepWholeCharacters() {
        assertEquals("abc", Texts.shortened("abc", 3));
        assertEquals("ab…", Texts.shortened("abcd", 3));
        assertEquals("🐈…", Texts.shortened("🐈🐈🐈", 3));
    }
}
