package dev.convoy.data.augment;

import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Samples of a data set and what an augmentation makes of them, to look at before training.
 *
 * <pre>{@code
 * ContactSheet.of(Mnist.train(folder), RandomRotation.of(0.1)).image().writePng(Path.of("augmented.png"));
 * }</pre>
 *
 * @param data whose first samples are shown, one a row
 * @param augmentation what changes them
 * @param rows how many samples; 8 by default
 * @param epochs how many changed pictures stand beside the sample, as a training sees them in its first epochs; 8 by
 *     default
 * @param seed of that training; 0 by default
 * @param valueRange black to white; 0 to 1 by default
 */
public record ContactSheet(
        Dataset data, Augmentation augmentation, int rows, int epochs, long seed, ValueRange valueRange) {

    private static final int GAP = 2;
    private static final byte GREY = (byte) 128;

    /**
     * @throws IllegalArgumentException if rows or epochs are not positive, or there are not so many samples
     */
    public ContactSheet {
        if (rows < 1 || epochs < 1 || rows > data.size()) {
            throw new IllegalArgumentException("ContactSheet: there are at least 1 row and 1 epoch, and at most as many"
                    + " rows as the " + data.size() + " samples; got " + rows + " and " + epochs);
        }
    }

    public static ContactSheet of(Dataset data, Augmentation augmentation) {
        return new ContactSheet(data, augmentation, Math.min(8, data.size()), 8, 0, ValueRange.UNIT);
    }

    public ContactSheet rows(int value) {
        return new ContactSheet(data, augmentation, value, epochs, seed, valueRange);
    }

    public ContactSheet epochs(int value) {
        return new ContactSheet(data, augmentation, rows, value, seed, valueRange);
    }

    public ContactSheet seed(long value) {
        return new ContactSheet(data, augmentation, rows, epochs, value, valueRange);
    }

    public ContactSheet valueRange(ValueRange value) {
        return new ContactSheet(data, augmentation, rows, epochs, seed, value);
    }

    /**
     * The sheet: each sample, and to its right what becomes of it.
     *
     * @throws IllegalArgumentException if the data set's inputs are no float32 pictures {@code [h, w, c]} with 1 or 3
     *     channels, or the augmentation refuses them
     */
    public Image image() {
        Tensor[][] pictures = new Tensor[rows][];
        for (int row = 0; row < rows; row++) {
            pictures[row] = row(row);
        }
        Size sample = Pictures.size("ContactSheet", pictures[0][0]);
        Size changed = Pictures.size("ContactSheet", pictures[0][1]);
        int channels = sample.channels();
        if (channels != changed.channels() || channels != 1 && channels != 3) {
            throw new IllegalArgumentException("ContactSheet: pictures have 1 or 3 channels; got "
                    + pictures[0][0].spec() + " and " + pictures[0][1].spec());
        }
        int cellHeight = Math.max(sample.height(), changed.height()) + GAP;
        int cellWidth = Math.max(sample.width(), changed.width()) + GAP;
        int width = (epochs + 1) * cellWidth - GAP;
        int height = rows * cellHeight - GAP;
        byte[] sheet = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        Arrays.fill(sheet, GREY);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column <= epochs; column++) {
                put(pictures[row][column], sheet, width, row * cellHeight, column * cellWidth);
            }
        }
        return Image.of(width, height, channels, sheet);
    }

    private Tensor[] row(int sample) {
        Tensor batch = data.batch(new int[] {sample}).inputs();
        Pictures.checkBatch(batch, 1);
        Tensor[] row = new Tensor[epochs + 1];
        row[0] = Pictures.get(batch, 0);
        for (int epoch = 0; epoch < epochs; epoch++) {
            row[epoch + 1] = augmentation.apply(row[0], Augmentation.stream(seed, epoch, sample));
        }
        return row;
    }

    private void put(Tensor picture, byte[] sheet, int sheetWidth, int top, int left) {
        Size size = Pictures.size("ContactSheet", picture);
        int row = size.width() * size.channels();
        double scale = 255 / (valueRange.high() - valueRange.low());
        float[] pixels = picture.floats();
        for (int i = 0; i < pixels.length; i++) {
            double grey = (valueRange.clip(pixels[i]) - valueRange.low()) * scale;
            int at = ((top + i / row) * sheetWidth + left) * size.channels() + i % row;
            sheet[at] = (byte) Math.round(grey);
        }
    }
}
