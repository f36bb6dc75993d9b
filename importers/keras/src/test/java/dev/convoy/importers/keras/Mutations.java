package dev.convoy.importers.keras;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ways to spoil a file; the same seed spoils it the same way. */
final class Mutations {

    private static final long[] SIZES = {
        -1, 0, 1, 7, 0xff, 0x7fff, 0xffff, 0x7fffffffL, 0xffffffffL, 1L << 32, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private Mutations() {}

    /** A binary file with bytes flipped, pointers bent, sizes inflated, parts cut, moved, doubled or blanked. */
    static byte[] ofBytes(byte[] original, SplittableRandom random) {
        byte[] file = original.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            file = once(file, random);
        }
        return file;
    }

    private static byte[] once(byte[] file, SplittableRandom random) {
        if (file.length < 16) {
            return file;
        }
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = random.nextInt(file.length);
        int aligned = Math.min(at / 8 * 8, file.length - 8);
        switch (random.nextInt(8)) {
            case 0 -> {
                return Arrays.copyOf(file, at);
            }
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> file[at] = (byte) random.nextInt(256);
            case 3 -> buffer.putLong(aligned, SIZES[random.nextInt(SIZES.length)]);
            case 4 -> buffer.putInt(Math.min(at, file.length - 4), (int) SIZES[random.nextInt(SIZES.length)]);
            case 5 -> buffer.putLong(aligned, pointer(buffer, random));
            case 6 -> Arrays.fill(file, at, Math.min(file.length, at + random.nextInt(64)), (byte) 0);
            default -> {
                int from = random.nextInt(file.length);
                int length = Math.min(random.nextInt(256), file.length - Math.max(from, at));
                System.arraycopy(file.clone(), from, file, at, length);
            }
        }
        return file;
    }

    /** Something that stands in the file as a pointer does, so that structures come to contain themselves. */
    private static long pointer(ByteBuffer buffer, SplittableRandom random) {
        for (int tries = 0; tries < 100; tries++) {
            long value = buffer.getLong(random.nextInt(buffer.capacity() / 8) * 8);
            if (value > 0 && value < buffer.capacity()) {
                return value;
            }
        }
        return random.nextInt(buffer.capacity());
    }

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1e999",
            "NaN",
            "99999999999999999999",
            "\\u0000",
            "2147483647",
            "[[[[[[[[",
            "{\"a\":{\"a\":",
            "\"Functional\"",
            "\"Sequential\"",
            "\"layers\"",
            "0",
            "1.5");

    /** Values that keep a document well formed. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "2",
            "-1",
            "1.5",
            "3000000000",
            "1e999",
            "NaN",
            "\"\"",
            "\"same\"",
            "\"channels_first\"",
            "\"Dense\"",
            "\"Sequential\"",
            "\"Functional\"",
            "\"InputLayer\"",
            "\"Add\"",
            "\"../x\"",
            "[]",
            "{}",
            "[1, 2]",
            "[null, 2]",
            "[[1, 2], [3, 4]]",
            "{\"class_name\": \"ReLU\"}",
            "[null, 2147483647, 2147483647, 3]");

    /** A text with pieces put in, taken out, doubled or exchanged, mostly where JSON has its joints. */
    static String ofJson(String original, SplittableRandom random) {
        StringBuilder text = new StringBuilder(original);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && text.length() > 2; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(24));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(7)) {
                case 0 -> text.insert(at, piece);
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.setCharAt(at, (char) random.nextInt(128));
                case 4 -> text.setLength(at);
                default -> replaceValue(text, at, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return text.toString();
    }

    /** Exchanges the value behind the next colon, so that the document stays well formed. */
    private static void replaceValue(StringBuilder text, int from, String piece) {
        int colon = text.indexOf(": ", from);
        if (colon < 0) {
            return;
        }
        int end = colon + 2;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        text.replace(colon + 2, end, piece);
    }

    /** JSON nested as deeply as asked, valid otherwise. */
    static String deep(int depth) {
        return "{\"class_name\": \"Sequential\", \"config\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    static byte[] zeros(int megabytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < megabytes; i++) {
            out.writeBytes(new byte[1 << 20]);
        }
        return out.toByteArray();
    }
}
