package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;

/** The rows of a product cut into tiles: as many of the largest height as there are, then smaller ones. */
final class Tiles {

    private final int rows;
    private final int large;
    private final int full;
    private final int pitch;
    private final int[] starts;
    private final int[] heights;
    private final int[] packed;

    private Tiles(int rows, int full, int[] starts, int[] heights, MicroKernel kernel) {
        this.rows = rows;
        this.full = full;
        this.starts = starts;
        this.heights = heights;
        large = kernel.maxTileHeight();
        pitch = kernel.pitch(large);
        packed = new int[heights.length + 1];
        packed[0] = full * pitch;
        for (int i = 0; i < heights.length; i++) {
            packed[i + 1] = packed[i] + kernel.pitch(heights[i]);
        }
    }

    static Tiles of(MicroKernel kernel, int rows) {
        int large = kernel.maxTileHeight();
        int full = rows / large;
        int[] starts = new int[large];
        int[] heights = new int[large];
        int count = 0;
        for (int row = full * large; row < rows; row += heights[count++]) {
            starts[count] = row;
            heights[count] = kernel.tileHeight(rows - row);
        }
        return new Tiles(rows, full, Arrays.copyOf(starts, count), Arrays.copyOf(heights, count), kernel);
    }

    int count() {
        return full + starts.length;
    }

    /** The first row of a tile. */
    int row(int tile) {
        return tile < full ? tile * large : starts[tile - full];
    }

    /** The height of a tile; the last one may have fewer rows that are wanted. */
    int height(int tile) {
        return tile < full ? large : heights[tile - full];
    }

    /** The rows of a tile that are wanted. */
    int rows(int tile) {
        return Math.min(height(tile), rows - row(tile));
    }

    /** The {@linkplain MicroKernel#pitch pitches} of all tiles before. */
    int packedRow(int tile) {
        return tile < full ? tile * pitch : packed[tile - full];
    }
}
