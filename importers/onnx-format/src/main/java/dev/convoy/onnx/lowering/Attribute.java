package dev.convoy.onnx.lowering;

import com.google.protobuf.ByteString;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.onnx.proto.GraphProto;
import java.util.List;

/** Makes attributes of ONNX nodes. */
final class Attribute {

    private Attribute() {}

    static AttributeProto of(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto of(String name, boolean value) {
        return of(name, value ? 1 : 0);
    }

    static AttributeProto of(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    static AttributeProto of(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto of(String name, List<Integer> values) {
        AttributeProto.Builder ints = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        values.forEach(ints::addInts);
        return ints.build();
    }

    static AttributeProto of(String name, GraphProto body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(body)
                .build();
    }
}
