package dev.convoy.importers.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.convoy.onnx.proto.ModelProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Ways to spoil a model's file; the same seed spoils it the same way. */
final class Mutations {

    private static final long[] SIZES = {
        -1,
        0,
        1,
        2,
        3,
        7,
        16,
        255,
        65_536,
        100_000,
        Integer.MAX_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final float[] REALS = {0, -1, 1e38f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};

    private final SplittableRandom random;
    private final List<String> texts = new ArrayList<>(List.of("", "../x", "/", "\0", "Conv", "Loop", "If"));
    private final Map<Descriptor, List<Message>> messages = new HashMap<>();

    private Mutations(SplittableRandom random) {
        this.random = random;
    }

    /** A file with bits flipped, lengths inflated, parts cut, moved, doubled or taken out. */
    static byte[] ofBytes(byte[] original, SplittableRandom random) {
        byte[] file = original.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && file.length > 16; i++) {
            file = once(file, random);
        }
        return file;
    }

    private static byte[] once(byte[] file, SplittableRandom random) {
        int at = random.nextInt(file.length);
        int length = Math.min(1 + random.nextInt(200), file.length - at);
        switch (random.nextInt(7)) {
            case 0 -> {
                return Arrays.copyOf(file, at);
            }
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> file[at] = (byte) random.nextInt(256);
            case 3 -> Arrays.fill(file, at, Math.min(file.length, at + 1 + random.nextInt(9)), (byte) 0xFF);
            case 4 -> {
                return joined(file, at + length, at, file.length - at);
            }
            case 5 -> {
                return joined(file, at, at + length, file.length - at - length);
            }
            default -> System.arraycopy(file.clone(), random.nextInt(file.length - length + 1), file, at, length);
        }
        return file;
    }

    /** The front of a file and some other part of it. */
    private static byte[] joined(byte[] file, int front, int from, int length) {
        byte[] joined = Arrays.copyOf(file, front + length);
        System.arraycopy(file, from, joined, front, length);
        return joined;
    }

    /**
     * A well-formed file that says something else: fields left out, doubled, exchanged, filled with sizes that cannot be, with
     * names and messages from elsewhere in the model, so that values come twice, from nowhere, or from themselves.
     */
    static ModelProto ofModel(ModelProto original, SplittableRandom random) {
        Mutations mutations = new Mutations(random);
        mutations.collect(original);
        Message model = original;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            model = mutations.spoilt(model);
        }
        return (ModelProto) model;
    }

    private void collect(Message message) {
        messages.computeIfAbsent(message.getDescriptorForType(), d -> new ArrayList<>())
                .add(message);
        message.getAllFields().forEach((field, value) -> {
            for (Object one : field.isRepeated() ? (List<?>) value : List.of(value)) {
                if (one instanceof Message inner) {
                    collect(inner);
                } else if (one instanceof String text) {
                    texts.add(text);
                }
            }
        });
    }

    private Message spoilt(Message message) {
        Message.Builder builder = message.toBuilder();
        List<FieldDescriptor> nested = message.getAllFields().keySet().stream()
                .filter(f -> f.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .toList();
        if (!nested.isEmpty() && random.nextInt(8) > 0) {
            FieldDescriptor field = nested.get(random.nextInt(nested.size()));
            if (field.isRepeated()) {
                int index = random.nextInt(message.getRepeatedFieldCount(field));
                builder.setRepeatedField(field, index, spoilt((Message) message.getRepeatedField(field, index)));
            } else {
                builder.setField(field, spoilt((Message) message.getField(field)));
            }
            return builder.build();
        }
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        List<FieldDescriptor> present = List.copyOf(message.getAllFields().keySet());
        FieldDescriptor field = present.isEmpty() || random.nextInt(4) == 0
                ? fields.get(random.nextInt(fields.size()))
                : present.get(random.nextInt(present.size()));
        if (field.isRepeated()) {
            spoilList(builder, field);
        } else if (random.nextInt(4) == 0) {
            builder.clearField(field);
        } else {
            builder.setField(field, value(builder, field, builder.getField(field)));
        }
        return builder.build();
    }

    private void spoilList(Message.Builder builder, FieldDescriptor field) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
            elements.add(builder.getRepeatedField(field, i));
        }
        int at = elements.isEmpty() ? 0 : random.nextInt(elements.size());
        switch (random.nextInt(elements.isEmpty() ? 1 : 6)) {
            case 0 -> elements.add(at, value(builder, field, elements.isEmpty() ? "" : elements.get(at)));
            case 1 -> elements.remove(at);
            case 2 -> elements.add(random.nextInt(elements.size() + 1), elements.get(at));
            case 3 -> Collections.swap(elements, at, random.nextInt(elements.size()));
            case 4 -> elements.clear();
            default -> elements.set(at, value(builder, field, elements.get(at)));
        }
        builder.setField(field, elements);
    }

    private Object value(Message.Builder builder, FieldDescriptor field, Object before) {
        long size = SIZES[random.nextInt(SIZES.length)];
        return switch (field.getJavaType()) {
            case INT -> (int) size;
            case LONG -> size;
            case FLOAT -> REALS[random.nextInt(REALS.length)];
            case DOUBLE -> (double) REALS[random.nextInt(REALS.length)];
            case BOOLEAN -> random.nextBoolean();
            case STRING -> texts.get(random.nextInt(texts.size()));
            case BYTE_STRING -> bytes(before instanceof ByteString bytes ? bytes : ByteString.EMPTY);
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> {
                List<Message> known = messages.getOrDefault(field.getMessageType(), List.of());
                yield known.isEmpty()
                        ? builder.newBuilderForField(field).build()
                        : known.get(random.nextInt(known.size()));
            }
        };
    }

    private ByteString bytes(ByteString before) {
        return switch (random.nextInt(3)) {
            case 0 -> before.substring(0, before.size() / 2);
            case 1 -> before.concat(ByteString.copyFromUtf8("more"));
            default -> {
                byte[] noise = new byte[before.size()];
                random.nextBytes(noise);
                yield ByteString.copyFrom(noise);
            }
        };
    }
}
