package dev.convoy.onnx.format;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.convoy.data.AtomicFiles;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.StringStringEntryProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes ONNX files, the initializers inside or, where they are large, in one file beside the model. */
public final class OnnxWriter {

    /** From so many bytes of initializers on they are written beside the model; a model file holds at most 2 GB. */
    public static final long EXTERNAL_FROM = 1_500_000_000;

    /** Tensors smaller than this stay in the model. */
    private static final long SMALL = 1024;

    private static final int ALIGNMENT = 64;

    private OnnxWriter() {}

    private record Place(Tensor tensor, long start) {}

    /** A tensor with its elements inside. */
    public static TensorProto proto(String name, Tensor tensor) {
        return described(name, tensor)
                .setRawData(ByteString.copyFrom(RawData.of(tensor)))
                .build();
    }

    private static TensorProto.Builder described(String name, Tensor tensor) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setName(name).setDataType(ElementTypes.number(tensor.type()));
        for (int size : tensor.shape().sizes()) {
            proto.addDims(size);
        }
        return proto;
    }

    /**
     * Writes or replaces a model.
     *
     * @param structure the model without the initializers
     * @param externalFrom from how many bytes of initializers on they go to {@code FILE.data}
     * @throws IOException if writing fails; the model file then stays as it was
     */
    public static void write(ModelProto structure, Map<String, Tensor> initializers, Path file, long externalFrom)
            throws IOException {
        long bytes = initializers.values().stream()
                .mapToLong(t -> RawData.size(t.spec()))
                .sum();
        ModelProto.Builder model = structure.toBuilder();
        if (bytes < externalFrom) {
            initializers.forEach((name, tensor) -> model.getGraphBuilder().addInitializer(proto(name, tensor)));
        } else {
            beside(model, initializers, file);
        }
        ModelProto whole = model.build();
        AtomicFiles.write(file, out -> {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.useDeterministicSerialization();
            whole.writeTo(coded);
            coded.flush();
        });
    }

    private static void beside(ModelProto.Builder model, Map<String, Tensor> initializers, Path file)
            throws IOException {
        Path data = file.resolveSibling(file.getFileName() + ".data");
        List<Place> places = new ArrayList<>();
        long end = 0;
        for (Map.Entry<String, Tensor> entry : initializers.entrySet()) {
            Tensor tensor = entry.getValue();
            long size = RawData.size(tensor.spec());
            if (size < SMALL) {
                model.getGraphBuilder().addInitializer(proto(entry.getKey(), tensor));
                continue;
            }
            long start = Math.ceilDiv(end, (long) ALIGNMENT) * ALIGNMENT;
            places.add(new Place(tensor, start));
            end = start + size;
            model.getGraphBuilder()
                    .addInitializer(described(entry.getKey(), tensor)
                            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                            .addExternalData(
                                    entry("location", data.getFileName().toString()))
                            .addExternalData(entry("offset", Long.toString(start)))
                            .addExternalData(entry("length", Long.toString(size))));
        }
        if (!places.isEmpty()) {
            AtomicFiles.write(data, out -> writeAll(places, out));
        }
    }

    private static void writeAll(List<Place> places, OutputStream out) throws IOException {
        long written = 0;
        for (Place place : places) {
            out.write(new byte[Math.toIntExact(place.start() - written)]);
            byte[] bytes = RawData.of(place.tensor());
            out.write(bytes);
            written = place.start() + bytes.length;
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
