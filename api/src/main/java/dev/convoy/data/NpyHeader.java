package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a NumPy file: a Python dictionary of the three keys {@code descr}, {@code fortran_order} and
 * {@code shape}, of which only the forms that NumPy writes are understood.
 */
record NpyHeader(DataType type, ByteOrder order, boolean fortranOrder, Shape shape) {

    private static final Map<String, DataType> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("b1", DataType.BOOL),
            Map.entry("f2", DataType.FLOAT16),
            Map.entry("f4", DataType.FLOAT32),
            Map.entry("f8", DataType.FLOAT64),
            Map.entry("i1", DataType.INT8),
            Map.entry("i2", DataType.INT16),
            Map.entry("i4", DataType.INT32),
            Map.entry("i8", DataType.INT64),
            Map.entry("u1", DataType.UINT8),
            Map.entry("u2", DataType.UINT16),
            Map.entry("u4", DataType.UINT32),
            Map.entry("u8", DataType.UINT64)));

    /** NumPy's own limit on dimensions. */
    private static final int MAX_RANK = 64;

    private static final Pattern ENTRY = Pattern.compile(
            "\\s*['\"](?<key>\\w+)['\"]\\s*:\\s*"
                + "(?:['\"](?<text>[^'\"]*)['\"]|(?<flag>True|False)|\\((?<tuple>[\\dL,\\s]*)\\)|(?<other>\\[.*\\]))\\s*,?\\s*");

    /** @param position of the header's text in the file */
    static NpyHeader parse(String text, String name, long position) throws NpyException {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw damaged(name, position, "the header is no dictionary");
        }
        String descr = null;
        Boolean fortran = null;
        String tuple = null;
        Matcher entry = ENTRY.matcher(trimmed).region(1, trimmed.length() - 1);
        while (entry.lookingAt()) {
            switch (entry.group("key")) {
                case "descr" -> descr = entry.group("other") != null ? entry.group("other") : entry.group("text");
                case "fortran_order" ->
                    fortran = entry.group("flag") == null
                            ? null
                            : entry.group("flag").equals("True");
                case "shape" -> tuple = entry.group("tuple");
                default -> throw damaged(name, position, "the header has an unknown key '" + entry.group("key") + "'");
            }
            entry.region(entry.end(), entry.regionEnd());
        }
        if (descr == null || fortran == null || tuple == null || entry.regionStart() != entry.regionEnd()) {
            throw damaged(
                    name, position, "the header does not have the form {'descr': …, 'fortran_order': …, 'shape': …}");
        }
        return new NpyHeader(type(descr, name, position), order(descr), fortran, shape(tuple, name, position));
    }

    /** The header as NumPy writes it, without padding: little-endian, C order. */
    static String format(DataType type, Shape shape) {
        StringBuilder sizes = new StringBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            sizes.append(axis == 0 ? "" : " ").append(shape.size(axis)).append(axis + 1 < shape.rank() ? "," : "");
        }
        String tuple = shape.rank() == 1 ? sizes + "," : sizes.toString();
        return "{'descr': '" + (type.bytes() == 1 ? "|" : "<") + code(type) + "', 'fortran_order': False, 'shape': ("
                + tuple + "), }";
    }

    private static String code(DataType type) {
        return TYPES.entrySet().stream()
                .filter(e -> e.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "NumPy has no " + type + ". Remedy: cast the tensor to float32 before it is written"));
    }

    private static DataType type(String descr, String name, long position) throws NpyException {
        DataType type =
                descr.length() == 3 && "<>|".indexOf(descr.charAt(0)) >= 0 ? TYPES.get(descr.substring(1)) : null;
        if (type == null || (descr.charAt(0) == '|' && type.bytes() > 1)) {
            throw new NpyException(
                    name, position, refusal(descr), "save the array with dtype float32 or another numeric type");
        }
        return type;
    }

    private static String refusal(String descr) {
        if (descr.endsWith("O") || descr.contains("O'")) {
            return "the array holds Python objects (dtype '" + descr
                    + "'), stored as a pickle, which could run code and is never read";
        }
        if (descr.startsWith("[")) {
            return "the array holds records (dtype " + descr + "), which are not supported";
        }
        return "dtype '" + descr + "' is not supported; these are: " + String.join(", ", TYPES.keySet());
    }

    private static ByteOrder order(String descr) {
        return descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static Shape shape(String tuple, String name, long position) throws NpyException {
        List<Integer> sizes = new ArrayList<>();
        for (String item : tuple.isBlank() ? new String[0] : tuple.split(",")) {
            Integer size = size(item.strip());
            if (size == null || sizes.size() == MAX_RANK) {
                throw damaged(name, position, "the shape (" + tuple + ") cannot be");
            }
            sizes.add(size);
        }
        return Shape.of(sizes);
    }

    private static @Nullable Integer size(String item) {
        String digits = item.endsWith("L") ? item.substring(0, item.length() - 1) : item;
        try {
            return Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static NpyException damaged(String name, long position, String problem) {
        return new NpyException(name, position, problem, "write the file again with numpy.save");
    }
}
