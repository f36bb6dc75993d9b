package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads arrays in the IDX format, in which MNIST and its relatives come (described on the page of LeCun, Cortes and Burges,
 * The MNIST database): two zero bytes, a byte for the type, one for the number of axes, their sizes as big-endian int32,
 * and the elements, big-endian. A file compressed with gzip is read as it is.
 */
public final class Idx {

    /** The most bytes that are read of one file; the images of MNIST have 47 million. */
    static final long MAX_BYTES = 1L << 30;

    private static final int MAX_RANK = 8;
    private static final int HEADER = 4;
    private static final int CHUNK = 1 << 16;
    private static final String REMEDY = "download the file again";

    private Idx() {}

    /**
     * @return uint8, int8, int16, int32, float32 or float64, as the file says
     * @throws IdxException if the file is none of these, or broken
     * @throws IOException if it cannot be read
     */
    public static Tensor read(Path file) throws IOException {
        try (InputStream in = content(file)) {
            return new Reader(in, file.toString()).read();
        } catch (EOFException | ZipException e) {
            throw new IdxException(file.toString(), 0, "the compressed content is broken: " + e.getMessage(), REMEDY);
        }
    }

    private static InputStream content(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return compressed ? new GZIPInputStream(in, CHUNK) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** One file, from its first byte to its last. */
    private static final class Reader {
        private final InputStream in;
        private final String name;
        private long position;

        Reader(InputStream in, String name) {
            this.in = in;
            this.name = name;
        }

        Tensor read() throws IOException {
            ByteBuffer header = bytes(HEADER);
            if (header.getShort() != 0) {
                throw broken(0, "an IDX file starts with two zero bytes", "name the file of images or labels itself");
            }
            DataType type = type(header.get());
            int rank = header.get();
            if (rank < 1 || rank > MAX_RANK) {
                throw broken(HEADER - 1, "the number of axes is 1 to " + MAX_RANK + ", got " + rank, REMEDY);
            }
            TensorSpec spec = new TensorSpec(type, shape(rank, type.bytes()));
            Tensor tensor = Tensor.wrap(spec, elements(type, (int) spec.shape().elements()));
            if (in.read() >= 0) {
                throw broken(position, "there are more bytes than " + spec + " has", REMEDY);
            }
            return tensor;
        }

        private DataType type(byte code) throws IdxException {
            return switch (code) {
                case 0x08 -> DataType.UINT8;
                case 0x09 -> DataType.INT8;
                case 0x0B -> DataType.INT16;
                case 0x0C -> DataType.INT32;
                case 0x0D -> DataType.FLOAT32;
                case 0x0E -> DataType.FLOAT64;
                default -> throw broken(2, "type 0x%02x is unknown".formatted(code), REMEDY);
            };
        }

        private Shape shape(int rank, int width) throws IOException {
            long start = position;
            ByteBuffer sizes = bytes(rank * Integer.BYTES);
            List<Integer> shape = new ArrayList<>();
            long length = width;
            for (int axis = 0; axis < rank; axis++) {
                int size = sizes.getInt();
                shape.add(size);
                if (size < 0 || size > 0 && length > MAX_BYTES / size) {
                    throw broken(start, "sizes " + shape + " make more than " + MAX_BYTES + " bytes", REMEDY);
                }
                length *= size;
            }
            return Shape.of(shape);
        }

        private Object elements(DataType type, int count) throws IOException {
            ByteBuffer data = bytes(count * type.bytes());
            Object array = type.storage().newArray(count);
            switch (array) {
                case byte[] target -> data.get(target);
                case short[] target -> data.asShortBuffer().get(target);
                case int[] target -> data.asIntBuffer().get(target);
                case float[] target -> data.asFloatBuffer().get(target);
                case double[] target -> data.asDoubleBuffer().get(target);
                default -> throw new AssertionError(type);
            }
            return array;
        }

        private ByteBuffer bytes(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw broken(
                        position + bytes.length, "the file ends, " + (count - bytes.length) + " bytes early", REMEDY);
            }
            position += count;
            return ByteBuffer.wrap(bytes);
        }

        private IdxException broken(long at, String problem, String remedy) {
            return new IdxException(name, at, problem, remedy);
        }
    }
}
