package dev.domin.lang.compile;

import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the code of one script function: the slots of its variables, its places, and common instructions. */
final class CodeWriter {

    /** A length at which a string constant always fits a class file, in which each char may take two bytes. */
    private static final int MAX_CONSTANT_LENGTH = 32_000;

    /**
     * The JVM locals of a variable.
     *
     * @param slot the JVM local of its value or holder
     * @param capacitySlot the JVM local of a string's declared capacity; -1 if it has none or is kept in a holder
     */
    record Slots(int slot, int capacitySlot) {}

    private final CodeBuilder code;
    private final ClassDesc program;
    private final Places places;
    private final Map<Local, Slots> slots = new HashMap<>();
    private final @Nullable StackBudget budget; // null for a script without recursion
    private int budgetSlot = -1; // of the remaining stack budget; -1 if it is not counted
    private int nextSlot;
    private int line = -1;

    CodeWriter(CodeBuilder code, ClassDesc program, Places places, @Nullable StackBudget budget) {
        this.code = code;
        this.program = program;
        this.places = places;
        this.budget = budget;
    }

    CodeBuilder code() {
        return code;
    }

    ClassDesc program() {
        return program;
    }

    /** {@return the number of a place that several instructions share} */
    int number(Span span) {
        return places.number(span);
    }

    /** Sets the place of the next instruction, which may fail or call. */
    void at(Span span) {
        at(places.number(span));
    }

    /** Sets the place of the next instruction to one that has a number. */
    void at(int number) {
        if (number != line) {
            code.lineNumber(number & CompiledScript.PLACE_MASK);
            line = number;
        }
    }

    /** Reserves JVM locals for one value. */
    int reserve(TypeKind kind) {
        int slot = nextSlot;
        nextSlot += kind.slotSize();
        return slot;
    }

    /** {@return how many JVM locals are reserved, for {@link #release}} */
    int reserved() {
        return nextSlot;
    }

    /** Releases the JVM locals that were reserved since the call of {@link #reserved}. */
    void release(int reserved) {
        nextSlot = reserved;
    }

    /** Sets the JVM locals of a variable. */
    void setSlots(Local local, int slot, int capacitySlot) {
        slots.put(local, new Slots(slot, capacitySlot));
    }

    int slot(Local local) {
        return slots(local).slot();
    }

    int capacitySlot(Local local) {
        return slots(local).capacitySlot();
    }

    private Slots slots(Local local) {
        return Objects.requireNonNull(slots.get(local), "a variable that is not declared");
    }

    /** Pushes the value of a variable; for a blob the object. */
    void read(Local local) {
        if (local.isHeld()) {
            code.aload(slot(local));
            readHolder(local.type());
        } else {
            code.loadLocal(Classes.kind(local.type()), slot(local));
        }
    }

    /** Replaces the holder on the stack by its value. */
    void readHolder(Type type) {
        if (type == Type.STRING) {
            virtual(Classes.STRING_REF, "value", "()Ljava/lang/String;");
        } else {
            code.getfield(Classes.holderClass(type), "value", Classes.valueClass(type));
        }
    }

    /** Pops a holder and a value, and stores the value. */
    void writeHolder(Type type) {
        if (type == Type.STRING) {
            virtual(Classes.STRING_REF, "assign", "(Ljava/lang/String;)V");
        } else {
            code.putfield(Classes.holderClass(type), "value", Classes.valueClass(type));
        }
    }

    /** Replaces the value on the stack by a new holder of it. */
    void hold(Type type) {
        code.invokestatic(
                Classes.HOLDERS, "of", MethodTypeDesc.of(Classes.holderClass(type), Classes.valueClass(type)));
    }

    /** Pushes the initial value of a variable. */
    void zero(Type type) {
        if (type == Type.I32) {
            code.iconst_0();
        } else if (type == Type.I64) {
            code.lconst_0();
        } else if (type == Type.DOUBLE) {
            code.dconst_0();
        } else {
            code.ldc("");
        }
    }

    void string(String value) {
        int end = Math.min(value.length(), MAX_CONSTANT_LENGTH);
        code.ldc(value.substring(0, end));
        while (end < value.length()) {
            int start = end;
            end = Math.min(value.length(), start + MAX_CONSTANT_LENGTH);
            code.ldc(value.substring(start, end));
            statics(Classes.STRINGS, "concat", "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
        }
    }

    /** Converts the number on the stack. */
    void convert(Type from, Type to) {
        if (from == to) {
            return;
        }
        if (from == Type.I32) {
            if (to == Type.I64) {
                code.i2l();
            } else {
                code.i2d();
            }
        } else if (from == Type.I64) {
            if (to == Type.I32) {
                code.l2i();
            } else {
                code.l2d();
            }
        } else if (to == Type.I32) {
            code.d2i();
        } else {
            code.d2l();
        }
    }

    void dup(Type type) {
        if (Classes.kind(type).slotSize() == 2) {
            code.dup2();
        } else {
            code.dup();
        }
    }

    void dupUnderOne(Type type) {
        if (Classes.kind(type).slotSize() == 2) {
            code.dup2_x1();
        } else {
            code.dup_x1();
        }
    }

    void pop(Type type) {
        int size = Classes.kind(type).slotSize();
        if (size == 2) {
            code.pop2();
        } else if (size == 1) {
            code.pop();
        }
    }

    /** Begins a function whose parameters have their JVM locals: checks that there is stack left. */
    void checkStack(FunctionSymbol function) {
        if (budget != null && budget.isCounted(function)) {
            budgetSlot = reserve(TypeKind.INT);
            StackBudget.check(code, program, budgetSlot);
        }
    }

    /** Calls a function of the script, whose arguments are on the operand stack. */
    void call(FunctionSymbol function) {
        if (budget == null) {
            code.invokestatic(program, Classes.methodName(function), Classes.signature(function));
            return;
        }
        if (budgetSlot < 0) {
            budget.pushInitial(code, function);
        } else {
            budget.push(code, budgetSlot, function);
        }
        code.invokestatic(program, Classes.methodName(function), budget.signature(function));
    }

    void statics(ClassDesc owner, String name, String descriptor) {
        code.invokestatic(owner, name, MethodTypeDesc.ofDescriptor(descriptor));
    }

    void virtual(ClassDesc owner, String name, String descriptor) {
        code.invokevirtual(owner, name, MethodTypeDesc.ofDescriptor(descriptor));
    }

    /** Calls the safepoint if one is requested. */
    void poll() {
        Label notRequested = code.newLabel();
        code.getstatic(program, "safepointRequested", ConstantDescs.CD_boolean);
        code.ifeq(notRequested);
        code.getstatic(program, "SAFEPOINT", Classes.SAFEPOINT);
        code.invokeinterface(Classes.SAFEPOINT, "onSafepoint", ConstantDescs.MTD_void);
        code.labelBinding(notRequested);
    }
}
