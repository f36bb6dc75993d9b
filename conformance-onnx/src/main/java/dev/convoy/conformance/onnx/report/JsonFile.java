package dev.convoy.conformance.onnx.report;

import dev.convoy.conformance.onnx.OnnxTestReport;
import dev.convoy.conformance.onnx.TestResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON. */
public final class JsonFile {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonFile() {}

    /** An object with {@code backend} and {@code tests}, each of which has name, archive, status, reason, operators, seconds. */
    public static String of(OnnxTestReport report) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("backend", report.backend());
        file.put("tests", report.results().stream().map(JsonFile::fields).toList());
        return MAPPER.writeValueAsString(file) + "\n";
    }

    private static Map<String, Object> fields(TestResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.test());
        fields.put("archive", result.archive());
        fields.put("status", result.status().label());
        fields.put("reason", result.reason());
        fields.put("operators", List.copyOf(result.operators()));
        fields.put("seconds", result.time().toMillis() / 1e3);
        return fields;
    }
}
