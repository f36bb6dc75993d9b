package dev.convoy.importers.keras.internal.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import io.jhdf.object.message.DataSpaceMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** A group: named groups and datasets, and attributes. Members are read when they are asked for. */
public final class Hdf5Group {

    private final GuardedStorage storage;
    private final String path;
    private final List<Long> ancestors;
    private final ObjectHeader header;
    private @Nullable SequencedMap<String, Long> links;
    private @Nullable Map<String, Hdf5Attribute> attributes;

    private Hdf5Group(GuardedStorage storage, String path, List<Long> ancestors, ObjectHeader header) {
        this.storage = storage;
        this.path = path;
        this.ancestors = ancestors;
        this.header = header;
    }

    static Hdf5Group root(GuardedStorage storage) {
        ObjectHeader header = storage.parse(
                "the root group",
                () -> ObjectHeader.readObjectHeader(
                        storage,
                        switch (storage.getSuperblock()) {
                            case SuperblockV0V1 old ->
                                new SymbolTableEntry(
                                                storage,
                                                old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte())
                                        .getObjectHeaderAddress();
                            case SuperblockV2V3 recent -> recent.getRootGroupObjectHeaderAddress();
                            default -> throw storage.malformed("has an unknown superblock");
                        }));
        return new Hdf5Group(storage, "/", List.of(header.getAddress()), header);
    }

    /** The path from the root, {@code /model_weights/conv1} for example. */
    public String path() {
        return path;
    }

    /** Names of the members in file order. */
    public SequencedSet<String> names() {
        return links().sequencedKeySet();
    }

    /** A group of this group, or empty if there is none of that name or it is a dataset. */
    public Optional<Hdf5Group> group(String name) {
        ObjectHeader member = member(name);
        if (member == null || member.hasMessageOfType(DataSpaceMessage.class)) {
            return Optional.empty();
        }
        return Optional.of(storage.parse("group '" + memberPath(name) + "'", () -> inside(name, member)));
    }

    private Hdf5Group inside(String name, ObjectHeader member) {
        if (ancestors.contains(member.getAddress())) {
            throw storage.malformed("contains itself");
        }
        if (ancestors.size() >= storage.limits().depth()) {
            throw storage.malformed("is nested deeper than " + storage.limits().depth() + " groups");
        }
        List<Long> chain = new ArrayList<>(ancestors);
        chain.add(member.getAddress());
        return new Hdf5Group(storage, memberPath(name), List.copyOf(chain), member);
    }

    /** A dataset of this group, or empty if there is none of that name or it is a group. */
    public Optional<Hdf5Dataset> dataset(String name) {
        ObjectHeader member = member(name);
        if (member == null || !member.hasMessageOfType(DataSpaceMessage.class)) {
            return Optional.empty();
        }
        String memberPath = memberPath(name);
        return Optional.of(
                storage.parse("dataset '" + memberPath + "'", () -> new Hdf5Dataset(storage, memberPath, member)));
    }

    /** A dataset under a path with slashes, which may begin with one. */
    public Optional<Hdf5Dataset> datasetAt(String relative) {
        Hdf5Group group = this;
        String[] steps = relative.replaceFirst("^/+", "").split("/+");
        for (int i = 0; i < steps.length - 1; i++) {
            Optional<Hdf5Group> next = group.group(steps[i]);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            group = next.get();
        }
        return group.dataset(steps[steps.length - 1]);
    }

    public Optional<Hdf5Attribute> attribute(String name) {
        return Optional.ofNullable(attributes().get(name));
    }

    /** Attribute names in file order. */
    public List<String> attributeNames() {
        return List.copyOf(attributes().keySet());
    }

    private String memberPath(String name) {
        return path.equals("/") ? "/" + name : path + "/" + name;
    }

    private @Nullable ObjectHeader member(String name) {
        Long address = links().get(name);
        return address == null
                ? null
                : storage.parse("'" + memberPath(name) + "'", () -> ObjectHeader.readObjectHeader(storage, address));
    }

    private SequencedMap<String, Long> links() {
        if (links == null) {
            links = storage.parse("group '" + path + "'", () -> GroupLinks.of(storage, header));
        }
        return links;
    }

    private Map<String, Hdf5Attribute> attributes() {
        if (attributes == null) {
            Map<String, Hdf5Attribute> read = new LinkedHashMap<>();
            storage.parse("attributes of group '" + path + "'", () -> Hdf5Attribute.of(storage, header))
                    .forEach(a -> read.put(a.name(), a));
            attributes = Collections.unmodifiableMap(read);
        }
        return attributes;
    }
}
