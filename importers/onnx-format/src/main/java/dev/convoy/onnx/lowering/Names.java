package dev.convoy.onnx.lowering;

import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The names in a model, each used once, and its initializers. A tensor is stored once, small ones once per content. */
final class Names {

    private static final int SMALL = 64;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final SequencedMap<String, Tensor> initializers = new LinkedHashMap<>();
    private final Map<Tensor, String> byIdentity = new IdentityHashMap<>();
    private final Map<Tensor, String> byContent = new HashMap<>();
    private final Map<Tensor, String> wished;

    /**
     * @param wished names for tensors, by identity
     */
    Names(Map<Tensor, String> wished) {
        this.wished = wished;
    }

    /** The name itself if it is free, else with a number behind it. */
    String unique(String name) {
        String candidate = name;
        while (!taken.add(candidate)) {
            candidate = name + "_" + numbers.merge(name, 1, Integer::sum);
        }
        return candidate;
    }

    String initializer(Tensor tensor) {
        String known = byIdentity.get(tensor);
        if (known == null && tensor.size() <= SMALL) {
            known = byContent.get(tensor);
        }
        if (known == null) {
            String wish = wished.get(tensor);
            known = unique(wish == null ? "constant" : wish);
            initializers.put(known, tensor);
            if (tensor.size() <= SMALL) {
                byContent.put(tensor, known);
            }
        }
        byIdentity.put(tensor, known);
        return known;
    }

    SequencedMap<String, Tensor> initializers() {
        return Collections.unmodifiableSequencedMap(initializers);
    }
}
