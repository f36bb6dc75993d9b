package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;

/** The rows of a product cut into tiles: as many of the largest height as there are, then smaller ones. */
final class Tiles {

    private final int rows;
    private final int large;
    private final int full;
    private final int[] starts;
    private final int[] heights;

    private Tiles(int rows, int large, int full, int[] starts, int[] heights) {
        this.rows = rows;
        this.large = large;
        this.full = full;
        this.starts = starts;
        this.heights = heights;
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
        return new Tiles(rows, large, full, Arrays.copyOf(starts, count), Arrays.copyOf(heights, count));
    }

    int count() {
        return full + starts.length;
    }

    /** The first row of a tile. */
    int row(int tile) {
        return tile < full ? tile * large : starts[tile - full];
    }

    /** The height of a tile, in rows of the packed matrix. */
    int height(int tile) {
        return tile < full ? large : heights[tile - full];
    }

    /** The rows of a tile that are wanted. */
    int rows(int tile) {
        return Math.min(height(tile), rows - row(tile));
    }

    /** Heights of all tiles before. A tile that is higher than its rows is the last. */
    int packedRow(int tile) {
        return tile < count() ? row(tile) : count() == 0 ? 0 : row(count() - 1) + height(count() - 1);
    }
}
