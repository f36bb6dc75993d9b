package dev.convoy.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.convoy.onnx.proto.ModelProto;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the walk over a file knows of {@code onnx.proto} is what Protocol Buffers' descriptors say. */
class WireMessageTest {

    private static final int MOST_FIELDS = 40;

    private final Map<Descriptor, WireMessage> seen = new HashMap<>();

    @Test
    void everyMessageIsDescribedAsInTheSchema() {
        compare(ModelProto.getDescriptor(), WireMessage.MODEL);
        assertEquals(EnumSet.allOf(WireMessage.class), Set.copyOf(seen.values()));
    }

    private void compare(Descriptor schema, WireMessage message) {
        if (seen.putIfAbsent(schema, message) != null) {
            assertEquals(seen.get(schema), message, schema.getFullName());
            return;
        }
        for (int number = 1; number <= MOST_FIELDS; number++) {
            FieldDescriptor field = schema.findFieldByNumber(number);
            String name = schema.getFullName() + " field " + number;
            assertEquals(field != null && !field.isRepeated(), message.isSingle(number), name);
            WireMessage nested = message.nested(number);
            if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                assertNull(nested, name);
            } else {
                assertNotNull(nested, name);
                compare(field.getMessageType(), nested);
            }
        }
        schema.getFields()
                .forEach(field ->
                        assertEquals(field, schema.findFieldByNumber(Math.min(MOST_FIELDS, field.getNumber()))));
    }
}
