package dev.convoy.backend.cpu.kernel;

/** The elements of one window that lie inside the data, in row-major order. Used by one thread. */
final class Taps {

    private final Geometry geometry;
    private final int[] pixels;
    private final int[] numbers;
    private int count;
    private int padded;

    Taps(Geometry geometry) {
        this.geometry = geometry;
        pixels = new int[geometry.taps()];
        numbers = new int[geometry.taps()];
    }

    /** Moves to a window of a sample. */
    void moveTo(int window) {
        int[] output = geometry.output();
        int[] input = geometry.input();
        int[] size = geometry.size();
        int w = window % output[2];
        int h = window / output[2] % output[1];
        int d = window / output[2] / output[1];
        count = 0;
        padded = 0;
        for (int kd = 0; kd < size[0]; kd++) {
            int z = geometry.position(0, d, kd);
            for (int kh = 0; kh < size[1]; kh++) {
                int y = geometry.position(1, h, kh);
                for (int kw = 0; kw < size[2]; kw++) {
                    int x = geometry.position(2, w, kw);
                    if (z >= 0 && z < input[0] && y >= 0 && y < input[1] && x >= 0 && x < input[2]) {
                        pixels[count] = (z * input[1] + y) * input[2] + x;
                        numbers[count++] = (kd * size[1] + kh) * size[2] + kw;
                    }
                    if (isInPadded(0, z) && isInPadded(1, y) && isInPadded(2, x)) {
                        padded++;
                    }
                }
            }
        }
    }

    private boolean isInPadded(int axis, int position) {
        return position < geometry.input()[axis] + geometry.padEnd()[axis];
    }

    /** How many elements lie inside the data. */
    int count() {
        return count;
    }

    /** How many elements lie inside the padded data. */
    int paddedCount() {
        return padded;
    }

    /** The position of an element in the flattened spatial axes of the data. */
    int pixel(int index) {
        return pixels[index];
    }

    /** The number of an element within the window. */
    int number(int index) {
        return numbers[index];
    }
}
