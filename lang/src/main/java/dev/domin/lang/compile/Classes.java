package dev.domin.lang.compile;

import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Type;
import dev.domin.lang.support.CompiledScript;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The classes that compiled scripts refer to, and how script types look in the JVM. */
final class Classes {

    static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    static final ClassDesc STRING = ConstantDescs.CD_String;
    static final ClassDesc BLOB = ClassDesc.of("dev.domin.spi.Blob");
    static final ClassDesc INT_REF = ClassDesc.of("dev.domin.spi.IntRef");
    static final ClassDesc LONG_REF = ClassDesc.of("dev.domin.spi.LongRef");
    static final ClassDesc DOUBLE_REF = ClassDesc.of("dev.domin.spi.DoubleRef");
    static final ClassDesc STRING_REF = ClassDesc.of("dev.domin.spi.StringRef");
    static final ClassDesc PROGRAM = ClassDesc.of("dev.domin.lang.support.ScriptProgram");
    static final ClassDesc SAFEPOINT = ClassDesc.of("dev.domin.lang.support.Safepoint");
    static final ClassDesc LOADER = ClassDesc.of("dev.domin.lang.support.LinkingClassLoader");
    static final ClassDesc NUMBERS = ClassDesc.of("dev.domin.lang.support.Numbers");
    static final ClassDesc STRINGS = ClassDesc.of("dev.domin.lang.support.Strings");
    static final ClassDesc BLOBS = ClassDesc.of("dev.domin.lang.support.Blobs");
    static final ClassDesc HOLDERS = ClassDesc.of("dev.domin.lang.support.Holders");
    static final ClassDesc OVERLAYS = ClassDesc.of("dev.domin.lang.support.Overlays");
    static final ClassDesc OVERLAY_BYTES = ClassDesc.of("dev.domin.lang.support.OverlayBytes");

    private Classes() {}

    /** {@return the JVM's kind of a value of a type} */
    static TypeKind kind(Type type) {
        if (type == Type.I32) {
            return TypeKind.INT;
        }
        if (type == Type.I64) {
            return TypeKind.LONG;
        }
        if (type == Type.DOUBLE) {
            return TypeKind.DOUBLE;
        }
        return type == Type.VOID ? TypeKind.VOID : TypeKind.REFERENCE;
    }

    /** {@return the class of a value of a type} */
    static ClassDesc valueClass(Type type) {
        if (type == Type.I32) {
            return ConstantDescs.CD_int;
        }
        if (type == Type.I64) {
            return ConstantDescs.CD_long;
        }
        if (type == Type.DOUBLE) {
            return ConstantDescs.CD_double;
        }
        if (type == Type.STRING) {
            return STRING;
        }
        return type == Type.BLOB ? BLOB : ConstantDescs.CD_void;
    }

    /** {@return the class of the holder of a variable that is passed by reference} */
    static ClassDesc holderClass(Type type) {
        if (type == Type.I32) {
            return INT_REF;
        }
        if (type == Type.I64) {
            return LONG_REF;
        }
        if (type == Type.DOUBLE) {
            return DOUBLE_REF;
        }
        return type == Type.STRING ? STRING_REF : BLOB;
    }

    /** The signature of a script function. */
    static MethodTypeDesc signature(FunctionSymbol function) {
        var parameters = new ClassDesc[function.parameters().size()];
        for (int i = 0; i < parameters.length; i++) {
            var parameter = function.parameters().get(i);
            parameters[i] = parameter.byRef() ? holderClass(parameter.type()) : valueClass(parameter.type());
        }
        return MethodTypeDesc.of(valueClass(function.result()), parameters);
    }

    /** The Java name of a script function. */
    static String methodName(FunctionSymbol function) {
        return CompiledScript.FUNCTION_PREFIX + function.name();
    }

    /**
     * Answers questions about classes for the stack maps, without loading any: all classes that scripts use extend
     * {@code Object} directly.
     */
    static final class Hierarchy implements ClassHierarchyResolver {
        @Override
        public ClassHierarchyInfo getClassInfo(ClassDesc classDesc) {
            if (classDesc.equals(SAFEPOINT)) {
                return ClassHierarchyInfo.ofInterface();
            }
            return ClassHierarchyInfo.ofClass(classDesc.equals(OBJECT) ? null : OBJECT);
        }
    }
}
