package dev.convoy.conformance.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The recorded vectors: a line each, fields apart by tabs, tensors apart by bars, numbers by blanks. */
public final class Vectors {

    private static final String FILE = "vectors.tsv";

    private Vectors() {}

    /**
     * One line.
     *
     * @param kind what it is a vector of: {@code step}, {@code loss}, {@code transform}, {@code constraint},
     *     {@code regularizer} or {@code schedule}
     * @param name of the optimizer, loss and so on
     * @param fields the rest
     */
    public record Vector(String kind, String name, List<String> fields) {

        /** A field as numbers. */
        public double[] numbers(int field) {
            return parse(fields.get(field));
        }

        /** A field as several tensors. */
        public List<double[]> tensors(int field) {
            String text = fields.get(field);
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split("\\|")).map(Vector::parse).toList();
        }

        private static double[] parse(String text) {
            return Arrays.stream(text.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    /** All vectors of a kind, by name. */
    public static SequencedMap<String, List<Vector>> of(String kind) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(FILE), FILE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .filter(fields -> fields.getFirst().equals(kind))
                    .map(fields -> new Vector(kind, fields.get(1), fields.subList(2, fields.size())))
                    .collect(Collectors.groupingBy(Vector::name, LinkedHashMap::new, Collectors.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
