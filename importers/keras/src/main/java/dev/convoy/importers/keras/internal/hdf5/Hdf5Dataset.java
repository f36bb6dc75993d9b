package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.tensor.Shape;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** An array of numbers in the file. Nothing is read before {@link #floats}. */
public final class Hdf5Dataset {

    private final GuardedStorage storage;
    private final String path;
    private final Shape shape;
    private final ElementType type;
    private final ObjectHeader header;

    Hdf5Dataset(GuardedStorage storage, String path, ObjectHeader header) {
        this.storage = storage;
        this.path = path;
        this.header = header;
        DataTypeMessage typeMessage = header.getMessageOfType(DataTypeMessage.class);
        if (typeMessage.isMessageShared()) {
            throw storage.refused("has a named type, which is not read");
        }
        this.type = ElementType.of(typeMessage.getDataType(), storage);
        DataSpace space = header.getMessageOfType(DataSpaceMessage.class).getDataSpace();
        long elements = space.getTotalLength();
        if (elements < 0 || elements > Integer.MAX_VALUE - 8) {
            throw storage.malformed("declares " + elements + " elements, a tensor has at most 2^31 - 9");
        }
        this.shape = space.getType() == 2 ? Shape.of(0) : Shape.of(sizes(space));
    }

    private int[] sizes(DataSpace space) {
        return Arrays.stream(space.getDimensionsAsLong())
                .mapToInt(d -> {
                    if (d < 0 || d > Integer.MAX_VALUE) {
                        throw storage.malformed("declares a dimension of " + d);
                    }
                    return (int) d;
                })
                .toArray();
    }

    /** The path from the root. */
    public String path() {
        return path;
    }

    /** The declared shape; rank 0 for a scalar. */
    public Shape shape() {
        return shape;
    }

    /**
     * All elements in row-major order, converted to float32 whatever their type.
     *
     * @throws dev.convoy.importers.keras.internal.FormatException if the file does not hold as many as it declares
     */
    public float[] floats() {
        return storage.parse("dataset '" + path + "'", () -> {
            int elements = Math.toIntExact(shape.elements());
            long bytes = (long) elements * type.bytes();
            MemorySegment stored = stored(bytes);
            storage.reserve(4L * elements);
            return type.floats(stored, elements);
        });
    }

    private MemorySegment stored(long bytes) {
        return switch (header.getMessageOfType(DataLayoutMessage.class)) {
            case ContiguousDataLayoutMessage contiguous -> {
                if (contiguous.getSize() >= 0 && contiguous.getSize() < bytes) {
                    throw storage.malformed("of shape " + shape + " needs " + bytes + " bytes, " + contiguous.getSize()
                            + " are stored");
                }
                yield bytes == 0 ? MemorySegment.NULL : storage.stored(contiguous.getAddress(), bytes);
            }
            case CompactDataLayoutMessage compact -> {
                MemorySegment data = MemorySegment.ofBuffer(compact.getDataBuffer());
                if (data.byteSize() < bytes) {
                    throw storage.malformed(
                            "of shape " + shape + " needs " + bytes + " bytes, " + data.byteSize() + " are stored");
                }
                yield data;
            }
            case ChunkedDataLayoutMessage chunked ->
                new ChunkedData(storage, shape, type.bytes(), chunked, filters()).read(bytes);
            default ->
                throw storage.refused(
                        "is stored in chunks with a new kind of index (libver='latest'), which is not read");
        };
    }

    private List<FilterPipelineMessage.FilterInfo> filters() {
        return header.hasMessageOfType(FilterPipelineMessage.class)
                ? header.getMessageOfType(FilterPipelineMessage.class).getFilters()
                : List.of();
    }
}
