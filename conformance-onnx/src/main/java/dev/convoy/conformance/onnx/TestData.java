package dev.convoy.conformance.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.format.ExternalFiles;
import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxFormatException;
import dev.convoy.onnx.format.TensorReader;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The tensors in an archive's {@code .pb} files. */
final class TestData {

    /** Messages in a tensor: its entries of external data, and strings. */
    private static final int DEPTH = 8;

    private final TensorReader reader;

    /**
     * @param folder that of the model
     */
    TestData(Path folder) {
        this.reader = new TensorReader(new ExternalFiles(folder), Limits.defaults());
    }

    /**
     * @throws NotATensorException if its elements are of a type that Convoy cannot hold
     * @throws OnnxFormatException if the file holds no tensor, or a damaged one
     */
    Tensor read(TestArchive archive, String file, int limit) throws IOException, NotATensorException {
        TensorProto proto;
        try {
            CodedInputStream in = CodedInputStream.newInstance(archive.read(file, limit));
            in.setRecursionLimit(DEPTH);
            proto = TensorProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxFormatException("'" + file + "' holds no tensor: " + e.getMessage(), e);
        }
        Optional<DataType> type = ElementTypes.type(proto.getDataType());
        if (type.isEmpty() || type.get().storage() == DataType.Storage.NONE) {
            throw new NotATensorException("tensors of "
                    + type.map(DataType::label).orElse("element type number " + proto.getDataType())
                    + " are not supported");
        }
        return reader.read(proto);
    }
}
