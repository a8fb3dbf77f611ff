package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import dev.domin.conformance.fuzz.program.Machine.Cell;
import dev.domin.conformance.fuzz.program.Machine.Exec;
import dev.domin.conformance.fuzz.program.Machine.Flow;
import dev.domin.conformance.fuzz.program.Machine.Frame;
import dev.domin.conformance.fuzz.program.Machine.Stop;
import dev.domin.conformance.fuzz.program.Scope.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** Makes statements, one on each line. */
final class Statements {

    private static final int MOST_SLOTS = 100;

    private final Choices choices;
    private final Expressions expressions;
    private final StringBuilder text = new StringBuilder();
    private final List<Field> struct;
    private final int structSize;
    private int lines = 1;
    private int indent;
    private Scope scope;
    private T result;

    Statements(Choices choices, List<Field> struct, int structSize) {
        this.choices = choices;
        this.struct = struct;
        this.structSize = structSize;
        this.expressions = new Expressions(choices, () -> lines);
    }

    void enter(Scope entered, T type) {
        scope = entered;
        result = type;
        expressions.scope = entered;
    }

    String text() {
        return text.toString();
    }

    void line(String content) {
        text.append("  ".repeat(indent)).append(content).append('\n');
        lines += 1;
    }

    Expressions expressions() {
        return expressions;
    }

    /** {@return statements in a scope of their own} */
    Exec block(int depth) {
        int before = scope.variables.size();
        indent++;
        var statements = new ArrayList<Exec>();
        for (int i = 1 + choices.next(depth > 0 ? 4 : 2); i > 0; i--) {
            statements.add(statement(depth));
        }
        indent--;
        scope.variables.subList(before, scope.variables.size()).clear();
        return sequence(statements);
    }

    static Exec sequence(List<Exec> statements) {
        return f -> {
            for (var each : statements) {
                var flow = each.at(f);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }

    Exec statement(int depth) {
        if (choices.isAtEnd()) {
            return print();
        }
        return switch (choices.next(depth > 0 ? 26 : 15)) {
            case 0, 1, 2 -> declare();
            case 3, 4, 5 -> change();
            case 6, 7, 8 -> print();
            case 9 -> fill();
            case 10 -> element();
            case 11 -> field();
            case 12 -> callOf();
            case 13 -> jump();
            case 14 -> setSlice();
            case 15, 16, 17 -> branch(depth);
            case 18, 19 -> count(depth);
            case 20, 21 -> whileLoop(depth);
            case 22 -> doLoop(depth);
            case 23, 24 -> choose(depth);
            default -> {
                line("{");
                var inner = block(depth - 1);
                line("}");
                yield inner;
            }
        };
    }

    private static Exec run(Ex expression) {
        return f -> {
            expression.eval().at(f);
            return Flow.NEXT;
        };
    }

    Exec declare() {
        if (scope.slots > MOST_SLOTS) {
            return print();
        }
        var type = choices.of(List.of(T.I32, T.I32, T.I64, T.DOUBLE, T.STRING, T.BLOB));
        if (type == T.BLOB) {
            return declareBlob();
        }
        var value = expressions.stored(type, 3);
        int capacity = type == T.STRING && choices.next(2) == 0 ? choices.next(9) : -1;
        var variable = scope.declare(type, "v", false, capacity, List.of());
        line(type.text + " " + variable.text() + (capacity < 0 ? "" : "[" + capacity + "]") + " = " + value.text()
                + ";");
        return f -> {
            f.cells[variable.slot()] = new Cell(value.eval().at(f));
            return Flow.NEXT;
        };
    }

    private Exec declareBlob() {
        boolean overlay = !struct.isEmpty() && choices.next(2) == 0;
        int length = overlay ? structSize : 8 + choices.next(9);
        var variable = scope.declare(T.BLOB, "b", overlay, length, overlay ? struct : List.of());
        line("blob " + variable.text() + "[" + (overlay ? "structsize(S)" : "" + length) + "];"
                + (overlay ? " " + variable.text() + " assign S;" : ""));
        return f -> {
            f.cells[variable.slot()] = new Cell(new byte[length]);
            return Flow.NEXT;
        };
    }

    private Exec change() {
        var type = choices.of(List.of(T.I32, T.I64, T.DOUBLE, T.STRING, T.BLOB));
        var variables = scope.changeable(type);
        if (variables.isEmpty()) {
            return print();
        }
        var variable = choices.of(variables);
        int kind = choices.next(4);
        var value = kind == 0 && type.isNumber()
                ? expressions.increment(variable)
                : kind == 1 && type != T.BLOB ? expressions.compound(variable, 4) : expressions.assign(variable, 4);
        line(value.text() + ";");
        return run(value);
    }

    private Exec fill() {
        var variables = scope.of(T.STRING).stream()
                .filter(each -> each.capacity() >= 0 && !each.fixed())
                .toList();
        if (variables.isEmpty()) {
            return print();
        }
        var variable = choices.of(variables);
        var value = expressions.any(T.STRING, 2);
        line(variable.text() + " := " + value.text() + ";");
        return f -> {
            var source = (String) value.eval().at(f);
            var cell = f.cells[variable.slot()];
            var old = (String) cell.value;
            int taken = Math.min(source.length(), variable.capacity());
            cell.overflow = taken < source.length() ? 1 : 0;
            cell.value = source.substring(0, taken) + (old.length() > taken ? old.substring(taken) : "");
            return Flow.NEXT;
        };
    }

    private Exec element() {
        var blobs = scope.of(T.BLOB);
        if (blobs.isEmpty()) {
            return print();
        }
        var blob = choices.of(blobs);
        int index = choices.oneIn(20) ? choices.next(100) : choices.next(6);
        int at = lines;
        boolean plain = choices.next(2) == 0;
        var operator = expressions.compoundOperator(T.I32);
        var stored = plain ? expressions.wholeNumber(3) : expressions.wholeNumber(2);
        line(blob.text() + "[" + index + "] " + (plain ? "" : operator.text()) + "= " + stored.text() + ";");
        return f -> {
            var bytes = (byte[]) f.cells[blob.slot()].value;
            if (!plain) {
                check(bytes, index, at);
            }
            var before = plain ? 0 : bytes[index] & 0xFF;
            var number = stored.eval().at(f);
            bytes = (byte[]) f.cells[blob.slot()].value;
            check(bytes, index, at);
            var compute = operator.shift() ? T.I32 : Values.common(T.I32, stored.type());
            var written =
                    plain ? number : Values.operate(operator.text(), Values.cast(before, compute), number, compute, at);
            bytes[index] = ((Number) written).byteValue();
            return Flow.NEXT;
        };
    }

    private static void check(byte[] bytes, int index, int line) {
        if (index >= bytes.length) {
            throw new Stop(line, "index " + index + " is outside");
        }
    }

    private Exec field() {
        var overlays = scope.of(T.BLOB).stream()
                .filter(each -> !each.fields().isEmpty())
                .toList();
        if (overlays.isEmpty()) {
            return print();
        }
        var blob = choices.of(overlays);
        var field = choices.of(blob.fields());
        var type = field.type();
        int at = lines;
        var target = Expressions.field(blob, field);
        if (choices.next(3) == 0) {
            var operator = expressions.compoundOperator(type);
            var value = operator.shift() || !operator.real() ? expressions.wholeNumber(2) : expressions.number(2);
            var compute = operator.shift() ? type : Values.common(type, value.type());
            line(target.text() + " " + operator.text() + "= " + value.text() + ";");
            return f -> {
                var before = Values.cast(target.eval().at(f), compute);
                var computed =
                        Values.operate(operator.text(), before, value.eval().at(f), compute, at);
                Fields.write((byte[]) f.cells[blob.slot()].value, field, Values.cast(computed, type));
                return Flow.NEXT;
            };
        }
        var value = type == T.DOUBLE ? expressions.stored(type, 3) : expressions.wholeNumber(3);
        line(target.text() + " = " + value.text() + ";");
        return f -> {
            var stored = value.eval().at(f);
            Fields.write((byte[]) f.cells[blob.slot()].value, field, stored);
            return Flow.NEXT;
        };
    }

    private Exec setSlice() {
        var blobs = scope.of(T.BLOB);
        if (blobs.isEmpty()) {
            return print();
        }
        var target = choices.of(blobs);
        var source = choices.of(blobs);
        int from = choices.next(4);
        int to = from + choices.next(5);
        int begin = choices.next(4);
        int end = begin + (choices.oneIn(10) ? choices.next(9) : to - from);
        int at = lines;
        line(target.text() + "[" + from + ":" + to + "] = " + source.text() + "[" + begin + ":" + end + "];");
        return f -> {
            var bytes = (byte[]) f.cells[target.slot()].value;
            var other = (byte[]) f.cells[source.slot()].value;
            if (end > other.length || to > bytes.length || end - begin != to - from) {
                throw new Stop(at, end > other.length || to > bytes.length ? "the slice [" : "bytes");
            }
            System.arraycopy(other.clone(), begin, bytes, from, end - begin);
            return Flow.NEXT;
        };
    }

    private Exec callOf() {
        var callees = scope.callees;
        if (callees.isEmpty()) {
            return print();
        }
        var callee = choices.of(callees);
        if (callee.changesBlobs() && scope.changeable(T.BLOB).isEmpty()) {
            return print();
        }
        var call = expressions.call(callee, 3);
        if (!call.text().endsWith(")")) {
            return print();
        }
        line(call.text() + ";");
        return run(call);
    }

    private Exec jump() {
        int kind = choices.next(3);
        if (kind == 2 && result != null) {
            var condition = expressions.condition(3);
            line("if (" + condition.text() + ")");
            var leave = leave();
            return f -> Values.isTrue(condition.eval().at(f)) ? leave.at(f) : Flow.NEXT;
        }
        if (scope.loops == 0) {
            return print();
        }
        var condition = expressions.condition(3);
        line("if (" + condition.text() + ") " + (kind == 0 ? "break;" : "continue;"));
        var flow = kind == 0 ? Flow.BREAK : Flow.CONTINUE;
        return f -> Values.isTrue(condition.eval().at(f)) ? flow : Flow.NEXT;
    }

    /** {@return a statement that returns from the function} */
    Exec leave() {
        if (result == null) {
            line("return(0);");
            return f -> Flow.RETURN;
        }
        var value = expressions.stored(result, 3);
        line("return(" + value.text() + ");");
        return f -> {
            f.result = Expressions.copy(value.eval().at(f));
            return Flow.RETURN;
        };
    }

    Exec print() {
        var format = new StringBuilder();
        var arguments = new StringBuilder();
        var parts = new ArrayList<java.util.function.Function<Frame, String>>();
        for (int i = 1 + choices.next(3); i > 0; i--) {
            int kind = choices.next(5);
            var blobs = scope.of(T.BLOB);
            if (kind == 4 && !blobs.isEmpty()) {
                var blob = choices.of(blobs);
                format.append("%s ");
                arguments.append(", blob.ToHex(").append(blob.text()).append(')');
                parts.add(f -> java.util.HexFormat.of().formatHex((byte[]) f.cells[blob.slot()].value));
            } else if (kind == 3) {
                var value = expressions.any(T.STRING, 2);
                format.append("%s ");
                arguments.append(", ").append(value.in(Ex.CONDITIONAL));
                parts.add(f -> (String) value.eval().at(f));
            } else if (kind == 2) {
                var value = expressions.any(T.DOUBLE, 3);
                int decimals = choices.next(8);
                format.append("%.").append(decimals).append("f ");
                arguments.append(", ").append(value.in(Ex.CONDITIONAL));
                parts.add(f -> Values.format((Double) value.eval().at(f), decimals));
            } else {
                var value = expressions.wholeNumber(4);
                format.append("%d ");
                arguments.append(", ").append(value.in(Ex.CONDITIONAL));
                parts.add(f -> value.eval().at(f).toString());
            }
        }
        line("printf(\"" + format + "\\n\"" + arguments + ");");
        return f -> {
            f.machine.step();
            var printed = new StringBuilder();
            for (var part : parts) {
                printed.append(part.apply(f)).append(' ');
            }
            f.machine.output.append(printed).append('\n');
            return Flow.NEXT;
        };
    }

    private Exec branch(int depth) {
        var condition = expressions.number(3);
        line("if (" + condition.text() + ") {");
        var whenTrue = block(depth - 1);
        Exec whenFalse = f -> Flow.NEXT;
        int kind = choices.next(3);
        if (kind == 1) {
            line("} else {");
            whenFalse = block(depth - 1);
        } else if (kind == 2) {
            var second = expressions.number(2);
            line("} else if (" + second.text() + ") {");
            var inner = block(depth - 1);
            whenFalse = f -> Values.isTrue(second.eval().at(f)) ? inner.at(f) : Flow.NEXT;
        }
        line("}");
        var otherwise = whenFalse;
        return f -> Values.isTrue(condition.eval().at(f)) ? whenTrue.at(f) : otherwise.at(f);
    }

    private Exec count(int depth) {
        int before = scope.variables.size();
        boolean wide = choices.next(3) == 0;
        var counter = scope.declare(wide ? T.I64 : T.I32, "n", true, -1, List.of());
        int turns = choices.next(6);
        boolean down = choices.next(3) == 0;
        int step = 1 + choices.next(2);
        String name = counter.text();
        String update = step == 1 ? name + (down ? "--" : "++") : name + (down ? " -= " : " += ") + step;
        line("for (" + counter.type().text + " " + name + " = " + (down ? turns : 0) + "; " + name
                + (down ? " > 0" : " < " + turns) + "; " + update + ") {");
        scope.loops++;
        var body = block(depth - 1);
        scope.loops--;
        line("}");
        scope.variables.subList(before, scope.variables.size()).clear();
        return f -> {
            for (int i = down ? turns : 0; down ? i > 0 : i < turns; i += down ? -step : step) {
                f.machine.step();
                f.cells[counter.slot()] = new Cell(wide ? (Object) (long) i : (Object) i);
                var flow = body.at(f);
                if (flow == Flow.BREAK) {
                    break;
                }
                if (flow == Flow.RETURN) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }

    private Exec whileLoop(int depth) {
        var counter = scope.declare(T.I32, "n", true, -1, List.of());
        int turns = choices.next(5);
        line("i32 " + counter.text() + " = 0;");
        boolean both = choices.next(2) == 0;
        var condition = both ? expressions.number(3) : null;
        String head = counter.text() + "++ < " + turns;
        line("while (" + head + (both ? " && " + condition.in(Ex.AND + 1) : "") + ") {");
        scope.loops++;
        var body = block(depth - 1);
        scope.loops--;
        line("}");
        return f -> {
            var cell = new Cell(0);
            f.cells[counter.slot()] = cell;
            while (true) {
                f.machine.step();
                int before = (Integer) cell.value;
                cell.value = before + 1;
                if (before >= turns || both && !Values.isTrue(condition.eval().at(f))) {
                    return Flow.NEXT;
                }
                var flow = body.at(f);
                if (flow == Flow.BREAK) {
                    return Flow.NEXT;
                }
                if (flow == Flow.RETURN) {
                    return flow;
                }
            }
        };
    }

    private Exec doLoop(int depth) {
        var counter = scope.declare(T.I32, "n", true, -1, List.of());
        int turns = choices.next(4);
        line("i32 " + counter.text() + " = 0;");
        line("do {");
        scope.loops++;
        var body = block(depth - 1);
        scope.loops--;
        var condition = expressions.condition(2);
        line("} while (++" + counter.text() + " < " + turns + " && " + condition.in(Ex.AND + 1) + ");");
        return f -> {
            var cell = new Cell(0);
            f.cells[counter.slot()] = cell;
            while (true) {
                f.machine.step();
                var flow = body.at(f);
                if (flow == Flow.BREAK) {
                    return Flow.NEXT;
                }
                if (flow == Flow.RETURN) {
                    return flow;
                }
                int after = (Integer) cell.value + 1;
                cell.value = after;
                if (after >= turns || !Values.isTrue(condition.eval().at(f))) {
                    return Flow.NEXT;
                }
            }
        };
    }

    private Exec choose(int depth) {
        boolean strings = choices.next(4) == 0;
        var selector = strings ? expressions.any(T.STRING, 2) : expressions.wholeNumber(3);
        var labels = new LinkedHashMap<Object, String>();
        for (int i = 1 + choices.next(6); i > 0; i--) {
            if (strings) {
                var label = expressions.stringLiteral(2);
                labels.put(label.eval().at(null), label.text());
            } else {
                long value = choices.next(4) == 0 ? (int) choices.bits() : choices.next(10);
                if (value != Integer.MIN_VALUE) {
                    labels.put(value, Long.toString(value));
                }
            }
        }
        int defaultAt = choices.next(labels.size() + 2);
        line("switch (" + selector.text() + ") {");
        var selected = new LinkedHashMap<Object, Exec>();
        Exec otherwise = f -> Flow.NEXT;
        var waiting = new ArrayList<Object>();
        boolean defaultWaits = false;
        int number = 0;
        scope.loops++; // for break; `continue` is left out where there is no loop around it
        var all = new ArrayList<>(labels.entrySet());
        for (int i = 0; i <= all.size(); i++) {
            boolean isDefault = number++ == defaultAt;
            if (isDefault) {
                line("default:");
                defaultWaits = true;
            }
            if (i < all.size()) {
                line("case " + all.get(i).getValue() + ":");
                waiting.add(all.get(i).getKey());
            } else if (!isDefault) {
                break;
            }
            if (i >= all.size() - 1 || choices.next(4) > 0) {
                int loops = scope.loops;
                scope.loops = 0; // a jump would need to know which of both encloses it
                var body = block(depth - 1);
                scope.loops = loops;
                for (var each : waiting) {
                    selected.put(each, body);
                }
                if (defaultWaits) {
                    otherwise = body;
                }
                waiting.clear();
                defaultWaits = false;
                if (choices.next(3) == 0) {
                    line("break;");
                }
            }
        }
        scope.loops--;
        line("}");
        var none = otherwise;
        return f -> {
            var value = selector.eval().at(f);
            return selected.getOrDefault(value instanceof Integer i ? (Object) (long) i : value, none)
                    .at(f);
        };
    }

    static byte[] bytes(String output) {
        return output.getBytes(StandardCharsets.ISO_8859_1);
    }

    static boolean same(byte[] a, byte[] b) {
        return Arrays.equals(a, b);
    }
}
