package dev.convoy.importers.onnx.internal.file;

import dev.convoy.onnx.proto.FunctionProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where nodes stand: in the model's graph, or in the body of a function that is being written out at a call.
 *
 * @param path the names of the calls, each with a slash behind it; empty in the model's graph
 * @param depth how many calls that are
 * @param names what the function's operands and results are called where it is called
 * @param attributes of the call, which attributes in the body refer to
 * @param opsets the version of each domain
 */
record Frame(
        String path,
        int depth,
        Map<String, String> names,
        Map<String, Attribute> attributes,
        Map<String, Integer> opsets) {

    static Frame of(List<OperatorSetIdProto> imports) {
        return new Frame("", 0, Map.of(), Map.of(), opsets(imports));
    }

    /**
     * The body of a function.
     *
     * @param callName of the call, unique
     */
    Frame call(String callName, NodeProto call, FunctionProto function, Map<String, Attribute> given) {
        Map<String, String> known = new HashMap<>();
        bind(known, function.getInputList(), call.getInputList());
        bind(known, function.getOutputList(), call.getOutputList());
        return new Frame(path + callName + "/", depth + 1, known, given, opsets(function.getOpsetImportList()));
    }

    private void bind(Map<String, String> known, List<String> formal, List<String> actual) {
        for (int i = 0; i < formal.size(); i++) {
            if (i < actual.size()) {
                known.put(formal.get(i), name(actual.get(i)));
            } else {
                known.putIfAbsent(formal.get(i), "");
            }
        }
    }

    /** A value's name in the whole model. */
    String name(String local) {
        if (local.isEmpty() || path.isEmpty()) {
            return local;
        }
        String outer = names.get(local);
        return outer == null ? path + local : outer;
    }

    /** The version of a domain; 0 if it is not imported. */
    int opset(String domain) {
        return opsets.getOrDefault(domain, 0);
    }

    private static Map<String, Integer> opsets(List<OperatorSetIdProto> imports) {
        Map<String, Integer> opsets = new HashMap<>();
        for (OperatorSetIdProto one : imports) {
            opsets.merge(domain(one.getDomain()), Math.clamp(one.getVersion(), 0, Integer.MAX_VALUE), Math::max);
        }
        return opsets;
    }

    /** ONNX's own domain has two names. */
    static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }
}
