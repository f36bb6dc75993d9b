package dev.convoy.build;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The class of a lambda or a method reference: fields for what it captured, and the one method, which calls the lambda's
 * body. It belongs to the nest of the class it stands in, as the body is private there.
 */
final class LambdaClass {

    private static final String INSTANCE = "INSTANCE";
    private static final String FACTORY = "of";

    private final ClassDesc name;
    private final String method;
    private final MethodTypeDesc methodType;
    /** Takes what is captured, returns the interface. */
    private final MethodTypeDesc factory;

    private final DirectMethodHandleDesc body;
    /** One for each parameter of the body, and one for what it returns. */
    private final List<Conversion> conversions;

    private LambdaClass(
            ClassDesc name,
            InvokeDynamicInstruction instruction,
            DirectMethodHandleDesc body,
            MethodTypeDesc methodType,
            List<Conversion> conversions) {
        this.name = name;
        this.body = body;
        this.methodType = methodType;
        this.conversions = conversions;
        method = instruction.name().stringValue();
        factory = instruction.typeSymbol();
    }

    /** Empty if the JVM would convert an argument in a way that is not known here. */
    static Optional<LambdaClass> of(ClassDesc name, InvokeDynamicInstruction instruction) {
        MethodTypeDesc erased = (MethodTypeDesc) instruction.bootstrapArgs().get(0);
        DirectMethodHandleDesc body =
                (DirectMethodHandleDesc) instruction.bootstrapArgs().get(1);
        MethodTypeDesc exact = (MethodTypeDesc) instruction.bootstrapArgs().get(2);
        MethodTypeDesc factory = instruction.typeSymbol();
        List<ClassDesc> parameters = body.invocationType().parameterList();
        int captured = factory.parameterCount();
        List<Optional<Conversion>> found = new ArrayList<>();
        for (int i = 0; i < captured; i++) {
            found.add(Conversion.of(factory.parameterType(i), parameters.get(i)));
        }
        for (int i = 0; i < erased.parameterCount(); i++) {
            found.add(Conversion.of(erased.parameterType(i), exact.parameterType(i), parameters.get(captured + i)));
        }
        found.add(Conversion.of(body.invocationType().returnType(), exact.returnType(), erased.returnType()));
        return found.stream().allMatch(Optional::isPresent)
                ? Optional.of(new LambdaClass(
                        name,
                        instruction,
                        body,
                        erased,
                        found.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
    }

    /** Puts the lambda on the stack, in place of what it captures. */
    void create(CodeBuilder code) {
        if (factory.parameterCount() == 0) {
            code.getstatic(name, INSTANCE, factory.returnType());
        } else {
            code.invokestatic(name, FACTORY, factory);
        }
    }

    byte[] bytes(ClassFile classFile, ClassModel outer) {
        return classFile.build(name, builder -> {
            builder.withVersion(outer.majorVersion(), outer.minorVersion());
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            builder.withInterfaceSymbols(factory.returnType());
            builder.with(NestHostAttribute.of(LinkAhead.host(outer)));
            outer.findAttribute(Attributes.sourceFile())
                    .ifPresent(source -> builder.with(SourceFileAttribute.of(source.sourceFile())));
            addConstructor(builder);
            if (factory.parameterCount() == 0) {
                addInstance(builder);
            } else {
                builder.withMethodBody(FACTORY, factory, ClassFile.ACC_STATIC, code -> {
                    construct(code);
                    code.areturn();
                });
            }
            builder.withMethodBody(method, methodType, ClassFile.ACC_PUBLIC, this::callBody);
        });
    }

    private void addConstructor(ClassBuilder builder) {
        for (int i = 0; i < factory.parameterCount(); i++) {
            builder.withField(field(i), factory.parameterType(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
        }
        builder.withMethodBody(INIT_NAME, factory.changeReturnType(CD_void), ClassFile.ACC_PRIVATE, code -> {
            code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
            for (int i = 0; i < factory.parameterCount(); i++) {
                code.aload(0);
                loadParameter(code, factory, i);
                code.putfield(name, field(i), factory.parameterType(i));
            }
            code.return_();
        });
    }

    private void addInstance(ClassBuilder builder) {
        builder.withField(INSTANCE, factory.returnType(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
        builder.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, code -> {
            construct(code);
            code.putstatic(name, INSTANCE, factory.returnType()).return_();
        });
    }

    private void construct(CodeBuilder code) {
        code.new_(name).dup();
        for (int i = 0; i < factory.parameterCount(); i++) {
            loadParameter(code, factory, i);
        }
        code.invokespecial(name, INIT_NAME, factory.changeReturnType(CD_void));
    }

    private void callBody(CodeBuilder code) {
        if (body.kind() == Kind.CONSTRUCTOR) {
            code.new_(body.owner()).dup();
        }
        int captured = factory.parameterCount();
        for (int i = 0; i < captured; i++) {
            code.aload(0).getfield(name, field(i), factory.parameterType(i));
            conversions.get(i).write(code);
        }
        for (int i = 0; i < methodType.parameterCount(); i++) {
            loadParameter(code, methodType, i);
            conversions.get(captured + i).write(code);
        }
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(body.lookupDescriptor());
        switch (body.kind()) {
            case STATIC -> code.invokestatic(body.owner(), body.methodName(), type, false);
            case INTERFACE_STATIC -> code.invokestatic(body.owner(), body.methodName(), type, true);
            case VIRTUAL, SPECIAL -> code.invokevirtual(body.owner(), body.methodName(), type);
            case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> code.invokeinterface(body.owner(), body.methodName(), type);
            case CONSTRUCTOR -> code.invokespecial(body.owner(), INIT_NAME, type);
            case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> throw new IllegalStateException(body.toString());
        }
        conversions.getLast().write(code);
        code.return_(TypeKind.from(methodType.returnType()));
    }

    private static void loadParameter(CodeBuilder code, MethodTypeDesc type, int i) {
        code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
    }

    private static String field(int i) {
        return "captured" + i;
    }
}
