package dev.convoy.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NamedNodeMap;

/** The logical screen of a GIF file, on which its first frame lies (GIF89a, sections 18 and 20). */
final class GifScreen {

    private GifScreen() {}

    static int width(byte[] file) {
        return littleEndian(file, 6);
    }

    static int height(byte[] file) {
        return littleEndian(file, 8);
    }

    private static int littleEndian(byte[] file, int at) {
        return (file[at + 1] & 0xff) << 8 | file[at] & 0xff;
    }

    /** Where the frame leaves the screen free there is the transparent colour, or else the palette's first: as Pillow. */
    static Image firstFrame(ImageReader reader, byte[] file) throws IOException {
        BufferedImage frame = reader.read(0);
        int width = width(file);
        int height = height(file);
        if ((frame.getWidth() == width && frame.getHeight() == height)
                || !(frame.getColorModel() instanceof IndexColorModel palette)) {
            return Image.of(frame);
        }
        NamedNodeMap descriptor = ((IIOMetadataNode)
                        reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0"))
                .getElementsByTagName("ImageDescriptor")
                .item(0)
                .getAttributes();
        int left = position(descriptor, "imageLeftPosition");
        int top = position(descriptor, "imageTopPosition");
        if (left + frame.getWidth() > width || top + frame.getHeight() > height) {
            throw new IOException("the first frame reaches outside of the screen of " + width + "x" + height);
        }
        WritableRaster screen = palette.createCompatibleWritableRaster(width, height);
        int[] free = new int[width];
        Arrays.fill(free, Math.max(palette.getTransparentPixel(), 0));
        for (int y = 0; y < height; y++) {
            screen.setSamples(0, y, width, 1, 0, free);
        }
        screen.setRect(left, top, frame.getRaster());
        return Rasters.toImage(screen, palette);
    }

    private static int position(NamedNodeMap descriptor, String attribute) {
        return Integer.parseInt(descriptor.getNamedItem(attribute).getNodeValue());
    }
}
