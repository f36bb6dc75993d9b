package dev.convoy.backend.cpu.winograd;

import dev.convoy.backend.cpu.gemm.Finish;
import org.jspecify.annotations.Nullable;

/**
 * The loops of {@link Winograd} for one kind of machine. Channels come in multiples of {@value #CHANNELS}.
 *
 * <p>Transformed data is a matrix for each product: row = tile, column = input channel. It is cut into blocks of
 * {@value #BLOCK} columns, each an array of rows that lie {@value #STRIDE} apart. So the rows of a micro-kernel's tile are
 * at constant distances, as the code of one loop wants them, and not a power of two apart, as no cache wants them; and
 * both the transform and the product go through channels in the order of memory. The sums are a matrix for each product:
 * row = tile, column = output channel.
 */
public interface WinogradLoops {

    int CHANNELS = 16;
    int BLOCK = 128;
    int STRIDE = BLOCK + CHANNELS;

    /** Columns of a panel of transformed weights, {@code [k, width]} in memory. */
    int panelWidth();

    /** The height of the next tile of a product when {@code rowsLeft} rows are left; it may be larger than that. */
    int tileHeight(int rowsLeft);

    /** Where things lie: element (i, j) of a tile at {@code at + i * row + j * pixel}, its channels behind one another. */
    record Place(float[] array, int at, int row, int pixel) {}

    /** A row of several matrices: of product i, it begins at {@code at + i * matrix}, and blocks are {@code block} apart. */
    record Rows(float[] array, int at, int matrix, int block) {}

    /** {@code Bᵀ x B} for all channels of a tile. */
    void transformData(Winograd form, Place x, int channels, Rows v);

    /**
     * Adds the products of a block of k to the sums of a tile of rows.
     *
     * @param height of the tile, a result of {@link #tileHeight}
     * @param v transformed data; row r at {@code vt + r * STRIDE}
     * @param u a part of a panel, at {@code ut}
     * @param fresh whether the sums begin here; else what is in m is added to
     * @param m sums; row r at {@code mt + r * ms}
     */
    void multiply(int height, float[] v, int vt, float[] u, int ut, int k, boolean fresh, float[] m, int mt, int ms);

    /**
     * {@code finish(Aᵀ m A)} for all channels of a tile; of m the blocks are not used.
     *
     * @param addend where the finish's addend lies for this tile, in another array than y; null for none
     */
    void transformSums(Winograd form, Rows m, int channels, Finish finish, @Nullable Place addend, Place y);

    /** {@code G w Gᵀ} in single precision, for weights that change in each run; of u the blocks are not used. */
    void transformWeights(Winograd form, Place w, int channels, Rows u);

    /** {@code A dy Aᵀ} for all channels of a tile; of d the blocks are not used. */
    void transformGradient(Winograd form, Place dy, int channels, Rows d);

    /** {@code Gᵀ m G} for the weights of some channels; of m the blocks are not used. */
    void transformProducts(Winograd form, Rows m, int channels, Place dw);
}
