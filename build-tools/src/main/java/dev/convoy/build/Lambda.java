package dev.convoy.build;

import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lambda or a method reference.
 *
 * @param method the method that it implements
 * @param factory takes what is captured, returns the interface
 * @param body what it calls
 * @param conversions one for each parameter of the body, and one for what it returns
 */
record Lambda(Method method, MethodTypeDesc factory, DirectMethodHandleDesc body, List<Conversion> conversions) {

    /** The one method of an interface; lambdas with the same one may share a class. */
    record Method(ClassDesc owner, String name, MethodTypeDesc type) {}

    /** Empty if the JVM would convert an argument in a way that is not known here. */
    static Optional<Lambda> of(InvokeDynamicInstruction instruction) {
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
        if (!found.stream().allMatch(Optional::isPresent)) {
            return Optional.empty();
        }
        Method method = new Method(factory.returnType(), instruction.name().stringValue(), erased);
        return Optional.of(new Lambda(
                method, factory, body, found.stream().map(Optional::orElseThrow).toList()));
    }

    /** Puts something on the stack. */
    interface Load {
        void write(CodeBuilder code);
    }

    /**
     * The method: calls the body and returns what it gives.
     *
     * @param captured what puts each captured value on the stack
     */
    void callBody(CodeBuilder code, List<Load> captured) {
        if (body.kind() == Kind.CONSTRUCTOR) {
            code.new_(body.owner()).dup();
        }
        for (int i = 0; i < captured.size(); i++) {
            captured.get(i).write(code);
            conversions.get(i).write(code);
        }
        for (int i = 0; i < method.type().parameterCount(); i++) {
            code.loadLocal(TypeKind.from(method.type().parameterType(i)), code.parameterSlot(i));
            conversions.get(captured.size() + i).write(code);
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
        code.return_(TypeKind.from(method.type().returnType()));
    }
}
