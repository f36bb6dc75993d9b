package dev.convoy.importers.keras.internal.hdf5;

import dev.convoy.importers.keras.internal.FormatException;
import io.jhdf.GlobalHeap;
import io.jhdf.Superblock;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an HDF5 file as jHDF's parsers see them. Hands out views, never copies, so that a declared size costs
 * nothing before it is checked against the file; counts what is read; notices when one structure is read in a circle.
 */
final class GuardedStorage implements HdfBackingStorage {

    /** How often one structure may look at the same bytes: shared messages are looked up again, a loop never ends. */
    private static final int REPEATS = 64;

    private static final String SAVE_ANEW = "save the model anew from Keras";
    private static final String COPY_ANEW = "copy or download the file again";

    private final String file;
    private final MemorySegment data;
    private final Superblock superblock;
    private final Hdf5Limits limits;
    private final long deadline;
    private final Map<Long, Integer> readHere = new HashMap<>();
    private final Map<Long, GlobalHeap> globalHeaps = new HashMap<>();
    private String reading = "the superblock";
    private long reads;
    private long lastRead;
    private long heapBytes;
    private long storedBytes;

    GuardedStorage(String file, MemorySegment data, Superblock superblock, Hdf5Limits limits) {
        this.file = file;
        this.data = data;
        this.superblock = superblock;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    /**
     * Runs a parser of jHDF over one structure and turns whatever it throws into a {@link FormatException}.
     *
     * @param what the structure in words, for the message
     */
    <T> T parse(String what, Supplier<T> parser) {
        String outer = reading;
        reading = what;
        readHere.clear();
        try {
            return parser.get();
        } catch (StackOverflowError e) {
            throw malformed("is nested too deeply");
        } catch (RuntimeException e) {
            throw translated(e);
        } finally {
            reading = outer;
        }
    }

    private FormatException translated(RuntimeException thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof FormatException known) {
                return known;
            }
            if (cause instanceof UnsupportedHdfException unsupported) {
                return problem("uses a feature that is not read: " + unsupported.getMessage(), SAVE_ANEW, thrown);
            }
        }
        String detail = root.getMessage() == null ? "" : ": " + root.getMessage();
        return problem("is damaged near byte " + lastRead + detail, COPY_ANEW, thrown);
    }

    /** A problem with the structure being read, which the file's author must solve. */
    FormatException refused(String problem) {
        return problem(problem, SAVE_ANEW, null);
    }

    /** A contradiction in the structure being read. */
    FormatException malformed(String problem) {
        return problem(problem, COPY_ANEW, null);
    }

    private FormatException problem(String problem, String remedy, @Nullable Throwable cause) {
        return new FormatException("HDF5 file '" + file + "': " + reading + " " + problem, remedy, cause);
    }

    /** Reads of one structure, the same bytes at most {@link #REPEATS} times. */
    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        if (readHere.merge(address * 31 + length, 1, Integer::sum) > REPEATS) {
            throw malformed("refers to itself (at byte " + address + ")");
        }
        return map(address, length);
    }

    @Override
    public ByteBuffer map(long address, long length) {
        return mapNoOffset(address + superblock.getBaseAddressByte(), length);
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        if (++reads > limits.reads()) {
            throw malformed("takes more than " + limits.reads() + " reads");
        }
        if ((reads & 0xff) == 0 && System.nanoTime() > deadline) {
            throw malformed("takes longer than " + limits.time().toSeconds() + " s");
        }
        if (address < 0 || length < 0 || address > data.byteSize() - length || length > Integer.MAX_VALUE) {
            throw malformed("points to " + length + " bytes at byte " + address + ", the file has " + data.byteSize());
        }
        lastRead = address;
        return data.asSlice(address, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a dataset, which two datasets do not share. */
    MemorySegment stored(long address, long length) {
        long start = address + superblock.getBaseAddressByte();
        if (start < 0 || length < 0 || start > data.byteSize() - length) {
            throw malformed("declares " + length + " bytes at byte " + start + ", the file has " + data.byteSize());
        }
        storedBytes += length;
        if (storedBytes > 2 * data.byteSize()) {
            throw malformed("shares its bytes with other datasets");
        }
        return data.asSlice(start, length);
    }

    /** Notes that so many bytes are about to be allocated. */
    void reserve(long bytes) {
        heapBytes += bytes;
        if (bytes < 0 || bytes > Integer.MAX_VALUE || heapBytes > limits.bytes()) {
            String need = "needs " + heapBytes / 1_000_000 + " MB of memory with what was read before, the limit is "
                    + limits.bytes() / 1_000_000 + " MB";
            throw problem(need, "give the JVM more memory with -Xmx", null);
        }
    }

    GlobalHeap globalHeap(long address) {
        GlobalHeap heap = globalHeaps.get(address);
        if (heap == null) {
            heap = new GlobalHeap(this, address);
            globalHeaps.put(address, heap);
        }
        return heap;
    }

    Hdf5Limits limits() {
        return limits;
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    /** Never: the bytes are in memory, or mapped. */
    @Override
    public FileChannel getFileChannel() {
        throw new UnsupportedOperationException("An HDF5 file in memory has no channel");
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    /** Nothing to do: {@link Hdf5File} owns the memory. */
    @Override
    public void close() {}

    @Override
    public long size() {
        return data.byteSize();
    }

    @Override
    public boolean inMemory() {
        return true;
    }
}
