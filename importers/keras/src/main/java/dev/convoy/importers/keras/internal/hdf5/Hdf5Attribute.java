package dev.convoy.importers.keras.internal.hdf5;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An attribute of a group: for Keras always one string or a list of strings, of fixed or of variable length. */
public final class Hdf5Attribute {

    private final GuardedStorage storage;
    private final AttributeMessage message;

    private Hdf5Attribute(GuardedStorage storage, AttributeMessage message) {
        this.storage = storage;
        this.message = message;
    }

    /** All attributes of an object; call within {@link GuardedStorage#parse}. */
    static List<Hdf5Attribute> of(GuardedStorage storage, ObjectHeader header) {
        List<AttributeMessage> messages = new ArrayList<>(header.getMessagesOfType(AttributeMessage.class));
        if (header.hasMessageOfType(AttributeInfoMessage.class)) {
            AttributeInfoMessage info = header.getMessageOfType(AttributeInfoMessage.class);
            if (info.getFractalHeapAddress() != Constants.UNDEFINED_ADDRESS) {
                GroupLinks.checkRecords(storage, info.getAttributeNameBTreeAddress());
                FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
                BTreeV2<AttributeNameForIndexedAttributesRecord> tree =
                        new BTreeV2<>(storage, info.getAttributeNameBTreeAddress());
                for (AttributeNameForIndexedAttributesRecord record : tree.getRecords()) {
                    messages.add(new AttributeMessage(heap.getId(record.getHeapId()), storage, record.getFlags()));
                }
            }
        }
        return messages.stream().map(m -> new Hdf5Attribute(storage, m)).toList();
    }

    public String name() {
        return message.getName();
    }

    /** The string, or the strings one after another if there are several. */
    public String string() {
        return String.join("", strings());
    }

    /**
     * The strings in order; one for a scalar.
     *
     * @throws dev.convoy.importers.keras.internal.FormatException if the attribute holds something else
     */
    public List<String> strings() {
        return storage.parse("attribute '" + name() + "'", this::decode);
    }

    private List<String> decode() {
        ByteBuffer data = message.getDataBuffer();
        if (data == null) {
            return List.of();
        }
        data.order(ByteOrder.LITTLE_ENDIAN);
        DataType type = message.getDataType();
        return switch (type) {
            case StringData fixed -> fixed(data, fixed.getSize());
            case VariableLength variable when variable.isVariableLengthString() -> variable(data, variable.getSize());
            default ->
                throw storage.malformed("is no text but " + type.getClass().getSimpleName());
        };
    }

    private List<String> fixed(ByteBuffer data, int size) {
        List<String> strings = new ArrayList<>();
        for (int at = 0; at + size <= data.limit(); at += size) {
            byte[] bytes = new byte[size];
            data.get(at, bytes);
            int length = 0;
            while (length < size && bytes[length] != 0) {
                length++;
            }
            strings.add(new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing());
        }
        return strings;
    }

    /** Length, address of a global heap, index in it. */
    private List<String> variable(ByteBuffer data, int size) {
        List<String> strings = new ArrayList<>();
        int offsets = storage.getSizeOfOffsets();
        if (size < 8 + offsets) {
            throw storage.malformed("is damaged: variable-length entries of " + size + " bytes");
        }
        for (int at = 0; at + size <= data.limit(); at += size) {
            int length = data.getInt(at);
            long heap = Utils.readBytesAsUnsignedLong(data.position(at + 4), offsets);
            int index = data.getInt(at + 4 + offsets);
            if (index == 0) {
                strings.add("");
                continue;
            }
            ByteBuffer text = storage.globalHeap(heap).getObjectData(index);
            if (length < 0 || length > text.remaining()) {
                throw storage.malformed("declares a text of " + length + " bytes, " + text.remaining() + " are stored");
            }
            storage.reserve(2L * length);
            strings.add(
                    StandardCharsets.UTF_8.decode(text.limit(length)).toString().replaceFirst("\0+$", ""));
        }
        return strings;
    }
}
