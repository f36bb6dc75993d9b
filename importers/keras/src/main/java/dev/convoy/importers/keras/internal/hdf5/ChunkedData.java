package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.tensor.Shape;
import io.jhdf.Utils;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A dataset stored in chunks under a version 1 B-tree, as h5py writes when it compresses. Filters: deflate, shuffle
 * and the Fletcher checksum (which is cut off, not verified).
 */
final class ChunkedData {

    private static final int TREE = 0x45455254;
    private static final int HIGHEST_LEVEL = 16;
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER = 3;

    private final GuardedStorage storage;
    private final int[] shape;
    private final int elementBytes;
    private final int[] chunk;
    private final int chunkBytes;
    private final long tree;
    private final List<FilterInfo> filters;
    private final Set<Long> nodes = new HashSet<>();
    private byte[] target = {};
    private long chunks;

    ChunkedData(
            GuardedStorage storage,
            Shape shape,
            int elementBytes,
            ChunkedDataLayoutMessage layout,
            List<FilterInfo> filters) {
        this.storage = storage;
        this.shape = shape.sizes();
        this.elementBytes = elementBytes;
        this.chunk = layout.getChunkDimensions();
        this.tree = layout.getBTreeAddress();
        this.filters = filters;
        if (chunk.length != this.shape.length || layout.getSize() != elementBytes) {
            throw storage.malformed("has chunks of another rank or element size than the dataset");
        }
        long bytes = elementBytes;
        for (int size : chunk) {
            bytes = size < 1 ? Long.MAX_VALUE : Math.multiplyExact(bytes, (long) size);
        }
        if (bytes > Integer.MAX_VALUE) {
            throw storage.malformed("declares chunks of " + bytes + " bytes");
        }
        this.chunkBytes = (int) bytes;
    }

    /** The elements of all chunks in row-major order. */
    MemorySegment read(long bytes) {
        storage.reserve(bytes);
        storage.reserve(2L * chunkBytes);
        target = new byte[Math.toIntExact(bytes)];
        node(tree, HIGHEST_LEVEL + 1);
        long expected = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            expected *= Math.ceilDiv(shape[axis], chunk[axis]);
        }
        if (chunks != expected) {
            throw storage.malformed("has " + chunks + " chunks, its shape needs " + expected);
        }
        return MemorySegment.ofArray(target);
    }

    /** {@code TREE}, type 1, level, count, siblings; a key is stored size, filter mask and offsets, then the child. */
    private void node(long address, int above) {
        if (!nodes.add(address)) {
            throw storage.malformed("has a chunk B-tree that refers to itself (at byte " + address + ")");
        }
        int offsets = storage.getSizeOfOffsets();
        ByteBuffer head = storage.readBufferFromAddress(address, 8 + 2 * offsets);
        if (head.getInt() != TREE || head.get() != 1) {
            throw storage.malformed("has no chunk B-tree at byte " + address);
        }
        int level = Byte.toUnsignedInt(head.get());
        if (above > HIGHEST_LEVEL ? level > HIGHEST_LEVEL : level != above - 1) {
            throw storage.malformed("has a chunk B-tree node of level " + level + " at byte " + address);
        }
        int children = Short.toUnsignedInt(head.getShort());
        int key = 8 + 8 * (shape.length + 1);
        ByteBuffer entries = storage.readBufferFromAddress(address + 8 + 2L * offsets, children * (key + offsets));
        for (int i = 0; i < children; i++) {
            int at = i * (key + offsets);
            long child = Utils.readBytesAsUnsignedLong(entries.position(at + key), offsets);
            if (level > 0) {
                node(child, level);
            } else {
                chunk(entries.slice(at, key).order(entries.order()), child);
            }
        }
    }

    private void chunk(ByteBuffer key, long address) {
        int stored = key.getInt();
        int skippedFilters = key.getInt();
        int[] start = new int[shape.length];
        for (int axis = 0; axis < start.length; axis++) {
            long offset = key.getLong();
            if (offset < 0 || offset >= shape[axis] || offset % chunk[axis] != 0) {
                throw storage.malformed("has a chunk at " + offset + " of axis " + axis + " of " + shape[axis]);
            }
            start[axis] = (int) offset;
        }
        byte[] data = storage.stored(address, Math.max(stored, 0)).toArray(ValueLayout.JAVA_BYTE);
        for (int i = filters.size() - 1; i >= 0; i--) {
            if ((skippedFilters >> i & 1) == 0) {
                data = unfiltered(filters.get(i), data);
            }
        }
        if (data.length != chunkBytes) {
            throw storage.malformed("has a chunk of " + data.length + " bytes, not " + chunkBytes);
        }
        chunks++;
        place(data, start, 0, 0, 0);
    }

    private byte[] unfiltered(FilterInfo filter, byte[] data) {
        return switch (filter.getId()) {
            case DEFLATE -> inflated(data);
            case SHUFFLE -> unshuffled(data);
            case FLETCHER -> Arrays.copyOf(data, Math.max(0, data.length - 4));
            default ->
                throw storage.malformed("is compressed with filter " + filter.getId() + " '" + filter.getName()
                        + "', which is not read; deflate, shuffle and fletcher32 are");
        };
    }

    private byte[] inflated(byte[] data) {
        // A checksum may follow the elements, 4 bytes at most.
        byte[] out = new byte[chunkBytes + 4];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data);
            int length = 0;
            int step;
            while (length < out.length && (step = inflater.inflate(out, length, out.length - length)) > 0) {
                length += step;
            }
            if (!inflater.finished()) {
                throw storage.malformed("has a compressed chunk that does not end after " + length + " bytes");
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw storage.malformed("has a damaged compressed chunk: " + e.getMessage());
        }
    }

    private byte[] unshuffled(byte[] data) {
        byte[] out = new byte[data.length];
        int count = data.length / elementBytes;
        for (int b = 0; b < elementBytes; b++) {
            for (int i = 0; i < count; i++) {
                out[i * elementBytes + b] = data[b * count + i];
            }
        }
        int rest = count * elementBytes;
        System.arraycopy(data, rest, out, rest, data.length - rest);
        return out;
    }

    /** Copies a chunk's rows, cut at the border of the dataset. */
    private void place(byte[] data, int[] start, int axis, int from, int to) {
        if (axis == shape.length) {
            System.arraycopy(data, from * elementBytes, target, to * elementBytes, elementBytes);
            return;
        }
        int visible = Math.min(chunk[axis], shape[axis] - start[axis]);
        if (axis == shape.length - 1) {
            int first = (to * shape[axis] + start[axis]) * elementBytes;
            System.arraycopy(data, from * chunk[axis] * elementBytes, target, first, visible * elementBytes);
            return;
        }
        for (int i = 0; i < visible; i++) {
            place(data, start, axis + 1, from * chunk[axis] + i, to * shape[axis] + start[axis] + i);
        }
    }
}
