package dev.convoy.importers.onnx.internal.file;

import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.format.OnnxFormatException;
import dev.convoy.onnx.format.TensorReader;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.FunctionProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.SparseTensorProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.TensorShapeProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a model's graph: the calls of its functions are written out, values of Constant nodes set apart. */
public final class GraphReader {

    private static final int MOST_NODES = 100_000;
    private static final int MOST_CALLS = 32;

    private final TensorReader tensors;
    private final AttributeReader attributes;
    private final Map<List<String>, FunctionProto> functions = new HashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final Set<String> callNames = new HashSet<>();
    private int nodes;

    private GraphReader(ModelProto model, TensorReader tensors) {
        this.tensors = tensors;
        this.attributes = new AttributeReader(tensors, this);
        for (FunctionProto function : model.getFunctionsList()) {
            checkUnique(Stream.concat(
                    function.getInputList().stream(),
                    function.getNodeList().stream().flatMap(node -> node.getOutputList().stream())));
            functions.put(
                    List.of(Frame.domain(function.getDomain()), function.getName(), function.getOverload()), function);
        }
    }

    /**
     * @param tensors reads tensors, those beside the file included
     * @throws OnnxFormatException if functions call each other without end, or a graph in an attribute is broken
     */
    public static ModelDescription read(ModelProto model, TensorReader tensors) throws IOException {
        GraphReader reader = new GraphReader(model, tensors);
        Frame frame = Frame.of(model.getOpsetImportList());
        GraphDescription graph = reader.read(model.getGraph(), frame);
        String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
        String format = "ONNX, IR " + model.getIrVersion() + ", opset " + frame.opset("")
                + (producer.isEmpty() ? "" : ", " + producer);
        return new ModelDescription(format, model.getIrVersion(), frame.opset(""), graph, reader.unreadable);
    }

    GraphDescription read(GraphProto proto, Frame frame) throws IOException {
        checkUnique(definitions(proto));
        checkUnique(proto.getOutputList().stream().map(ValueInfoProto::getName));
        Map<String, Tensor> initializers = new HashMap<>();
        Set<String> unread = new HashSet<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            try {
                initializers.put(frame.name(tensor.getName()), tensors.read(tensor));
            } catch (OnnxFormatException e) {
                unreadable.add(new Unreadable(e.reason(), e.remedy()));
                unread.add(frame.name(tensor.getName()));
            }
        }
        for (SparseTensorProto sparse : proto.getSparseInitializerList()) {
            String name = sparse.getValues().getName();
            unreadable.add(new Unreadable(
                    "Initializer '" + name + "' is sparse, which is not supported",
                    "export the model with dense initializers"));
            unread.add(frame.name(name));
        }
        Map<String, Tensor> constants = new HashMap<>();
        List<NodeDescription> described = new ArrayList<>();
        for (NodeProto node : proto.getNodeList()) {
            add(node, frame, described, constants);
        }
        Map<String, ValueDescription> values = new HashMap<>();
        proto.getValueInfoList().forEach(v -> values.put(frame.name(v.getName()), value(v, frame)));
        Set<String> initialized = initializers.keySet();
        return new GraphDescription(
                proto.getName(),
                proto.getInputList().stream()
                        .map(v -> value(v, frame))
                        .filter(v -> !initialized.contains(v.name()))
                        .toList(),
                initializers,
                constants,
                described,
                proto.getOutputList().stream().map(v -> value(v, frame)).toList(),
                values,
                unread);
    }

    /** Every value that a graph gives a name to; inputs may be named again where they have an initial value. */
    private static Stream<String> definitions(GraphProto proto) {
        Set<String> initialized =
                proto.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        Stream<String> inputs =
                proto.getInputList().stream().map(ValueInfoProto::getName).filter(name -> !initialized.contains(name));
        Stream<String> results = proto.getNodeList().stream().flatMap(node -> node.getOutputList().stream());
        return Stream.of(inputs, proto.getInitializerList().stream().map(TensorProto::getName), results)
                .flatMap(names -> names);
    }

    private void checkUnique(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !name.isEmpty() && !seen.add(name))
                .distinct()
                .forEach(name -> unreadable.add(new Unreadable("The value '" + name + "' is defined twice", "")));
    }

    private void add(NodeProto proto, Frame frame, List<NodeDescription> described, Map<String, Tensor> constants)
            throws IOException {
        if (++nodes > MOST_NODES) {
            throw new OnnxFormatException("Its functions written out are more than " + MOST_NODES + " nodes");
        }
        String domain = Frame.domain(proto.getDomain());
        Map<String, Attribute> given = attributes(proto, frame);
        FunctionProto function = functions.get(List.of(domain, proto.getOpType(), proto.getOverload()));
        if (function != null) {
            call(proto, function, given, frame, described, constants);
            return;
        }
        if (domain.isEmpty() && proto.getOpType().equals("Constant") && proto.getOutputCount() == 1) {
            Tensor value = Constants.value(given);
            if (value != null) {
                constants.put(frame.name(proto.getOutput(0)), value);
                return;
            }
        }
        described.add(new NodeDescription(
                proto.getName().isEmpty() ? "" : frame.path() + proto.getName(),
                domain,
                proto.getOpType(),
                frame.opset(domain),
                proto.getInputList().stream().map(frame::name).toList(),
                proto.getOutputList().stream().map(frame::name).toList(),
                given));
    }

    private void call(
            NodeProto proto,
            FunctionProto function,
            Map<String, Attribute> given,
            Frame frame,
            List<NodeDescription> described,
            Map<String, Tensor> constants)
            throws IOException {
        String name = proto.getName().isEmpty() ? proto.getOpType() : proto.getName();
        for (int i = 1; !callNames.add(frame.path() + name); i++) {
            name = (proto.getName().isEmpty() ? proto.getOpType() : proto.getName()) + "_" + i;
        }
        if (frame.depth() >= MOST_CALLS) {
            throw new OnnxFormatException("Its functions call each other more than " + MOST_CALLS + " deep");
        }
        Map<String, Attribute> all = new HashMap<>();
        for (AttributeProto byDefault : function.getAttributeProtoList()) {
            all.put(byDefault.getName(), attributes.read(byDefault, frame));
        }
        all.putAll(given);
        Frame body = frame.call(name, proto, function, all);
        for (NodeProto node : function.getNodeList()) {
            add(node, body, described, constants);
        }
    }

    private Map<String, Attribute> attributes(NodeProto proto, Frame frame) throws IOException {
        Map<String, Attribute> read = new HashMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attribute.getRefAttrName().isEmpty()) {
                read.put(attribute.getName(), attributes.read(attribute, frame));
            } else {
                Attribute referred = frame.attributes().get(attribute.getRefAttrName());
                if (referred != null) {
                    read.put(attribute.getName(), referred);
                }
            }
        }
        return read;
    }

    private static ValueDescription value(ValueInfoProto proto, Frame frame) {
        String name = frame.name(proto.getName());
        TypeProto type = proto.getType();
        return switch (type.getValueCase()) {
            case TENSOR_TYPE -> {
                TypeProto.Tensor tensor = type.getTensorType();
                DataType element = ElementTypes.type(tensor.getElemType()).orElse(null);
                Shape shape = tensor.hasShape() ? shape(name, tensor.getShape()) : null;
                yield new ValueDescription(name, element, shape, "tensor");
            }
            case SEQUENCE_TYPE -> new ValueDescription(name, null, null, "sequence");
            case MAP_TYPE -> new ValueDescription(name, null, null, "map");
            case SPARSE_TENSOR_TYPE -> new ValueDescription(name, null, null, "sparse tensor");
            case OPTIONAL_TYPE -> new ValueDescription(name, null, null, "optional");
            case VALUE_NOT_SET -> new ValueDescription(name, null, null, "tensor");
        };
    }

    private static Shape shape(String value, TensorShapeProto proto) {
        List<Dim> dims = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : proto.getDimList()) {
            boolean sized = dim.hasDimValue() && dim.getDimValue() >= 0 && dim.getDimValue() <= Integer.MAX_VALUE;
            dims.add(
                    sized
                            ? Dim.of((int) dim.getDimValue())
                            : dim.getDimParam().isBlank()
                                    ? Dim.named(value + " axis " + dims.size())
                                    : Dim.named(dim.getDimParam()));
        }
        return Shape.ofDims(dims);
    }
}
