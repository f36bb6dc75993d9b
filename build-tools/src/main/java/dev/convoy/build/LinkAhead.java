package dev.convoy.build;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rewrites compiled classes so that a JVM need not spin classes when it first meets a lambda, a switch over types or a
 * record's {@code equals} and {@code hashCode}, which is what a short program spends most of its time on: each lambda
 * becomes a class beside the one that it stands in ({@code Outer$$Lambda1}), which those of its interface may share, each
 * of the others a method. Classes that were rewritten before are left as they are.
 *
 * <p>Runs in the build straight from its source, hence without a class of a library. Why: {@code docs/adr/0009-link-ahead.md}.
 */
public final class LinkAhead {

    private final ClassFile classFile = ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));
    private final boolean share;
    private final Map<ClassDesc, byte[]> written = new LinkedHashMap<>();
    private final Map<ClassDesc, List<ClassDesc>> lambdas = new HashMap<>();

    /**
     * @param share whether the lambdas of a class that implement the same interface become one class: fewer classes to
     *     load, but C2 no longer knows which lambda it meets
     */
    LinkAhead(boolean share) {
        this.share = share;
    }

    /**
     * @param args the folder of classes; what they need is on this JVM's class path; {@code true} if lambdas share classes
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<byte[]> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(LinkAhead::isClass).sorted().toList()) {
                classes.add(Files.readAllBytes(file));
            }
        }
        for (var entry :
                new LinkAhead(Boolean.parseBoolean(args[1])).rewrite(classes).entrySet()) {
            String name = entry.getKey().descriptorString();
            Files.write(folder.resolve(name.substring(1, name.length() - 1) + ".class"), entry.getValue());
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".class") && !name.equals("module-info.class");
    }

    /** {@return the classes that changed and those that are new} */
    Map<ClassDesc, byte[]> rewrite(List<byte[]> classes) {
        List<ClassModel> models = classes.stream().map(classFile::parse).toList();
        for (ClassModel model : models) {
            LinkedClass linked = new LinkedClass(classFile, model, share);
            linked.rewrite().ifPresent(bytes -> {
                Map<ClassDesc, byte[]> made = linked.lambdas();
                written.put(model.thisClass().asSymbol(), bytes);
                written.putAll(made);
                lambdas.computeIfAbsent(host(model), _ -> new ArrayList<>()).addAll(made.keySet());
            });
        }
        for (ClassModel model : models) {
            ClassDesc name = model.thisClass().asSymbol();
            List<ClassDesc> nested = lambdas.getOrDefault(name, List.of());
            if (!nested.isEmpty()) {
                byte[] rewritten = written.get(name);
                written.put(name, nest(rewritten == null ? model : classFile.parse(rewritten), nested));
            }
        }
        return written;
    }

    /** The class that says who belongs to the nest, whose members see each other's private parts. */
    static ClassDesc host(ClassModel model) {
        return model.findAttribute(Attributes.nestHost())
                .map(host -> host.nestHost().asSymbol())
                .orElse(model.thisClass().asSymbol());
    }

    private byte[] nest(ClassModel host, List<ClassDesc> more) {
        List<ClassDesc> members = new ArrayList<>();
        host.findAttribute(Attributes.nestMembers())
                .ifPresent(old -> old.nestMembers().forEach(member -> members.add(member.asSymbol())));
        members.addAll(more);
        return classFile.transformClass(
                host,
                ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
                        .andThen(ClassTransform.endHandler(
                                builder -> builder.with(NestMembersAttribute.ofSymbols(members)))));
    }
}
