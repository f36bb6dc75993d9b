package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.importers.keras.internal.FormatException;
import io.jhdf.Superblock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file opened for reading, from disk (mapped, not copied) or from memory. Format: "HDF5 File Format
 * Specification Version 3.0". Not for several threads at once.
 */
public final class Hdf5File implements AutoCloseable {

    private static final long SIGNATURE = 0x0a1a0a0d46444889L;

    private final @Nullable Arena arena;
    private final Hdf5Group root;
    private final long size;

    private Hdf5File(String name, MemorySegment data, Hdf5Limits limits, @Nullable Arena arena) {
        this.arena = arena;
        long offset = signature(name, data);
        Superblock superblock = superblock(name, data, offset);
        GuardedStorage storage = new GuardedStorage(name, data, superblock, limits);
        if (superblock.getBaseAddressByte() != offset) {
            throw storage.malformed(
                    "says it begins at byte " + superblock.getBaseAddressByte() + ", it does at byte " + offset);
        }
        if (superblock.getEndOfFileAddress() > data.byteSize()) {
            throw storage.malformed("says the file has " + superblock.getEndOfFileAddress() + " bytes, it has "
                    + data.byteSize() + ": the file was cut off");
        }
        this.root = Hdf5Group.root(storage);
        this.size = data.byteSize();
    }

    /**
     * Opens a file of any size.
     *
     * @throws IOException if it cannot be read
     * @throws FormatException if it is no HDF5 file, or damaged
     */
    public static Hdf5File open(Path path, Hdf5Limits limits) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new Hdf5File(String.valueOf(path.getFileName()), data, limits, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Reads a file that is in memory.
     *
     * @param name what messages call it
     * @throws FormatException if it is no HDF5 file, or damaged
     */
    public static Hdf5File of(String name, byte[] bytes, Hdf5Limits limits) {
        return new Hdf5File(name, MemorySegment.ofArray(bytes).asReadOnly(), limits, null);
    }

    public Hdf5Group root() {
        return root;
    }

    /** The number of bytes of the file. */
    public long size() {
        return size;
    }

    /** Unmaps the file; groups and datasets must not be used afterwards. */
    @Override
    public void close() {
        if (arena != null) {
            arena.close();
        }
    }

    private static long signature(String name, MemorySegment data) {
        for (long offset = 0; offset + 8 <= data.byteSize(); offset = offset == 0 ? 512 : offset * 2) {
            ByteBuffer start = data.asSlice(offset, 8).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            if (start.getLong() == SIGNATURE) {
                return offset;
            }
        }
        throw new FormatException("'" + name + "' is no HDF5 file: it does not begin with 89 48 44 46", "");
    }

    private static Superblock superblock(String name, MemorySegment data, long offset) {
        long size = Math.min(data.byteSize(), Integer.MAX_VALUE);
        try {
            ByteBuffer start = data.asSlice(0, size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            return Superblock.readSuperblock(start.position(Math.toIntExact(offset)));
        } catch (RuntimeException e) {
            String reason = "HDF5 file '" + name + "': the superblock is damaged: " + e.getMessage();
            throw new FormatException(reason, "copy or download the file again", e);
        }
    }
}
