package dev.convoy.onnx.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.convoy.onnx.proto.ModelProto;
import java.io.IOException;

/** Walks a file's bytes before anything is made of them: counts its messages and checks every declared length. */
final class WireScan {

    private final CodedInputStream in;
    private final Limits limits;
    private long messages;

    WireScan(CodedInputStream in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    void run() throws IOException {
        message(ModelProto.getDescriptor(), 1);
    }

    private void message(Descriptor type, int depth) throws IOException {
        if (depth > limits.depth()) {
            throw new OnnxFormatException("It nests messages deeper than " + limits.depth() + " levels");
        }
        if (++messages > limits.messages()) {
            throw new OnnxFormatException("It holds more than " + limits.messages() + " messages");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean isNested = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (isNested && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int outer = in.pushLimit(in.readRawVarint32());
                message(field.getMessageType(), depth + 1);
                in.checkLastTagWas(0);
                in.popLimit(outer);
            } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP) {
                throw new OnnxFormatException("It has a group, which ONNX has nowhere");
            } else {
                count(field);
                in.skipField(tag);
            }
        }
    }

    /** Strings and unpacked numbers take memory by the piece as messages do. */
    private void count(FieldDescriptor field) throws OnnxFormatException {
        if ((field == null || field.isRepeated()) && ++messages > limits.messages()) {
            throw new OnnxFormatException("It holds more than " + limits.messages() + " fields");
        }
    }
}
