package dev.convoy.importers.keras.internal.hdf5;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The names in a group and the addresses of the object headers behind them, in file order (alphabetical in symbol
 * tables). Soft and external links are refused, not followed.
 */
final class GroupLinks {

    private static final int TREE = 0x45455254;
    private static final int SYMBOL_NODE = 0x444f4e53;
    private static final int HIGHEST_LEVEL = 16;
    private static final int CACHED_SOFT_LINK = 2;

    private final GuardedStorage storage;
    private final SequencedMap<String, Long> links = new LinkedHashMap<>();
    private final Set<Long> nodes = new HashSet<>();

    private GroupLinks(GuardedStorage storage) {
        this.storage = storage;
    }

    /** Reads the links of the group whose header this is; call within {@link GuardedStorage#parse}. */
    static SequencedMap<String, Long> of(GuardedStorage storage, ObjectHeader header) {
        GroupLinks group = new GroupLinks(storage);
        if (header.hasMessageOfType(SymbolTableMessage.class)) {
            SymbolTableMessage table = header.getMessageOfType(SymbolTableMessage.class);
            ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
            group.treeNode(table.getBTreeAddress(), names, HIGHEST_LEVEL + 1);
        } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
            LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
            if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
                header.getMessagesOfType(LinkMessage.class).forEach(group::add);
            } else {
                group.dense(info);
            }
        }
        return group.links;
    }

    /** Version 1 B-tree of a group: {@code TREE}, type 0, level, count, siblings, then keys and children in turn. */
    private void treeNode(long address, ByteBuffer names, int above) {
        once(address);
        int offsets = storage.getSizeOfOffsets();
        int lengths = storage.getSizeOfLengths();
        ByteBuffer node = storage.readBufferFromAddress(address, 8 + 2 * offsets);
        if (node.getInt() != TREE || node.get() != 0) {
            throw storage.malformed("has no group B-tree at byte " + address);
        }
        int level = Byte.toUnsignedInt(node.get());
        if (above > HIGHEST_LEVEL ? level > HIGHEST_LEVEL : level != above - 1) {
            throw storage.malformed("has a B-tree node of level " + level + " at byte " + address);
        }
        int children = Short.toUnsignedInt(node.getShort());
        ByteBuffer entries = storage.readBufferFromAddress(address + 8 + 2L * offsets, children * (lengths + offsets));
        for (int i = 0; i < children; i++) {
            entries.position(i * (lengths + offsets) + lengths);
            long child = Utils.readBytesAsUnsignedLong(entries, offsets);
            if (level > 0) {
                treeNode(child, names, level);
            } else {
                symbolNode(child, names);
            }
        }
    }

    /** {@code SNOD}, version, count, then entries of name offset, header address, cache type and 16 bytes of cache. */
    private void symbolNode(long address, ByteBuffer names) {
        once(address);
        int offsets = storage.getSizeOfOffsets();
        ByteBuffer head = storage.readBufferFromAddress(address, 8);
        if (head.getInt() != SYMBOL_NODE) {
            throw storage.malformed("has no symbol table node at byte " + address);
        }
        int count = Short.toUnsignedInt(head.getShort(6));
        int entry = 2 * offsets + 24;
        ByteBuffer entries = storage.readBufferFromAddress(address + 8, count * entry);
        for (int i = 0; i < count; i++) {
            entries.position(i * entry);
            int nameOffset = Utils.readBytesAsUnsignedInt(entries, offsets);
            long header = Utils.readBytesAsUnsignedLong(entries, offsets);
            String name = Utils.readUntilNull(names.position(nameOffset));
            if (entries.getInt() == CACHED_SOFT_LINK) {
                throw refused("soft", name);
            }
            put(name, header);
        }
    }

    private void dense(LinkInfoMessage info) {
        long address = info.getBTreeNameIndexAddress();
        checkRecords(storage, address);
        FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
        BTreeV2<LinkNameForIndexedGroupRecord> tree = new BTreeV2<>(storage, address);
        for (LinkNameForIndexedGroupRecord link : tree.getRecords()) {
            add(LinkMessage.fromBuffer(heap.getId(link.getId()), storage.getSuperblock()));
        }
    }

    /** jHDF makes room for as many records as a version 2 B-tree declares; there are not more than the file has bytes. */
    static void checkRecords(GuardedStorage storage, long address) {
        int offsets = storage.getSizeOfOffsets();
        ByteBuffer head = storage.readBufferFromAddress(address, 18 + offsets + storage.getSizeOfLengths());
        long records = Utils.readBytesAsUnsignedLong(head.position(18 + offsets), storage.getSizeOfLengths());
        if (records < 0 || records > storage.size() / 4) {
            throw storage.malformed("declares " + records + " records in the B-tree at byte " + address);
        }
    }

    private void add(LinkMessage link) {
        switch (link.getLinkType()) {
            case HARD -> put(link.getLinkName(), link.getHardLinkAddress());
            case SOFT -> throw refused("soft", link.getLinkName());
            case EXTERNAL -> throw refused("external", link.getLinkName());
        }
    }

    private void put(String name, long header) {
        if (links.put(name, header) != null) {
            throw storage.malformed("has two members named '" + name + "'");
        }
    }

    private void once(long address) {
        if (!nodes.add(address)) {
            throw storage.malformed("has a B-tree that refers to itself (at byte " + address + ")");
        }
    }

    private RuntimeException refused(String kind, String name) {
        return storage.refused("has the " + kind + " link '" + name + "', and links are not followed");
    }
}
