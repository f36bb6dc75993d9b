package dev.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.training.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** A panel is 340 wide and 220 high; points are worked out by hand. */
class HistoryChartTest {

    private static History history(double[] loss, double[] accuracy, double[] validation) {
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < loss.length; i++) {
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            values.put("accuracy", accuracy[i]);
            values.put("loss", loss[i]);
            values.put("val_accuracy", validation[i]);
            epochs.add(new History.Epoch(i + 1, values, 0.01, 13));
        }
        return new History(epochs);
    }

    private static final History FIVE =
            history(new double[] {1.0, 0.8, 0.6, 0.4, 0.2}, new double[] {0.5, 0.6, 0.7, 0.8, 0.9}, new double[] {
                0.5, 0.7, Double.NaN, 0.9, 0.6
            });

    private static String panel(String name) {
        return "//g[@data-name='" + name + "']";
    }

    @Test
    void pointsLieWhereTheirNumbersSay() throws Exception {
        Xml svg = Xml.parse(HistoryChart.svg(FIVE));
        // from 1.0 above to 0.2 below: (1 - (v - 0.2) / 0.8) * 220
        assertEquals(
                List.of("0,0 85,55 170,110 255,165 340,220"),
                svg.attributes(panel("loss") + "/polyline[@class='curve training']", "points"));
        // from 90 % above to 50 % below
        assertEquals(
                List.of("0,220 85,165 170,110 255,55 340,0"),
                svg.attributes(panel("accuracy") + "/polyline[@class='curve training']", "points"));
    }

    @Test
    void missingValuesLeaveAGap() throws Exception {
        assertEquals(
                List.of("0,220 85,110", "255,0 340,165"),
                Xml.parse(HistoryChart.svg(FIVE))
                        .attributes(panel("accuracy") + "/polyline[@class='curve validation']", "points"));
    }

    @Test
    void theLossComesFirstAndAxesHaveRoundTicks() throws Exception {
        Xml svg = Xml.parse(HistoryChart.svg(FIVE));
        assertEquals(List.of("loss", "accuracy (%)"), svg.texts("//text[@class='name']"));
        assertEquals(
                List.of("0.2", "0.4", "0.6", "0.8", "1.0"), svg.texts(panel("loss") + "/text[@class='quiet tick']"));
        assertEquals(
                List.of("50", "60", "70", "80", "90"), svg.texts(panel("accuracy") + "/text[@class='quiet tick']"));
        assertEquals(List.of("1", "2", "3", "4", "5"), svg.texts(panel("loss") + "/text[@class='quiet epoch']"));
        assertEquals(
                List.of("220", "165", "110", "55", "0"), svg.attributes(panel("loss") + "/line[@class='grid']", "y1"));
    }

    @Test
    void legendsHaveTheLastValues() throws Exception {
        Xml svg = Xml.parse(HistoryChart.svg(FIVE));
        assertEquals(List.of("training 0.2000"), svg.texts(panel("loss") + "/text[starts-with(., 'training')]"));
        assertEquals(
                List.of("training 90.0 %", "validation 60.0 %"),
                svg.texts(panel("accuracy") + "/text[contains(., ' %')]"));
        assertEquals(List.of("5 epochs, 1 min 5 s"), svg.texts("/*/text[@class='quiet']"));
    }

    @Test
    void oneEpochIsAPointInTheMiddle() throws Exception {
        Xml svg = Xml.parse(HistoryChart.svg(history(new double[] {0.5}, new double[] {0.7}, new double[] {0.7})));
        // 0.45 to 0.55
        assertEquals(
                List.of("170,110"), svg.attributes(panel("loss") + "/polyline[@class='curve training']", "points"));
    }

    @Test
    void longTrainingsHaveFewNumbers() throws Exception {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 100.0;
        }
        Xml svg = Xml.parse(HistoryChart.svg(history(values, values, values)));
        assertEquals(
                List.of("1", "20", "40", "60", "80", "100"), svg.texts(panel("loss") + "/text[@class='quiet epoch']"));
    }

    @Test
    void namesAreEscaped() throws Exception {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put("a<b & \"c\"\u0000", 1.0);
        Xml svg = Xml.parse(HistoryChart.svg(new History(List.of(new History.Epoch(1, values, 0.01, 1)))));
        assertEquals(List.of("a<b & \"c\"\ufffd"), svg.texts("//text[@class='name']"));
    }

    @Test
    void nothingIsNoPicture() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> HistoryChart.svg(new History(List.of())))
                .getMessage()
                .contains("no epochs"));
    }

    @Test
    void axesHaveRoundSteps() {
        assertEquals(new Axis(0, 20, 5), Axis.around(3, 97, 5));
        assertEquals(List.of("-0.10", "-0.05", "0.00", "0.05"), labels(Axis.around(-0.1, 0.05, 5)));
        assertEquals(List.of("0.0e+00", "1.0e-05", "2.0e-05"), labels(Axis.around(0, 2e-5, 2)));
        assertEquals(List.of("6.0", "6.5", "7.0", "7.5", "8.0"), labels(Axis.around(7, 7, 3)));
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toList();
    }
}
