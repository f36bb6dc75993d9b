package dev.convoy.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the markers before a JPEG file's first scan say.
 *
 * @param orientation of the EXIF block, 1 (upright) to 8
 */
record JpegMarkers(JpegColour colour, int orientation) {

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);

    /** Reads the markers; a file that breaks off gives what was found until there, its decoder will tell. */
    static JpegMarkers read(byte[] file) {
        int orientation = 1;
        int adobe = -1;
        boolean jfif = false;
        List<Integer> components = List.of();
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            int length = (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
            if (marker == 0xda || length < 2 || at + 2 + length > file.length) {
                break;
            }
            ByteBuffer body = ByteBuffer.wrap(file, at + 4, length - 2).slice();
            if (marker == 0xe0 && startsWith(body, JFIF)) {
                jfif = true;
            } else if (marker == 0xe1 && startsWith(body, EXIF)) {
                orientation = ExifOrientation.of(body.slice(EXIF.length, body.capacity() - EXIF.length));
            } else if (marker == 0xee && startsWith(body, ADOBE) && body.capacity() >= 12) {
                adobe = body.get(11) & 0xff;
            } else if (isFrame(marker)) {
                components = components(body);
            }
            at += 2 + length;
        }
        return new JpegMarkers(colour(components, jfif, adobe), orientation);
    }

    /** SOF0 to SOF15 without DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static List<Integer> components(ByteBuffer frame) {
        List<Integer> ids = new ArrayList<>();
        for (int at = 6; at + 3 <= frame.capacity(); at += 3) {
            ids.add(frame.get(at) & 0xff);
        }
        return ids;
    }

    /**
     * libjpeg's {@code default_decompress_parms}.
     *
     * @param adobe the colour transform of Adobe's APP14 marker, -1 without it
     */
    private static JpegColour colour(List<Integer> components, boolean jfif, int adobe) {
        if (components.size() == 4) {
            return adobe == 2 ? JpegColour.YCCK : JpegColour.CMYK;
        }
        if (components.size() < 3) {
            return JpegColour.GREY;
        }
        boolean rgb = adobe >= 0 ? adobe == 0 : components.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
        return rgb && !jfif ? JpegColour.RGB : JpegColour.YCC;
    }

    private static boolean startsWith(ByteBuffer body, byte[] prefix) {
        return body.capacity() >= prefix.length && body.slice(0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }
}
