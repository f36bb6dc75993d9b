package dev.convoy.build;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The class of one or several lambdas of a class that implement the same interface: fields for what they captured, and
 * the one method, which calls the lambda's body. If there are several, an object knows by a number which of them it is.
 * It belongs to the nest of the class they stand in, as the bodies are private there.
 */
final class LambdaClass {

    private static final String NUMBER = "number";
    private static final String INSTANCE = "INSTANCE";
    private static final String FACTORY = "of";

    private final ClassDesc name;
    private final Lambda.Method method;
    private final List<Lambda> lambdas = new ArrayList<>();

    /** The types of the fields: as many of each type as the lambda has that captures most of them. */
    private final List<ClassDesc> fields = new ArrayList<>();

    LambdaClass(ClassDesc name, Lambda.Method method) {
        this.name = name;
        this.method = method;
    }

    /** Adds a lambda and puts it on the stack, in place of what it captures. */
    void create(CodeBuilder code, Lambda lambda) {
        int number = lambdas.size();
        lambdas.add(lambda);
        placesOf(lambda);
        if (lambda.factory().parameterCount() == 0) {
            code.getstatic(name, INSTANCE + number, method.owner());
        } else {
            code.invokestatic(name, FACTORY + number, lambda.factory());
        }
    }

    byte[] bytes(ClassFile classFile, ClassModel outer) {
        return classFile.build(name, builder -> {
            builder.withVersion(outer.majorVersion(), outer.minorVersion());
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            builder.withInterfaceSymbols(method.owner());
            builder.with(NestHostAttribute.of(LinkAhead.host(outer)));
            outer.findAttribute(Attributes.sourceFile())
                    .ifPresent(source -> builder.with(SourceFileAttribute.of(source.sourceFile())));
            addConstructor(builder);
            addInstances(builder);
            addFactories(builder);
            builder.withMethodBody(method.name(), method.type(), ClassFile.ACC_PUBLIC, this::addMethod);
        });
    }

    /** The fields, by their index, in which a lambda keeps what it captures; those that are missing are added. */
    private List<Integer> placesOf(Lambda lambda) {
        List<Integer> places = new ArrayList<>();
        for (ClassDesc type : lambda.factory().parameterList()) {
            int place = 0;
            while (place < fields.size()
                    && (places.contains(place) || !fields.get(place).equals(type))) {
                place++;
            }
            if (place == fields.size()) {
                fields.add(type);
            }
            places.add(place);
        }
        return places;
    }

    /** Takes the lambda's number and all fields. */
    private MethodTypeDesc constructor() {
        return MethodTypeDesc.of(CD_void, fields).insertParameterTypes(0, CD_int);
    }

    private void addConstructor(ClassBuilder builder) {
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;
        builder.withField(NUMBER, CD_int, flags);
        for (int i = 0; i < fields.size(); i++) {
            builder.withField(field(i), fields.get(i), flags);
        }
        builder.withMethodBody(INIT_NAME, constructor(), ClassFile.ACC_PRIVATE, code -> {
            code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
            code.aload(0).iload(1).putfield(name, NUMBER, CD_int);
            for (int i = 0; i < fields.size(); i++) {
                code.aload(0).loadLocal(TypeKind.from(fields.get(i)), code.parameterSlot(1 + i));
                code.putfield(name, field(i), fields.get(i));
            }
            code.return_();
        });
    }

    /** The lambdas that capture nothing are one object each. */
    private void addInstances(ClassBuilder builder) {
        List<Integer> constant = new ArrayList<>();
        for (int number = 0; number < lambdas.size(); number++) {
            if (lambdas.get(number).factory().parameterCount() == 0) {
                builder.withField(INSTANCE + number, method.owner(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
                constant.add(number);
            }
        }
        if (!constant.isEmpty()) {
            builder.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, code -> {
                for (int number : constant) {
                    construct(code, number);
                    code.putstatic(name, INSTANCE + number, method.owner());
                }
                code.return_();
            });
        }
    }

    private void addFactories(ClassBuilder builder) {
        for (int i = 0; i < lambdas.size(); i++) {
            int number = i;
            MethodTypeDesc factory = lambdas.get(i).factory();
            if (factory.parameterCount() > 0) {
                builder.withMethodBody(FACTORY + number, factory, ClassFile.ACC_STATIC, code -> {
                    construct(code, number);
                    code.areturn();
                });
            }
        }
    }

    private void construct(CodeBuilder code, int number) {
        List<Integer> places = placesOf(lambdas.get(number));
        code.new_(name).dup().loadConstant(number);
        for (int i = 0; i < fields.size(); i++) {
            TypeKind kind = TypeKind.from(fields.get(i));
            if (places.contains(i)) {
                code.loadLocal(kind, code.parameterSlot(places.indexOf(i)));
            } else {
                loadZero(code, kind);
            }
        }
        code.invokespecial(name, INIT_NAME, constructor());
    }

    private static void loadZero(CodeBuilder code, TypeKind kind) {
        switch (kind.asLoadable()) {
            case INT -> code.iconst_0();
            case LONG -> code.lconst_0();
            case FLOAT -> code.fconst_0();
            case DOUBLE -> code.dconst_0();
            case REFERENCE -> code.aconst_null();
            case BOOLEAN, BYTE, CHAR, SHORT, VOID -> throw new IllegalArgumentException(kind.toString());
        }
    }

    private void addMethod(CodeBuilder code) {
        if (lambdas.size() > 1) {
            List<SwitchCase> cases = new ArrayList<>();
            for (int number = 1; number < lambdas.size(); number++) {
                cases.add(SwitchCase.of(number, code.newLabel()));
            }
            Label first = code.newLabel();
            code.aload(0).getfield(name, NUMBER, CD_int).tableswitch(1, lambdas.size() - 1, first, cases);
            for (SwitchCase it : cases) {
                code.labelBinding(it.target());
                callBody(code, it.caseValue());
            }
            code.labelBinding(first);
        }
        callBody(code, 0);
    }

    private void callBody(CodeBuilder code, int number) {
        Lambda lambda = lambdas.get(number);
        List<Lambda.Load> captured = new ArrayList<>();
        for (int place : placesOf(lambda)) {
            captured.add(it -> it.aload(0).getfield(name, field(place), fields.get(place)));
        }
        lambda.callBody(code, captured);
    }

    private static String field(int i) {
        return "captured" + i;
    }
}
