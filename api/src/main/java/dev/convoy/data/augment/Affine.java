package dev.convoy.data.augment;

import dev.convoy.data.Interpolation;
import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.Tensor;

/**
 * Says for each pixel of the result where it comes from: {@code (x, y)} is read at
 * {@code (xx·x + xy·y + x0, yx·x + yy·y + y0)}, in float32 as {@code keras.ops.image.affine_transform} does on TensorFlow.
 */
record Affine(float xx, float xy, float x0, float yx, float yy, float y0) {

    static Affine translation(double right, double down) {
        return new Affine(1, 0, (float) -right, 0, 1, (float) -down);
    }

    /** About the middle, by a share of a whole turn. */
    static Affine rotation(double turns, Size size) {
        double angle = 2 * Math.PI * turns;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double x = (size.width() - 1) / 2.0;
        double y = (size.height() - 1) / 2.0;
        return new Affine((float) cos, (float) -sin, (float) (x - x * cos + y * sin), (float) sin, (float) cos, (float)
                (y - x * sin - y * cos));
    }

    /** About the middle; 2 makes everything half as large. */
    static Affine zoom(double height, double width, Size size) {
        double x = (size.width() - 1) / 2.0 * (1 - width);
        double y = (size.height() - 1) / 2.0 * (1 - height);
        return new Affine((float) width, 0, (float) x, 0, (float) height, (float) y);
    }

    Tensor sample(Tensor picture, Size size, Sampling sampling) {
        float[] result = new float[picture.size()];
        Reader reader = new Reader(picture.floats(), size, (float) sampling.fillValue());
        FillMode mode = sampling.fillMode();
        boolean nearest = sampling.interpolation() == Interpolation.NEAREST;
        int at = 0;
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++, at += size.channels()) {
                float fromX = mode.place(xx * x + xy * y + x0, size.width());
                float fromY = mode.place(yx * x + yy * y + y0, size.height());
                if (nearest) {
                    reader.nearest(fromX, fromY, result, at);
                } else {
                    reader.bilinear(fromX, fromY, result, at);
                }
            }
        }
        return Tensor.wrap(picture.spec(), result);
    }

    private record Reader(float[] pixels, Size size, float fill) {

        void nearest(float x, float y, float[] result, int at) {
            int from = offset(roundAwayFromZero(x), roundAwayFromZero(y));
            for (int c = 0; c < size.channels(); c++) {
                result[at + c] = get(from, c);
            }
        }

        void bilinear(float x, float y, float[] result, int at) {
            float left = (float) Math.floor(x);
            float top = (float) Math.floor(y);
            float toRight = x - left;
            float toLeft = left + 1 - x;
            float toBottom = y - top;
            float toTop = top + 1 - y;
            int topLeft = offset(left, top);
            int topRight = offset(left + 1, top);
            int bottomLeft = offset(left, top + 1);
            int bottomRight = offset(left + 1, top + 1);
            for (int c = 0; c < size.channels(); c++) {
                float above = toLeft * get(topLeft, c) + toRight * get(topRight, c);
                float below = toLeft * get(bottomLeft, c) + toRight * get(bottomRight, c);
                result[at + c] = toTop * above + toBottom * below;
            }
        }

        /** Of a pixel's first channel; -1 beyond the edges. */
        private int offset(float x, float y) {
            boolean inside = x >= 0 && y >= 0 && x < size.width() && y < size.height();
            return inside ? ((int) y * size.width() + (int) x) * size.channels() : -1;
        }

        private float get(int offset, int channel) {
            return offset < 0 ? fill : pixels[offset + channel];
        }

        private static float roundAwayFromZero(float x) {
            return Math.copySign((float) Math.floor(Math.abs(x) + 0.5), x);
        }
    }
}
