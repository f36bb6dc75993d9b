package dev.convoy.build;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Optional;

/** Makes the value on the stack one of another type, as the Java language does it where a method is called. */
@FunctionalInterface
interface Conversion {

    /** Primitive types and the classes that box them. */
    Map<ClassDesc, ClassDesc> BOXES = Map.of(
            ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
            ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
            ConstantDescs.CD_short, ConstantDescs.CD_Short,
            ConstantDescs.CD_char, ConstantDescs.CD_Character,
            ConstantDescs.CD_int, ConstantDescs.CD_Integer,
            ConstantDescs.CD_long, ConstantDescs.CD_Long,
            ConstantDescs.CD_float, ConstantDescs.CD_Float,
            ConstantDescs.CD_double, ConstantDescs.CD_Double);

    void write(CodeBuilder code);

    /** The class that boxes a primitive type. */
    static ClassDesc box(ClassDesc primitive) {
        ClassDesc box = BOXES.get(primitive);
        if (box == null) {
            throw new IllegalArgumentException(primitive.displayName());
        }
        return box;
    }

    /** Empty if it is none of those that are known. */
    static Optional<Conversion> of(ClassDesc from, ClassDesc to) {
        if (from.equals(to)) {
            return Optional.of(_ -> {});
        }
        if (to.equals(CD_void)) {
            return Optional.of(TypeKind.from(from).slotSize() == 2 ? CodeBuilder::pop2 : CodeBuilder::pop);
        }
        if (from.equals(CD_void)) {
            return Optional.empty();
        }
        if (from.isPrimitive()) {
            return to.isPrimitive()
                    ? Optional.of(code -> code.conversion(TypeKind.from(from), TypeKind.from(to)))
                    : Optional.of(code -> code.invokestatic(box(from), "valueOf", MethodTypeDesc.of(box(from), from)));
        }
        if (to.isPrimitive()) {
            return unbox(from, to);
        }
        return Optional.of(to.equals(CD_Object) ? _ -> {} : code -> code.checkcast(to));
    }

    /** By way of a type in between; between classes straight, as a cast to the last of them is enough. */
    static Optional<Conversion> of(ClassDesc from, ClassDesc between, ClassDesc to) {
        if (!from.isPrimitive() && !between.isPrimitive() && !to.isPrimitive()) {
            return of(from, to);
        }
        return of(from, between)
                .flatMap(first -> of(between, to).map(second -> code -> {
                    first.write(code);
                    second.write(code);
                }));
    }

    private static Optional<Conversion> unbox(ClassDesc from, ClassDesc to) {
        return BOXES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(from))
                .map(Map.Entry::getKey)
                .findFirst()
                .flatMap(primitive -> of(primitive, to).map(widening -> code -> {
                    code.invokevirtual(from, primitive.displayName() + "Value", MethodTypeDesc.of(primitive));
                    widening.write(code);
                }));
    }
}
