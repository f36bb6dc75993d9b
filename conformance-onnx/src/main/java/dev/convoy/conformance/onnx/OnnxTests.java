package dev.convoy.conformance.onnx;

import dev.convoy.conformance.onnx.OnnxTest.DataSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tests by their layout: {@code …/NAME/model.onnx} with {@code test_data_set_K/input_I.pb} and {@code output_I.pb}
 * beside it; and the light models, {@code …/light_NAME.onnx} with {@code light_NAME_output_0.pb}.
 */
public final class OnnxTests {

    private static final Pattern DATA = Pattern.compile("(test_data_set_\\d{1,6})/(input|output)_(\\d{1,4})\\.pb");
    private static final String MODEL = "/model.onnx";

    private OnnxTests() {}

    /** All tests of an archive, ordered by their place in it. Models without data are none. */
    public static List<OnnxTest> find(TestArchive archive) {
        List<OnnxTest> tests = new ArrayList<>();
        SortedSet<String> files = archive.files();
        for (String file : files) {
            if (("/" + file).endsWith(MODEL)) {
                usual(archive, file, tests);
            } else if (last(file).startsWith("light_") && file.endsWith(".onnx")) {
                light(archive, file, tests);
            }
        }
        return List.copyOf(tests);
    }

    private static void usual(TestArchive archive, String model, List<OnnxTest> tests) {
        String folder = model.substring(0, model.length() - "model.onnx".length());
        String name = folder.isEmpty() ? last(archive.name()) : last(folder.substring(0, folder.length() - 1));
        SortedMap<String, DataSet> dataSets = new TreeMap<>();
        List<String> besides = new ArrayList<>();
        for (String file : below(archive, folder)) {
            String inside = file.substring(folder.length());
            Matcher data = DATA.matcher(inside);
            if (data.matches()) {
                DataSet set = dataSets.computeIfAbsent(
                        data.group(1), s -> new DataSet(s, new LinkedHashMap<>(), new LinkedHashMap<>()));
                SequencedMap<Integer, String> side = data.group(2).equals("input") ? set.inputs() : set.outputs();
                side.put(Integer.valueOf(data.group(3)), file);
            } else if (!inside.contains("/") && !file.equals(model)) {
                besides.add(file);
            }
        }
        if (!dataSets.isEmpty()) {
            tests.add(new OnnxTest(name, archive, model, besides, List.copyOf(dataSets.values()), Tolerance.ONNX));
        }
    }

    private static SortedSet<String> below(TestArchive archive, String folder) {
        SortedSet<String> files = archive.files();
        return folder.isEmpty() ? files : files.subSet(folder, folder + Character.MAX_VALUE);
    }

    private static void light(TestArchive archive, String model, List<OnnxTest> tests) {
        String place = model.substring(0, model.length() - ".onnx".length());
        String output = place + "_output_0.pb";
        if (archive.files().contains(output)) {
            SequencedMap<Integer, String> outputs = new LinkedHashMap<>();
            outputs.put(0, output);
            DataSet dataSet = new DataSet("", new LinkedHashMap<>(), outputs);
            Tolerance tolerance = last(place).equals("light_densenet121") ? Tolerance.LIGHT_DENSENET : Tolerance.ONNX;
            tests.add(new OnnxTest(last(place), archive, model, List.of(), List.of(dataSet), tolerance));
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
