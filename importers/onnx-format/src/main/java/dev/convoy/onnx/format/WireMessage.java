package dev.convoy.onnx.format;

import org.jspecify.annotations.Nullable;

/**
 * What the walk over a file's bytes has to know of {@code onnx.proto}: which fields hold messages, and which are there at
 * most once. Protocol Buffers' own descriptors say the same; to make them takes longer than to read a small model.
 */
enum WireMessage {
    MODEL(1, 2, 3, 4, 5, 6, 7),
    GRAPH(2, 10),
    NODE(3, 4, 6, 7, 8),
    ATTRIBUTE(1, 2, 3, 4, 5, 6, 13, 14, 20, 21, 22),
    VALUE(1, 2, 3),
    TENSOR(2, 3, 8, 9, 12, 14),
    SPARSE_TENSOR(1, 2),
    SHAPE,
    DIMENSION(1, 2, 3),
    TYPE(1, 4, 5, 6, 8, 9),
    TENSOR_TYPE(1, 2),
    ELEMENT_TYPE(1),
    MAP_TYPE(1, 2),
    FUNCTION(1, 8, 10, 13),
    /** Two fields that hold no messages: a key and a value, a domain and a version, a begin and an end. */
    PAIR(1, 2);

    private final int single;

    WireMessage(int... single) {
        int bits = 0;
        for (int field : single) {
            bits |= 1 << field;
        }
        this.single = bits;
    }

    /** Whether a field is known and there at most once. */
    boolean isSingle(int field) {
        return field < Integer.SIZE && (single >> field & 1) != 0;
    }

    /** The message that a field holds; null if it holds none, or is not known. */
    @Nullable
    WireMessage nested(int field) {
        return switch (this) {
            case MODEL ->
                switch (field) {
                    case 7 -> GRAPH;
                    case 8, 14 -> PAIR;
                    case 25 -> FUNCTION;
                    default -> null;
                };
            case GRAPH ->
                switch (field) {
                    case 1 -> NODE;
                    case 5 -> TENSOR;
                    case 11, 12, 13 -> VALUE;
                    case 15 -> SPARSE_TENSOR;
                    case 16 -> PAIR;
                    default -> null;
                };
            case NODE ->
                switch (field) {
                    case 5 -> ATTRIBUTE;
                    case 9 -> PAIR;
                    default -> null;
                };
            case ATTRIBUTE ->
                switch (field) {
                    case 5, 10 -> TENSOR;
                    case 6, 11 -> GRAPH;
                    case 14, 15 -> TYPE;
                    case 22, 23 -> SPARSE_TENSOR;
                    default -> null;
                };
            case VALUE ->
                switch (field) {
                    case 2 -> TYPE;
                    case 4 -> PAIR;
                    default -> null;
                };
            case TENSOR ->
                switch (field) {
                    case 3, 13, 16 -> PAIR;
                    default -> null;
                };
            case SPARSE_TENSOR -> field == 1 || field == 2 ? TENSOR : null;
            case SHAPE -> field == 1 ? DIMENSION : null;
            case TYPE ->
                switch (field) {
                    case 1, 8 -> TENSOR_TYPE;
                    case 4, 9 -> ELEMENT_TYPE;
                    case 5 -> MAP_TYPE;
                    default -> null;
                };
            case TENSOR_TYPE -> field == 2 ? SHAPE : null;
            case ELEMENT_TYPE -> field == 1 ? TYPE : null;
            case MAP_TYPE -> field == 2 ? TYPE : null;
            case FUNCTION ->
                switch (field) {
                    case 7 -> NODE;
                    case 9, 14 -> PAIR;
                    case 11 -> ATTRIBUTE;
                    case 12 -> VALUE;
                    default -> null;
                };
            case DIMENSION, PAIR -> null;
        };
    }
}
