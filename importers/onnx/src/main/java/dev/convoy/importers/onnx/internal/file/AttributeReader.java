package dev.convoy.importers.onnx.internal.file;

import com.google.protobuf.ByteString;
import dev.convoy.onnx.format.OnnxFormatException;
import dev.convoy.onnx.format.TensorReader;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import java.io.IOException;

/** Reads attributes. */
final class AttributeReader {

    private final TensorReader tensors;
    private final GraphReader graphs;

    AttributeReader(TensorReader tensors, GraphReader graphs) {
        this.tensors = tensors;
        this.graphs = graphs;
    }

    /**
     * @param frame of the node
     * @throws OnnxFormatException if a graph in it is broken
     */
    Attribute read(AttributeProto proto, Frame frame) throws IOException {
        return switch (type(proto)) {
            case FLOAT -> new Attribute.Real(proto.getF());
            case INT -> new Attribute.Integral(proto.getI());
            case STRING -> new Attribute.Text(proto.getS().toStringUtf8());
            case FLOATS ->
                new Attribute.Reals(
                        proto.getFloatsList().stream().map(Float::doubleValue).toList());
            case INTS -> new Attribute.Integrals(proto.getIntsList());
            case STRINGS ->
                new Attribute.Texts(proto.getStringsList().stream()
                        .map(ByteString::toStringUtf8)
                        .toList());
            case TENSOR -> array(proto);
            case GRAPH -> new Attribute.Body(graphs.read(proto.getG(), frame));
            case TENSORS, GRAPHS, SPARSE_TENSOR, SPARSE_TENSORS, TYPE_PROTO, TYPE_PROTOS, UNDEFINED ->
                new Attribute.Unreadable("attributes of the kind " + type(proto) + " are not supported");
        };
    }

    private Attribute array(AttributeProto proto) throws IOException {
        try {
            return new Attribute.Array(tensors.read(proto.getT()));
        } catch (OnnxFormatException e) {
            return new Attribute.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Old files do not say which kind it is. */
    private static AttributeType type(AttributeProto proto) {
        if (proto.getType() != AttributeType.UNDEFINED) {
            return proto.getType();
        }
        if (proto.hasF()) {
            return AttributeType.FLOAT;
        }
        if (proto.hasI()) {
            return AttributeType.INT;
        }
        if (proto.hasS()) {
            return AttributeType.STRING;
        }
        if (proto.hasT()) {
            return AttributeType.TENSOR;
        }
        if (proto.hasG()) {
            return AttributeType.GRAPH;
        }
        if (proto.getFloatsCount() > 0) {
            return AttributeType.FLOATS;
        }
        return proto.getStringsCount() > 0 ? AttributeType.STRINGS : AttributeType.INTS;
    }
}
