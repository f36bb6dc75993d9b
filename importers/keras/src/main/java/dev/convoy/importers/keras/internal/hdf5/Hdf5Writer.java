package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.weights.StoredVariables;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes variables as an HDF5 file, from the first byte to the last: where everything lies is worked out before, so that
 * nothing is kept and nothing is written twice. The file has a superblock of version 2, headers of version 2 with links in
 * them, and contiguous datasets (HDF5 File Format Specification 3.0, sections II.A, IV.A).
 *
 * <p>jHDF writes too, but in 0.13 its writer is called alpha, needs arrays of arrays, puts the operating system into the
 * file, and writes over groups that come after the last dataset.
 */
public final class Hdf5Writer {

    private static final int SUPERBLOCK = 48;
    private static final int HEADER_FRAME = 14;
    private static final int MESSAGE_FRAME = 4;

    /** What fits into a message; longer attributes would need another kind of storage. */
    private static final int LONGEST_NAME = 60_000;

    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int LAYOUT = 0x08;
    private static final int GROUP_INFO = 0x0A;
    private static final int ATTRIBUTE = 0x0C;
    private static final long UNDEFINED = -1;
    private static final int BUFFER = 1 << 16;

    private record Message(int type, byte[] content) {}

    private final Hdf5Tree.Group root = new Hdf5Tree.Group();
    private final Map<Hdf5Tree, Long> addresses = new IdentityHashMap<>();
    private final long size;

    /**
     * @throws FormatException if a name is too long for the format
     */
    public Hdf5Writer(List<StoredVariables> groups) {
        for (StoredVariables stored : groups) {
            check(stored);
            Hdf5Tree.Group vars = root.at(stored.path().isEmpty() ? "vars" : stored.path() + "/vars");
            vars.name(stored.name());
            int index = 0;
            for (Tensor tensor : stored.variables()) {
                vars.put(Integer.toString(index++), tensor);
            }
        }
        size = place(root, SUPERBLOCK);
    }

    private static void check(StoredVariables stored) {
        int length = utf8(stored.name()).length;
        if (length > LONGEST_NAME) {
            throw new FormatException(
                    "the name of '" + stored.path() + "' has " + length + " bytes, at most " + LONGEST_NAME
                            + " can be stored",
                    "give it a shorter name");
        }
    }

    /** How long the file becomes. */
    public long size() {
        return size;
    }

    /**
     * Writes the file.
     *
     * @throws IOException if the stream does not take it
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(superblock());
        write(root, out);
    }

    /** Gives a node and all below it an address; returns the end. */
    private long place(Hdf5Tree node, long start) {
        addresses.put(node, start);
        return switch (node) {
            case Hdf5Tree.Data(Tensor tensor) -> start + header(node).length + bytes(tensor);
            case Hdf5Tree.Group group -> {
                long next = start + header(group).length;
                for (Hdf5Tree member : group.members().values()) {
                    next = place(member, next);
                }
                yield next;
            }
        };
    }

    private void write(Hdf5Tree node, OutputStream out) throws IOException {
        out.write(header(node));
        switch (node) {
            case Hdf5Tree.Data(Tensor tensor) -> write(tensor, out);
            case Hdf5Tree.Group group -> {
                for (Hdf5Tree member : group.members().values()) {
                    write(member, out);
                }
            }
        }
    }

    private static void write(Tensor tensor, OutputStream out) throws IOException {
        ByteBuffer buffer = little(BUFFER);
        int elements = tensor.size();
        float[] floats = tensor.type() == DataType.FLOAT32 ? tensor.floats() : new float[0];
        int[] ints = tensor.type() == DataType.FLOAT32 ? new int[0] : tensor.ints();
        for (int at = 0; at < elements; ) {
            int count = Math.min(BUFFER / Float.BYTES, elements - at);
            if (floats.length > 0) {
                buffer.asFloatBuffer().put(floats, at, count);
            } else {
                buffer.asIntBuffer().put(ints, at, count);
            }
            out.write(buffer.array(), 0, count * Float.BYTES);
            at += count;
        }
    }

    private static long bytes(Tensor tensor) {
        return (long) tensor.size() * Float.BYTES;
    }

    private byte[] superblock() {
        ByteBuffer b = little(SUPERBLOCK);
        b.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, Long.BYTES, Long.BYTES, 0});
        b.putLong(0).putLong(UNDEFINED).putLong(size).putLong(SUPERBLOCK);
        return checked(b);
    }

    private byte[] header(Hdf5Tree node) {
        List<Message> messages = switch (node) {
            case Hdf5Tree.Data(Tensor tensor) -> data(node, tensor);
            case Hdf5Tree.Group group -> group(group);
        };
        int length = messages.stream()
                .mapToInt(m -> MESSAGE_FRAME + m.content().length)
                .sum();
        ByteBuffer b = little(HEADER_FRAME + length);
        b.put(utf8("OHDR")).put((byte) 2).put((byte) 2).putInt(length);
        for (Message message : messages) {
            b.put((byte) message.type())
                    .putShort((short) message.content().length)
                    .put((byte) 0);
            b.put(message.content());
        }
        return checked(b);
    }

    /** Addresses of members are not known, and do not matter, while sizes are worked out. */
    private long address(Hdf5Tree node) {
        return addresses.getOrDefault(node, UNDEFINED);
    }

    private List<Message> group(Hdf5Tree.Group group) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(
                LINK_INFO,
                little(18)
                        .putShort((short) 0)
                        .putLong(UNDEFINED)
                        .putLong(UNDEFINED)
                        .array()));
        messages.add(new Message(GROUP_INFO, new byte[2]));
        group.members().forEach((name, member) -> messages.add(link(name, address(member))));
        String name = group.name();
        if (name != null) {
            messages.add(new Message(ATTRIBUTE, attribute("name", name)));
        }
        return messages;
    }

    /** A hard link: its name's length takes two bytes (flag 1), and its name is UTF-8 (flag 16). */
    private static Message link(String name, long address) {
        byte[] text = utf8(name);
        ByteBuffer b = little(13 + text.length);
        b.put((byte) 1)
                .put((byte) (1 | 16))
                .put((byte) 1)
                .putShort((short) text.length)
                .put(text);
        return new Message(LINK, b.putLong(address).array());
    }

    /** A string of fixed length in UTF-8, padded with zeros. */
    private static byte[] attribute(String key, String value) {
        byte[] name = utf8(key + "\0");
        byte[] text = utf8(value);
        int length = Math.max(1, text.length);
        ByteBuffer b = little(9 + name.length + 8 + 4 + length);
        b.put((byte) 3)
                .put((byte) 0)
                .putShort((short) name.length)
                .putShort((short) 8)
                .putShort((short) 4);
        b.put((byte) 1).put(name);
        b.put(new byte[] {0x13, 0x11, 0, 0}).putInt(length);
        b.put(dataspace(Shape.SCALAR)).put(text);
        return b.array();
    }

    private List<Message> data(Hdf5Tree node, Tensor tensor) {
        byte[] space = dataspace(tensor.shape());
        byte[] type = tensor.type() == DataType.FLOAT32 ? float32() : int32();
        int header = HEADER_FRAME + 4 * MESSAGE_FRAME + space.length + type.length + 2 + 18;
        long content = bytes(tensor) == 0 ? UNDEFINED : address(node) + header;
        return List.of(
                new Message(DATASPACE, space),
                new Message(DATATYPE, type),
                new Message(FILL_VALUE, new byte[] {3, 0x0A}),
                new Message(
                        LAYOUT,
                        little(18)
                                .put((byte) 3)
                                .put((byte) 1)
                                .putLong(content)
                                .putLong(bytes(tensor))
                                .array()));
    }

    private static byte[] dataspace(Shape shape) {
        ByteBuffer b = little(4 + shape.rank() * Long.BYTES);
        b.put((byte) 2).put((byte) shape.rank()).put((byte) 0).put((byte) (shape.rank() == 0 ? 0 : 1));
        for (int size : shape.sizes()) {
            b.putLong(size);
        }
        return b.array();
    }

    /** IEEE 754 single precision: sign at bit 31, 8 bits of exponent from 23, 23 bits of mantissa from 0, bias 127. */
    private static byte[] float32() {
        return little(20)
                .put(new byte[] {0x11, 0x20, 31, 0})
                .putInt(Float.BYTES)
                .putShort((short) 0)
                .putShort((short) Float.SIZE)
                .put(new byte[] {23, 8, 0, 23})
                .putInt(127)
                .array();
    }

    private static byte[] int32() {
        return little(12)
                .put(new byte[] {0x10, 0x08, 0, 0})
                .putInt(Integer.BYTES)
                .putShort((short) 0)
                .putShort((short) Integer.SIZE)
                .array();
    }

    /** Fills the last four bytes with the checksum of those before. */
    private static byte[] checked(ByteBuffer b) {
        int end = b.capacity() - Integer.BYTES;
        byte[] content = new byte[end];
        b.get(0, content);
        return b.putInt(end, JenkinsLookup3HashLittle.hash(ByteBuffer.wrap(content)))
                .array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
