package dev.domin.lang.compile;

import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;

/** The code of one script function as it grows: its variables' slots, its places, and the instructions that recur. */
final class CodeWriter {

    /** The longest string constant that the class file surely takes; each char may become two bytes of it. */
    private static final int LONGEST_CONSTANT = 32_000;

    /**
     * Where a variable lives.
     *
     * @param slot the JVM local of its value or holder
     * @param capacitySlot the JVM local of a string's declared capacity; -1 where it has none or the holder knows it
     */
    record Home(int slot, int capacitySlot) {}

    private final CodeBuilder code;
    private final ClassDesc program;
    private final Places places;
    private final Map<Local, Home> homes = new HashMap<>();
    private final StackRoom room;
    private int roomSlot = -1; // of what the function may count on; -1 where that is not counted
    private int nextSlot;
    private int line = -1;

    CodeWriter(CodeBuilder code, ClassDesc program, Places places, StackRoom room) {
        this.code = code;
        this.program = program;
        this.places = places;
        this.room = room;
    }

    CodeBuilder code() {
        return code;
    }

    ClassDesc program() {
        return program;
    }

    /** Tells which statement the following code belongs to. */
    void enter(Span statement) {
        places.enter(statement);
    }

    /** Gives the number of a place that several instructions share. */
    int number(Span span) {
        return places.number(span);
    }

    /** Says that the next instruction may fail or call, and where it stands in the script. */
    void at(Span span) {
        at(places.number(span));
    }

    /** Says that the next instruction stands at a place numbered before. */
    void at(int number) {
        if (number != line) {
            code.lineNumber(number);
            line = number;
        }
    }

    /** Takes JVM locals for one value. */
    int reserve(TypeKind kind) {
        int slot = nextSlot;
        nextSlot += kind.slotSize();
        return slot;
    }

    /** How many JVM locals are taken; for {@link #release}. */
    int reserved() {
        return nextSlot;
    }

    /** Gives back the JVM locals that were taken since {@link #reserved} was asked. */
    void release(int reserved) {
        nextSlot = reserved;
    }

    /** Settles where a variable lives. */
    void settle(Local local, int slot, int capacitySlot) {
        homes.put(local, new Home(slot, capacitySlot));
    }

    int slot(Local local) {
        return homes.get(local).slot();
    }

    int capacitySlot(Local local) {
        return homes.get(local).capacitySlot();
    }

    /** Pushes a variable's value; of a blob the object. */
    void read(Local local) {
        if (local.isHeld()) {
            code.aload(slot(local));
            readHolder(local.type());
        } else {
            code.loadLocal(Classes.kind(local.type()), slot(local));
        }
    }

    /** Turns a holder on the stack into its value. */
    void readHolder(Type type) {
        if (type == Type.STRING) {
            virtual(Classes.STRING_REF, "value", "()Ljava/lang/String;");
        } else {
            code.getfield(Classes.holderClass(type), "value", Classes.valueClass(type));
        }
    }

    /** Takes a holder and a value from the stack and stores the value. */
    void writeHolder(Type type) {
        if (type == Type.STRING) {
            virtual(Classes.STRING_REF, "assign", "(Ljava/lang/String;)V");
        } else {
            code.putfield(Classes.holderClass(type), "value", Classes.valueClass(type));
        }
    }

    /** Turns a value on the stack into a fresh holder of it. */
    void hold(Type type) {
        code.invokestatic(
                Classes.HOLDERS, "of", MethodTypeDesc.of(Classes.holderClass(type), Classes.valueClass(type)));
    }

    /** Pushes the value that a variable starts with. */
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
        int end = Math.min(value.length(), LONGEST_CONSTANT);
        code.ldc(value.substring(0, end));
        while (end < value.length()) {
            int start = end;
            end = Math.min(value.length(), start + LONGEST_CONSTANT);
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

    /** Begins a function whose parameters have their JVM locals: makes sure that there is stack left. */
    void checkRoom(FunctionSymbol function) {
        if (room != null && room.isCounted(function)) {
            roomSlot = reserve(TypeKind.INT);
            StackRoom.check(code, program, roomSlot);
        }
    }

    /** Calls a function of the script, whose arguments are on the operand stack. */
    void call(FunctionSymbol function) {
        if (room == null) {
            code.invokestatic(program, Classes.methodName(function), Classes.signature(function));
            return;
        }
        if (roomSlot < 0) {
            room.pushFirst(code, function);
        } else {
            room.push(code, roomSlot, function);
        }
        code.invokestatic(program, Classes.methodName(function), room.signature(function));
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
