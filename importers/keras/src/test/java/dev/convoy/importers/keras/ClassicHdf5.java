package dev.convoy.importers.keras;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes HDF5 as h5py does by default and Keras with it: superblock 0, symbol tables, version 1 headers, contiguous
 * datasets, attributes of variable length in a global heap. From the HDF5 File Format Specification 3.0, so that tests
 * do not read what the code under test wrote.
 */
public final class ClassicHdf5 {

    private static final long UNDEFINED = -1;
    private static final int ENTRIES_PER_NODE = 8;
    private static final int CHILDREN_PER_TREE = 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Group root = new Group();

    /** A group to be written. */
    public static final class Group {
        private final TreeMap<String, Object> members = new TreeMap<>();
        private final List<byte[]> attributes = new ArrayList<>();
        private final List<Object[]> texts = new ArrayList<>();

        /** The group of this name, made if there is none. */
        public Group group(String name) {
            return (Group) members.computeIfAbsent(name, n -> new Group());
        }

        /** The group at a path with slashes. */
        public Group at(String path) {
            Group group = this;
            for (String step : path.split("/")) {
                group = group.group(step);
            }
            return group;
        }

        public Group floats(String name, int[] shape, float... values) {
            ByteBuffer data = little(4 * values.length);
            for (float value : values) {
                data.putFloat(value);
            }
            return dataset(name, new Data(FLOAT32, shape, data.array(), null));
        }

        public Group doubles(String name, int[] shape, double... values) {
            ByteBuffer data = little(8 * values.length);
            for (double value : values) {
                data.putDouble(value);
            }
            return dataset(name, new Data(FLOAT64, shape, data.array(), null));
        }

        public Group longs(String name, int[] shape, long... values) {
            ByteBuffer data = little(8 * values.length);
            for (long value : values) {
                data.putLong(value);
            }
            return dataset(name, new Data(INT64, shape, data.array(), null));
        }

        /** A dataset whose header is what a test wants: type, layout message and so on. */
        public Group dataset(String name, Data data) {
            members.put(name, data);
            return this;
        }

        public Group softLink(String name, String target) {
            members.put(name, target);
            return this;
        }

        /** A string of variable length. */
        public Group text(String name, String value) {
            texts.add(new Object[] {name, List.of(value), true});
            return this;
        }

        /** Strings of variable length. */
        public Group texts(String name, List<String> values) {
            texts.add(new Object[] {name, values, false});
            return this;
        }

        /** Strings of one fixed length, filled up with zeros. */
        public Group fixedTexts(String name, List<String> values) {
            int size = values.stream()
                    .mapToInt(v -> v.getBytes(StandardCharsets.UTF_8).length)
                    .max()
                    .orElse(1);
            ByteBuffer data = little(size * values.size());
            for (int i = 0; i < values.size(); i++) {
                data.put(i * size, values.get(i).getBytes(StandardCharsets.UTF_8));
            }
            byte[] type = little(8)
                    .put((byte) 0x13)
                    .put(4, (byte) size)
                    .putInt(4, size)
                    .array();
            attributes.add(attribute(name, type, space(values.size()), data.array()));
            return this;
        }
    }

    /**
     * A dataset.
     *
     * @param layout the layout message, or null for a contiguous one
     * @param filters filter pipeline messages
     */
    public record Data(byte[] type, int[] shape, byte[] bytes, byte @Nullable [] layout, byte[]... filters) {}

    public static final byte[] FLOAT32 = floating(0x1f, 4, 32, 23, 8, 23, 127);
    public static final byte[] FLOAT64 = floating(0x3f, 8, 64, 52, 11, 52, 1023);
    public static final byte[] INT64 = little(16)
            .put((byte) 0x10)
            .put((byte) 0x08)
            .putInt(4, 8)
            .putShort(10, (short) 64)
            .array();

    public Group root() {
        return root;
    }

    /** The file. */
    public byte[] bytes() {
        out.writeBytes(new byte[96]);
        long header = write(root);
        byte[] file = out.toByteArray();
        ByteBuffer superblock = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        superblock.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 8, 8, 0});
        superblock.putShort((short) 4).putShort((short) 16).putInt(0);
        superblock.putLong(0).putLong(UNDEFINED).putLong(file.length).putLong(UNDEFINED);
        superblock.putLong(0).putLong(header);
        return file;
    }

    private long write(Object member) {
        return switch (member) {
            case Group group -> header(messages(group));
            case Data data -> header(messages(data));
            default -> throw new IllegalArgumentException(String.valueOf(member));
        };
    }

    private record Message(int type, byte[] body) {}

    private List<Message> messages(Group group) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(0x11, symbolTable(group)));
        group.attributes.forEach(a -> messages.add(new Message(0x0c, a)));
        for (Object[] text : group.texts) {
            @SuppressWarnings("unchecked")
            List<String> values = (List<String>) text[1];
            byte[] type = little(16)
                    .put((byte) 0x19)
                    .put((byte) 1)
                    .put((byte) 1)
                    .putInt(4, 16)
                    .put(8, (byte) 0x13)
                    .putInt(12, 1)
                    .array();
            byte[] space = (boolean) text[2] ? space() : space(values.size());
            messages.add(new Message(0x0c, attribute((String) text[0], type, space, globalHeap(values))));
        }
        return messages;
    }

    private List<Message> messages(Data data) {
        long address = append(data.bytes());
        byte[] given = data.layout();
        byte[] layout = given != null
                ? given
                : little(18)
                        .put((byte) 3)
                        .put((byte) 1)
                        .putLong(address)
                        .putLong(data.bytes().length)
                        .array();
        List<Message> messages = new ArrayList<>(List.of(
                new Message(0x01, space(data.shape())), new Message(0x03, data.type()), new Message(0x08, layout)));
        for (byte[] filter : data.filters()) {
            messages.add(new Message(0x0b, filter));
        }
        return messages;
    }

    private long header(List<Message> messages) {
        int size = messages.stream().mapToInt(m -> 8 + padded(m.body().length)).sum();
        ByteBuffer header = little(16 + size);
        header.put((byte) 1)
                .put((byte) 0)
                .putShort((short) messages.size())
                .putInt(1)
                .putInt(size)
                .putInt(0);
        for (Message message : messages) {
            int length = padded(message.body().length);
            if (length > 0xffff) {
                throw new IllegalArgumentException("A header message has at most 65535 bytes, got " + length);
            }
            int start = header.position();
            header.putShort((short) message.type())
                    .putShort((short) length)
                    .putInt(0)
                    .put(message.body());
            header.position(start + 8 + length);
        }
        return append(header.array());
    }

    private byte[] symbolTable(Group group) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.writeBytes(new byte[8]);
        List<byte[]> entries = new ArrayList<>();
        group.members.forEach((name, member) -> {
            ByteBuffer entry = little(40).putLong(names.size());
            names.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
            names.writeBytes(new byte[padded(names.size()) - names.size()]);
            if (member instanceof String target) {
                entry.putLong(UNDEFINED).putInt(2).putInt(0).putInt(names.size());
                names.writeBytes((target + "\0").getBytes(StandardCharsets.UTF_8));
                names.writeBytes(new byte[padded(names.size()) - names.size()]);
            } else {
                entry.putLong(write(member));
            }
            entries.add(entry.array());
        });
        long data = append(names.toByteArray());
        long heap = append(little(32)
                .put("HEAP".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putLong(names.size())
                .putLong(1)
                .putLong(data)
                .array());
        return little(16).putLong(tree(entries)).putLong(heap).array();
    }

    private long tree(List<byte[]> entries) {
        List<Long> nodes = new ArrayList<>();
        for (int i = 0; i < entries.size(); i += ENTRIES_PER_NODE) {
            List<byte[]> part = entries.subList(i, Math.min(i + ENTRIES_PER_NODE, entries.size()));
            ByteBuffer node = little(8 + 40 * part.size()).put("SNOD".getBytes(StandardCharsets.US_ASCII));
            node.put((byte) 1).put((byte) 0).putShort((short) part.size());
            part.forEach(node::put);
            nodes.add(append(node.array()));
        }
        int level = 0;
        do {
            nodes = trees(nodes, level++);
        } while (nodes.size() > 1);
        return nodes.getFirst();
    }

    private List<Long> trees(List<Long> children, int level) {
        List<Long> nodes = new ArrayList<>();
        for (int i = 0; i == 0 || i < children.size(); i += CHILDREN_PER_TREE) {
            List<Long> part = children.subList(i, Math.min(i + CHILDREN_PER_TREE, children.size()));
            ByteBuffer node = little(32 + 16 * part.size()).put("TREE".getBytes(StandardCharsets.US_ASCII));
            node.put((byte) 0).put((byte) level).putShort((short) part.size());
            node.putLong(UNDEFINED).putLong(UNDEFINED).putLong(0);
            part.forEach(child -> node.putLong(child).putLong(0));
            nodes.add(append(node.array()));
        }
        return nodes;
    }

    private byte[] globalHeap(List<String> values) {
        ByteArrayOutputStream objects = new ByteArrayOutputStream();
        ByteBuffer references = little(16 * values.size());
        List<byte[]> texts =
                values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList();
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            objects.writeBytes(little(16)
                    .putShort((short) (i + 1))
                    .putShort((short) 1)
                    .putLong(8, text.length)
                    .array());
            objects.writeBytes(text);
            objects.writeBytes(new byte[padded(text.length) - text.length]);
        }
        ByteBuffer heap = little(16 + objects.size() + 16).put("GCOL".getBytes(StandardCharsets.US_ASCII));
        heap.putInt(1)
                .putLong(heap.capacity())
                .put(objects.toByteArray())
                .putLong(0)
                .putLong(16);
        long address = append(heap.array());
        for (int i = 0; i < texts.size(); i++) {
            references.putInt(texts.get(i).length).putLong(address).putInt(i + 1);
        }
        return references.array();
    }

    private static byte[] attribute(String name, byte[] type, byte[] space, byte[] data) {
        byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
        int typeAt = 8 + padded(text.length);
        int spaceAt = typeAt + padded(type.length);
        ByteBuffer body = little(spaceAt + padded(space.length) + data.length);
        body.put((byte) 1).put((byte) 0).putShort((short) text.length);
        body.putShort((short) type.length).putShort((short) space.length).put(text);
        return body.put(typeAt, type)
                .put(spaceAt, space)
                .put(spaceAt + padded(space.length), data)
                .array();
    }

    private static byte[] space(int... shape) {
        ByteBuffer body = little(8 + 8 * shape.length)
                .put((byte) 1)
                .put((byte) shape.length)
                .position(8);
        for (int size : shape) {
            body.putLong(size);
        }
        return body.array();
    }

    private static byte[] floating(
            int sign, int bytes, int bits, int exponentAt, int exponent, int mantissa, int bias) {
        return little(20)
                .put((byte) 0x11)
                .put((byte) 0x20)
                .put((byte) sign)
                .putInt(4, bytes)
                .putShort(10, (short) bits)
                .put(12, (byte) exponentAt)
                .put(13, (byte) exponent)
                .put(15, (byte) mantissa)
                .putInt(16, bias)
                .array();
    }

    /** Appends at the next multiple of eight and says where. */
    private long append(byte[] bytes) {
        long address = out.size();
        out.writeBytes(bytes);
        out.writeBytes(new byte[padded(bytes.length) - bytes.length]);
        return address;
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 7) / 8 * 8;
    }
}
