package dev.convoy.data;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads and writes arrays in NumPy's file format (NEP 1; versions 1.0 to 3.0). Read are numbers of 1 to 8 bytes,
 * float16 and bool, in either byte order and in C or Fortran order; Python objects are refused. Written are version
 * 1.0, little-endian, C order: what {@code numpy.save} writes.
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy reads headers up to 10,000 bytes unless told otherwise. */
    private static final int MAX_HEADER = 1 << 16;

    private static final long MAX_DATA = Integer.MAX_VALUE - 1024L;
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /**
     * @throws NpyException if the file is no NumPy file, broken, or of a type that is not supported
     * @throws IOException if it cannot be read
     */
    public static Tensor read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NpyException(file.toString(), 0, "this is a folder", "name a file in it");
        }
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, size, file.toString());
        }
    }

    /**
     * @param size bytes that the stream holds
     * @param name how to call the file in error messages
     * @throws NpyException if the file is no NumPy file, broken, or of a type that is not supported
     * @throws IOException if it cannot be read
     */
    public static Tensor read(InputStream stream, long size, String name) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            byte[] start = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(start, MAGIC)) {
                throw notNumPy(start, name);
            }
            int version = in.readUnsignedByte();
            in.readUnsignedByte();
            if (version < 1 || version > 3) {
                throw new NpyException(
                        name,
                        MAGIC.length,
                        "format version " + version + " is unknown",
                        "save the array again with numpy.save");
            }
            int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
            byte[] lengthField = new byte[Integer.BYTES];
            in.readFully(lengthField, 0, lengthBytes);
            long length = Integer.toUnsignedLong(
                    ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getInt());
            long headerStart = MAGIC.length + 2L + lengthBytes;
            if (length > MAX_HEADER || headerStart + length > size) {
                throw new NpyException(
                        name,
                        headerStart - lengthBytes,
                        "the header is said to have " + length + " bytes; the file has " + size + ", the limit is "
                                + MAX_HEADER,
                        "save the array again with numpy.save");
            }
            String text = new String(
                    in.readNBytes((int) length), version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            NpyHeader header = NpyHeader.parse(text, name, headerStart);
            long dataStart = headerStart + length;
            byte[] data = new byte[dataSize(header, size - dataStart, name, dataStart)];
            in.readFully(data);
            return decode(header, data);
        } catch (EOFException e) {
            throw new NpyException(name, size, "the file ends early", "copy or save it again");
        }
    }

    private static NpyException notNumPy(byte[] start, String name) {
        boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
        boolean pickle = start.length > 0 && (start[0] & 0xff) == 0x80;
        String what = zip
                ? "this is a zip (.npz?)"
                : pickle ? "this is a Python pickle, which is never read" : "this is no NumPy file";
        return new NpyException(name, 0, what, "save one array with numpy.save('x.npy', array)");
    }

    private static int dataSize(NpyHeader header, long stored, String name, long position) throws NpyException {
        long declared;
        try {
            declared = Math.multiplyExact(
                    header.shape().elements(), (long) header.type().bytes());
        } catch (ArithmeticException e) {
            declared = Long.MAX_VALUE;
        }
        if (declared != stored) {
            throw new NpyException(
                    name,
                    position,
                    "shape " + header.shape() + " of " + header.type() + " needs " + declared
                            + " bytes of data, the file has " + stored,
                    "copy or save it again; the file seems to be damaged");
        }
        if (declared > MAX_DATA) {
            throw new NpyException(name, position, "the array has " + declared + " bytes, more than 2 GiB", "split it");
        }
        if (!Memory.holds(2 * declared)) {
            throw new NpyException(
                    name,
                    position,
                    "the array needs " + Memory.mebibytes(2 * declared) + " to read; " + Memory.mebibytes(Memory.free())
                            + " are free",
                    "give Java more memory (-Xmx)");
        }
        return (int) declared;
    }

    private static Tensor decode(NpyHeader header, byte[] data) {
        int bytes = header.type().bytes();
        byte[] ordered = header.fortranOrder() ? toRowMajor(data, header.shape().sizes(), bytes) : data;
        ByteBuffer buffer = ByteBuffer.wrap(ordered).order(header.order());
        int count = ordered.length / bytes;
        Object array = header.type().storage().newArray(count);
        switch (array) {
            case byte[] a -> buffer.get(a);
            case short[] a -> buffer.asShortBuffer().get(a);
            case int[] a -> buffer.asIntBuffer().get(a);
            case long[] a -> buffer.asLongBuffer().get(a);
            case float[] a -> buffer.asFloatBuffer().get(a);
            case double[] a -> buffer.asDoubleBuffer().get(a);
            case boolean[] a -> {
                for (int i = 0; i < count; i++) {
                    a[i] = ordered[i] != 0;
                }
            }
            default -> throw new IllegalStateException("No storage for " + header.type());
        }
        return Tensor.wrap(new TensorSpec(header.type(), header.shape()), array);
    }

    /** Reorders elements from first axis fastest to last axis fastest. */
    private static byte[] toRowMajor(byte[] data, int[] sizes, int bytes) {
        byte[] ordered = new byte[data.length];
        int[] index = new int[sizes.length];
        for (int to = 0; to < data.length; to += bytes) {
            int from = 0;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                from = from * sizes[axis] + index[axis];
            }
            System.arraycopy(data, from * bytes, ordered, to, bytes);
            for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return ordered;
    }

    /**
     * Writes or replaces a file; see {@link AtomicFiles#write}.
     *
     * @throws IllegalArgumentException if NumPy has no such type (bfloat16 and the 8- and 4-bit floats), or the tensor
     *     has more than 2 GiB
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Tensor tensor) throws IOException {
        byte[] bytes = encode(tensor);
        AtomicFiles.write(file, out -> out.write(bytes));
    }

    /**
     * The bytes of a NumPy file.
     *
     * @throws IllegalArgumentException as {@link #write}
     */
    public static byte[] encode(Tensor tensor) {
        String header = NpyHeader.format(tensor.type(), tensor.shape());
        int unpadded = MAGIC.length + 2 + Short.BYTES + header.length() + 1;
        int dataStart = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
        long dataSize = (long) tensor.size() * tensor.type().bytes();
        if (dataSize > MAX_DATA) {
            throw new IllegalArgumentException(tensor.spec() + " has more than 2 GiB. Remedy: split it");
        }
        ByteBuffer buffer = ByteBuffer.allocate(dataStart + (int) dataSize).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0);
        buffer.putShort((short) (dataStart - MAGIC.length - 2 - Short.BYTES));
        buffer.put((header + " ".repeat(dataStart - unpadded) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        switch (tensor.array()) {
            case byte[] a -> buffer.put(a);
            case short[] a -> buffer.asShortBuffer().put(a);
            case int[] a -> buffer.asIntBuffer().put(a);
            case long[] a -> buffer.asLongBuffer().put(a);
            case float[] a -> buffer.asFloatBuffer().put(a);
            case double[] a -> buffer.asDoubleBuffer().put(a);
            case boolean[] a -> {
                for (boolean value : a) {
                    buffer.put((byte) (value ? 1 : 0));
                }
            }
            default -> throw new IllegalStateException("No form for " + tensor.spec());
        }
        return buffer.array();
    }
}
