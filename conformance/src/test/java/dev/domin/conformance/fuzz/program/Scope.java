package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import java.util.ArrayList;
import java.util.List;

/** What the text at one place may use. */
final class Scope {

    /**
     * A variable.
     *
     * @param slot its place in the frame
     * @param fixed whether statements must not change it, such as the counter of a loop
     * @param capacity of a string, or the length of a blob, or -1
     * @param fields of a struct that lies over a blob
     */
    record Variable(T type, String name, int slot, boolean fixed, int capacity, List<Field> fields) {
        String text() {
            return "$" + name;
        }
    }

    /**
     * A field of a struct.
     *
     * @param type its type in expressions
     * @param width its bytes; negative if it is unsigned
     * @param at its first byte
     */
    record Field(String name, T type, int width, int at, boolean bigEndian, boolean real) {}

    /** A function that can be called. */
    record Callee(String name, T result, List<Variable> parameters, List<Boolean> byRef, Body body) {
        boolean changesBlobs() {
            for (int i = 0; i < byRef.size(); i++) {
                if (byRef.get(i) && parameters.get(i).type() == T.BLOB) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Its statements, which exist only once it is complete. */
    static final class Body {
        Machine.Exec exec;
    }

    final List<Variable> variables = new ArrayList<>();
    final List<Callee> callees;
    int slots;
    int loops;

    /** No side effects: for operands that are read when their operation is executed. */
    boolean quiet;

    Scope(List<Callee> callees) {
        this.callees = callees;
    }

    Variable declare(T type, String prefix, boolean fixed, int capacity, List<Field> fields) {
        var variable = new Variable(type, prefix + slots, slots++, fixed, capacity, fields);
        variables.add(variable);
        return variable;
    }

    List<Variable> of(T type) {
        return variables.stream().filter(each -> each.type() == type).toList();
    }

    List<Variable> changeable(T type) {
        return of(type).stream().filter(each -> !each.fixed()).toList();
    }
}
