package dev.convoy.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Picture files of one colour. */
final class PicturesOnDisk {

    private PicturesOnDisk() {}

    /** A PNG file of one colour. */
    static byte[] png(int width, int height, int rgb) throws IOException {
        return encoded(width, height, rgb, "png");
    }

    static byte[] jpeg(int width, int height, int rgb) throws IOException {
        return encoded(width, height, rgb, "jpg");
    }

    private static byte[] encoded(int width, int height, int rgb, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }
}
