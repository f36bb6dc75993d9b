package dev.convoy.build;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One class without the {@code invokedynamic} instructions that {@link LinkAhead} knows; others stay. */
final class LinkedClass {

    private static final int HELPER = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

    private final ClassFile classFile;
    private final ClassModel model;
    private final ClassDesc name;
    private final List<Consumer<ClassBuilder>> helpers = new ArrayList<>();
    private final Map<ClassDesc, LambdaClass> lambdas = new LinkedHashMap<>();
    private final Map<Lambda.Method, LambdaClass> shared = new HashMap<>();
    private final boolean share;
    private boolean changed;

    /**
     * @param share whether the lambdas that implement the same interface become one class, or a class each
     */
    LinkedClass(ClassFile classFile, ClassModel model, boolean share) {
        this.classFile = classFile;
        this.model = model;
        this.share = share;
        name = model.thisClass().asSymbol();
    }

    /** {@return the class rewritten; empty if it has nothing to rewrite} */
    Optional<byte[]> rewrite() {
        byte[] bytes = classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies(this::rewrite)
                        .andThen(ClassTransform.endHandler(
                                builder -> helpers.forEach(helper -> helper.accept(builder)))));
        return changed ? Optional.of(bytes) : Optional.empty();
    }

    /** {@return the classes that took the place of lambdas} */
    Map<ClassDesc, byte[]> lambdas() {
        Map<ClassDesc, byte[]> classes = new LinkedHashMap<>();
        lambdas.forEach((lambda, it) -> classes.put(lambda, it.bytes(classFile, model)));
        return classes;
    }

    private void rewrite(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction instruction && replace(code, instruction)) {
            changed = true;
        } else {
            code.with(element);
        }
    }

    private boolean replace(CodeBuilder code, InvokeDynamicInstruction instruction) {
        DirectMethodHandleDesc bootstrap = instruction.bootstrapMethod();
        return switch (bootstrap.owner().displayName() + "." + bootstrap.methodName()) {
            case "LambdaMetafactory.metafactory" -> replaceLambda(code, instruction);
            case "SwitchBootstraps.typeSwitch" -> replaceSwitch(code, instruction);
            case "ObjectMethods.bootstrap" -> replaceRecordMethod(code, instruction);
            default -> false;
        };
    }

    private boolean replaceLambda(CodeBuilder code, InvokeDynamicInstruction instruction) {
        Optional<Lambda> found = Lambda.of(instruction);
        found.ifPresent(lambda -> classOf(lambda.method()).create(code, lambda));
        return found.isPresent();
    }

    private LambdaClass classOf(Lambda.Method method) {
        return share ? shared.computeIfAbsent(method, this::newClass) : newClass(method);
    }

    private LambdaClass newClass(Lambda.Method method) {
        String own = name.descriptorString();
        ClassDesc lambda =
                ClassDesc.ofDescriptor(own.substring(0, own.length() - 1) + "$$Lambda" + (lambdas.size() + 1) + ";");
        LambdaClass made = new LambdaClass(lambda, method);
        lambdas.put(lambda, made);
        return made;
    }

    /** The number of the first label from {@code restart} on whose type the target has; -1 for null, see SwitchBootstraps. */
    private boolean replaceSwitch(CodeBuilder code, InvokeDynamicInstruction instruction) {
        List<ConstantDesc> labels = instruction.bootstrapArgs();
        if (!labels.stream().allMatch(ClassDesc.class::isInstance)) {
            return false;
        }
        call(code, "typeSwitch$" + helpers.size(), instruction.typeSymbol(), body -> {
            body.aload(0).ifThen(Opcode.IFNULL, then -> then.iconst_m1().ireturn());
            for (int i = 0; i < labels.size(); i++) {
                Label next = body.newLabel();
                body.iload(1).loadConstant(i).if_icmpgt(next);
                body.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
                body.loadConstant(i).ireturn().labelBinding(next);
            }
            body.loadConstant(labels.size()).ireturn();
        });
        return true;
    }

    /** As ObjectMethods does it; {@code toString} is left to it. */
    private boolean replaceRecordMethod(CodeBuilder code, InvokeDynamicInstruction instruction) {
        List<DirectMethodHandleDesc> fields = instruction.bootstrapArgs().stream()
                .skip(2)
                .map(DirectMethodHandleDesc.class::cast)
                .toList();
        switch (instruction.name().stringValue()) {
            case "hashCode" -> call(code, "hashCode$record", instruction.typeSymbol(), body -> hash(body, fields));
            case "equals" -> call(code, "equals$record", instruction.typeSymbol(), body -> compare(body, fields));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void hash(CodeBuilder body, List<DirectMethodHandleDesc> fields) {
        body.iconst_0();
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc type = field.invocationType().returnType();
            boolean primitive = type.isPrimitive();
            body.loadConstant(31).imul().aload(0).getfield(name, field.methodName(), type);
            body.invokestatic(
                    primitive ? Conversion.box(type) : OBJECTS,
                    "hashCode",
                    MethodTypeDesc.of(CD_int, primitive ? type : CD_Object));
            body.iadd();
        }
        body.ireturn();
    }

    private void compare(CodeBuilder body, List<DirectMethodHandleDesc> fields) {
        Label differ = body.newLabel();
        Label other = body.newLabel();
        body.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
        body.aload(1).instanceOf(name).ifeq(differ);
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc type = field.invocationType().returnType();
            body.aload(0).getfield(name, field.methodName(), type);
            body.aload(1).checkcast(name).getfield(name, field.methodName(), type);
            if (type.isPrimitive()) {
                body.invokestatic(Conversion.box(type), "compare", MethodTypeDesc.of(CD_int, type, type))
                        .ifne(differ);
            } else {
                body.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                        .ifeq(differ);
            }
        }
        body.iconst_1().ireturn().labelBinding(differ).iconst_0().ireturn();
    }

    private void call(CodeBuilder code, String helper, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        helpers.add(builder -> builder.withMethodBody(helper, type, HELPER, body));
        code.invokestatic(name, helper, type, model.flags().has(AccessFlag.INTERFACE));
    }
}
