package dev.convoy.onnx.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

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
        message(WireMessage.MODEL, 1);
    }

    private void message(WireMessage type, int depth) throws IOException {
        if (depth > limits.depth()) {
            throw new OnnxFormatException("It nests messages deeper than " + limits.depth() + " levels");
        }
        if (++messages > limits.messages()) {
            throw new OnnxFormatException("It holds more than " + limits.messages() + " messages");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            @Nullable WireMessage nested = type.nested(field);
            if (nested != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int outer = in.pushLimit(in.readRawVarint32());
                message(nested, depth + 1);
                in.checkLastTagWas(0);
                in.popLimit(outer);
            } else if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP) {
                throw new OnnxFormatException("It has a group, which ONNX has nowhere");
            } else {
                count(type.isSingle(field));
                in.skipField(tag);
            }
        }
    }

    /** Strings and unpacked numbers take memory by the piece as messages do. */
    private void count(boolean single) throws OnnxFormatException {
        if (!single && ++messages > limits.messages()) {
            throw new OnnxFormatException("It holds more than " + limits.messages() + " fields");
        }
    }
}
