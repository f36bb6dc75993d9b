package dev.convoy.walkthrough;

import dev.convoy.data.Image;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Matrices as people write them: a literal, a CSV file, a picture. */
public final class Matrices {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern LITERAL = Pattern.compile("[\\s\\d.,;+\\-eE|]*");
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final long MAX_BYTES = 1 << 24;
    private static final int MAX_NUMBERS = 1 << 22;

    private Matrices() {}

    /**
     * Whether a text can only be a literal, and not the name of a file: it holds nothing but digits, signs and separators.
     */
    public static boolean isLiteral(String text) {
        return LITERAL.matcher(text).matches() && text.chars().anyMatch(Character::isDigit);
    }

    /**
     * A literal: {@code "1 2 3; 4 5 6"}. Rows are separated by semicolons or line ends, numbers by spaces or commas,
     * channels by bars.
     *
     * @return float64 {@code [h, w, c]}
     * @throws IllegalArgumentException if something is no number, or rows or channels differ in size
     */
    public static Tensor parse(String literal) {
        List<Tensor> channels = new ArrayList<>();
        for (String plane : literal.split("\\|", -1)) {
            channels.add(plane("'" + plane.strip() + "'", plane.split("[;\\r\\n]+"), "\\s*[,\\s]\\s*"));
        }
        return stack(channels);
    }

    /**
     * A picture (PNG, JPEG, GIF or BMP) in grey, from 0 to 255; any other file is CSV: a row on each line, numbers
     * separated by commas, semicolons, tabs or spaces.
     *
     * @return float64 {@code [h, w, 1]}
     * @throws IllegalArgumentException if a CSV file holds something that is no number, or its rows differ in length
     * @throws IOException if the file cannot be read
     */
    public static Tensor read(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp").stream().anyMatch(name::endsWith)) {
            return Grid.doubles(Image.read(file).toGrey().toTensor());
        }
        if (Files.isDirectory(file)) {
            throw new IOException("'" + file + "' is a folder. Remedy: name a CSV or picture file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("'" + file + "' has more than " + MAX_BYTES
                    + " bytes, which is no matrix to walk through. Remedy: cut a part out");
        }
        try {
            String text = Files.readString(file);
            String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            return plane("'" + file + "'", plain.split("\\R"), "\\s*[,;\\s]\\s*");
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "'" + file + "' is no text. Remedy: give a CSV file, or a picture whose name ends in .png", e);
        }
    }

    /**
     * Puts channels on top of each other.
     *
     * @param channels each {@code [h, w, c]} in float64
     * @return float64 {@code [h, w, sum of c]}
     * @throws IllegalArgumentException if heights or widths differ
     */
    public static Tensor stack(List<Tensor> channels) {
        return join(channels, "channel", 2, t -> t);
    }

    /**
     * Puts kernels of one filter each side by side.
     *
     * @param kernels each {@code [kh, kw, c]} in float64
     * @return float64 {@code [kh, kw, c, filters]}
     * @throws IllegalArgumentException if shapes differ
     */
    public static Tensor filters(List<Tensor> kernels) {
        return join(
                kernels,
                "kernel",
                3,
                t -> t.reshape(t.shape().size(0), t.shape().size(1), t.shape().size(2), 1));
    }

    private static Tensor join(List<Tensor> parts, String what, int axis, Function<Tensor, Tensor> form) {
        List<Tensor> tensors = parts.stream().map(form).toList();
        int[] first = tensors.getFirst().shape().sizes();
        int last = 0;
        for (Tensor tensor : tensors) {
            int[] sizes = tensor.shape().sizes();
            for (int i = 0; i < axis; i++) {
                if (sizes[i] != first[i]) {
                    throw new IllegalArgumentException("A " + what + " is " + by(sizes) + ", another " + by(first)
                            + ". Remedy: give all of them the same size");
                }
            }
            last = Math.addExact(last, sizes[axis]);
        }
        int outer = tensors.getFirst().size() / first[axis];
        double[] values = new double[Math.multiplyExact(outer, last)];
        int offset = 0;
        for (Tensor tensor : tensors) {
            int inner = tensor.shape().size(axis);
            for (int i = 0; i < outer; i++) {
                System.arraycopy(tensor.doubles(), i * inner, values, i * last + offset, inner);
            }
            offset += inner;
        }
        int[] sizes = first.clone();
        sizes[axis] = last;
        return Tensor.of(values, sizes);
    }

    private static String by(int[] sizes) {
        return sizes[0] + "×" + sizes[1] + (sizes.length == 4 ? " of " + sizes[2] + " channels" : "");
    }

    private static Tensor plane(String source, String[] lines, String separator) {
        List<Double> values = new ArrayList<>();
        int rows = 0;
        int width = 0;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int before = values.size();
            for (String word : line.strip().split(separator, -1)) {
                values.add(number(source, rows + 1, word));
            }
            int numbers = values.size() - before;
            width = rows == 0 ? numbers : width;
            rows++;
            if (numbers != width) {
                throw new IllegalArgumentException("Row " + rows + " of " + source + " has " + count(numbers)
                        + ", row 1 has " + width + ". Remedy: give every row the same number of them");
            }
            if (values.size() > MAX_NUMBERS) {
                throw new IllegalArgumentException(source + " has more than " + MAX_NUMBERS
                        + " numbers, which is no matrix to walk through. Remedy: cut a part out");
            }
        }
        if (rows == 0) {
            throw new IllegalArgumentException(source + " holds no numbers. Remedy: write a matrix as '1 2 3; 4 5 6'");
        }
        return Tensor.of(values.stream().mapToDouble(v -> v).toArray(), rows, width, 1);
    }

    private static String count(int numbers) {
        return numbers + (numbers == 1 ? " number" : " numbers");
    }

    private static double number(String source, int row, String word) {
        if (!NUMBER.matcher(word).matches() || !Double.isFinite(Double.parseDouble(word))) {
            String shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
            throw new IllegalArgumentException("Row " + row + " of " + source + " has '" + shown
                    + "', which is no number. Remedy: write numbers as 3, -0.5 or 1e-3");
        }
        return Double.parseDouble(word);
    }
}
