package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import dev.domin.conformance.fuzz.program.Machine.Cell;
import dev.domin.conformance.fuzz.program.Machine.Frame;
import dev.domin.conformance.fuzz.program.Machine.Stop;
import dev.domin.conformance.fuzz.program.Machine.TooLong;
import dev.domin.conformance.fuzz.program.Scope.Callee;
import dev.domin.conformance.fuzz.program.Scope.Field;
import dev.domin.conformance.fuzz.program.Scope.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Makes expressions. */
final class Expressions {

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        7,
        8,
        10,
        31,
        32,
        33,
        63,
        64,
        65,
        100,
        127,
        128,
        255,
        256,
        1000,
        32767,
        32768,
        65535,
        65536,
        2147483646,
        2147483647,
        2147483648L,
        4294967295L,
        4294967296L,
        5000000000L,
        Long.MAX_VALUE
    };
    private static final List<String> REALS =
            List.of("0.0", "0.5", "1.0", "1.5", "2.5", "1e3", "0.1", "3.75", "1e10", "1e18", "2147483647.5", "1e300");
    private static final int LONGEST = 2_000;

    private final Choices choices;
    private final IntSupplier line;
    Scope scope;

    Expressions(Choices choices, IntSupplier line) {
        this.choices = choices;
        this.line = line;
    }

    Ex any(T type, int depth) {
        return switch (type) {
            case I32, I64 -> integer(type, depth);
            case DOUBLE -> real(depth);
            case STRING -> string(depth);
            case BLOB -> blob(depth);
        };
    }

    Ex wholeNumber(int depth) {
        return integer(choices.next(3) == 0 ? T.I64 : T.I32, depth);
    }

    Ex number(int depth) {
        return choices.next(4) == 0 ? real(depth) : wholeNumber(depth);
    }

    /** {@return a value for a variable, parameter or result of a type} */
    Ex stored(T type, int depth) {
        if (type == T.I32 && choices.next(8) == 0) {
            var wide = integer(T.I64, depth);
            if (!wide.constant()) {
                int at = line.getAsInt();
                return new Ex(
                        T.I32,
                        wide.level(),
                        wide.text(),
                        false,
                        f -> Values.narrow(wide.eval().at(f), at));
            }
        }
        if (type == T.I64 && choices.next(4) == 0) {
            return converted(integer(T.I32, depth), T.I64);
        }
        if (type == T.DOUBLE && choices.next(4) == 0) {
            return converted(wholeNumber(depth), T.DOUBLE);
        }
        return any(type, depth);
    }

    private static Ex converted(Ex value, T type) {
        return value.type() == type
                ? value
                : new Ex(
                        type,
                        value.level(),
                        value.text(),
                        value.constant(),
                        f -> Values.cast(value.eval().at(f), type));
    }

    private Ex cast(Ex value, T type) {
        return new Ex(
                type,
                Ex.UNARY,
                "(" + type.text + ")" + value.in(Ex.UNARY),
                value.constant(),
                f -> Values.cast(value.eval().at(f), type));
    }

    private Ex literal(T type) {
        long value;
        do {
            value = choices.next(4) == 0 ? choices.bits() >>> choices.next(64) : NUMBERS[choices.next(NUMBERS.length)];
            if (value < 0) {
                value = Long.MAX_VALUE;
            }
            if (type == T.I32) {
                value &= Integer.MAX_VALUE;
            }
        } while (false);
        boolean wide = value != (int) value;
        String text = choices.next(4) == 0
                ? "0x" + Long.toHexString(value)
                : value >= 'a' && value <= 'z' && choices.next(2) == 0
                        ? "'" + (char) value + "'"
                        : Long.toString(value);
        var constant = value;
        var literal = new Ex(
                wide ? T.I64 : T.I32,
                Ex.PRIMARY,
                text,
                true,
                wide ? f -> (Object) constant : f -> (Object) (int) constant);
        var signed = choices.next(4) == 0 ? negated(literal) : literal;
        return signed.type() == type ? signed : cast(signed, type);
    }

    private static Ex negated(Ex value) {
        boolean sign = value.in(Ex.UNARY).startsWith("-");
        var type = value.type();
        return new Ex(
                type, Ex.UNARY, "-" + (sign ? "(" + value.text() + ")" : value.in(Ex.UNARY)), value.constant(), f -> {
                    var operand = value.eval().at(f);
                    return type == T.DOUBLE
                            ? (Object) (-(Double) operand)
                            : type == T.I32 ? (Object) (-(Integer) operand) : (Object) (-(Long) operand);
                });
    }

    private Ex integer(T type, int depth) {
        if (depth <= 0 || choices.isAtEnd()) {
            return integerLeaf(type);
        }
        return switch (choices.next(18)) {
            case 0, 1 -> integerLeaf(type);
            case 2, 3, 4, 5 -> binary(type, depth);
            case 6 -> negated(integer(type, depth - 1));
            case 7 -> {
                var operand = integer(type, depth - 1);
                yield new Ex(
                        type,
                        Ex.UNARY,
                        "~" + operand.in(Ex.UNARY),
                        operand.constant(),
                        f -> type == T.I32
                                ? (Object) ~(Integer) operand.eval().at(f)
                                : (Object) ~(Long) operand.eval().at(f));
            }
            case 8 -> type == T.I32 ? condition(depth - 1) : cast(number(depth - 1), type);
            case 9 -> type == T.I32 ? condition(depth - 1) : binary(type, depth);
            case 10 -> cast(number(depth - 1), type);
            case 11 -> conditional(type, depth);
            case 12, 13 -> scope.quiet ? integerLeaf(type) : change(type, depth);
            case 14 -> type == T.I32 ? elementOf(depth) : integerLeaf(type);
            case 15, 16 -> call(type, depth);
            default -> type == T.I32 ? length() : fieldOrLeaf(type);
        };
    }

    private Ex integerLeaf(T type) {
        var variables = scope.of(type);
        return variables.isEmpty() || choices.next(3) == 0 ? literal(type) : variable(choices.of(variables));
    }

    private Ex fieldOrLeaf(T type) {
        for (var variable : scope.of(T.BLOB)) {
            for (var field : variable.fields()) {
                if (field.type() == type && choices.next(2) == 0) {
                    return field(variable, field);
                }
            }
        }
        return type == T.DOUBLE ? realLeaf() : integerLeaf(type);
    }

    static Ex field(Variable variable, Field field) {
        return new Ex(
                field.type(),
                Ex.PRIMARY,
                variable.text() + "." + field.name(),
                false,
                f -> Fields.read((byte[]) f.cells[variable.slot()].value, field));
    }

    Ex variable(Variable variable) {
        return new Ex(variable.type(), Ex.PRIMARY, variable.text(), false, f -> f.cells[variable.slot()].value);
    }

    private Ex binary(T type, int depth) {
        String op = choices.of(List.of("+", "-", "*", "/", "%", "&", "^", "|", "<<", ">>"));
        Ex left = integer(type, depth - 1);
        boolean shift = op.equals("<<") || op.equals(">>");
        Ex right = shift || type == T.I64 ? wholeNumber(depth - 1) : integer(T.I32, depth - 1);
        if (type == T.I64 && !shift && choices.next(3) == 0) {
            left = integer(T.I32, depth - 1);
            right = integer(T.I64, depth - 1);
        }
        if ((op.equals("/") || op.equals("%")) && choices.next(8) > 0) { // not zero
            right = operation("|", right, literalOf(1), right.type());
        }
        return operation(op, left, right, type);
    }

    private Ex operation(String op, Ex left, Ex right, T type) {
        int level = level(op);
        int at = line.getAsInt();
        return new Ex(
                type,
                level,
                left.in(choices.oneIn(8) ? Ex.PRIMARY : level) + " " + op + " " + right.in(level + 1),
                left.constant() && right.constant(),
                f -> {
                    var a = left.eval().at(f);
                    var b = right.eval().at(f);
                    return Values.operate(op, a, b, type, at);
                });
    }

    private static int level(String op) {
        return switch (op) {
            case "*", "/", "%" -> 12;
            case "+", "-" -> 11;
            case "<<", ">>" -> 10;
            case "<", "<=", ">", ">=" -> 9;
            case "==", "!=" -> 8;
            case "&" -> 7;
            case "^" -> 6;
            case "|" -> 5;
            default -> throw new IllegalArgumentException(op);
        };
    }

    /** {@return a comparison or the like, an i32} */
    Ex condition(int depth) {
        if (depth <= 0 || choices.isAtEnd()) {
            return integerLeaf(T.I32);
        }
        return switch (choices.next(7)) {
            case 0 -> {
                var operand = number(depth - 1);
                yield new Ex(
                        T.I32,
                        Ex.UNARY,
                        "!" + operand.in(Ex.UNARY),
                        operand.constant(),
                        f -> Values.isTrue(operand.eval().at(f)) ? 0 : 1);
            }
            case 1, 2 -> {
                boolean and = choices.next(2) == 0;
                int level = and ? Ex.AND : Ex.OR;
                var left = number(depth - 1);
                var right = number(depth - 1);
                yield new Ex(
                        T.I32,
                        level,
                        left.in(level) + (and ? " && " : " || ") + right.in(level + 1),
                        left.constant() && right.constant(),
                        f -> {
                            boolean first = Values.isTrue(left.eval().at(f));
                            if (first != and) {
                                return first ? 1 : 0;
                            }
                            return Values.isTrue(right.eval().at(f)) ? 1 : 0;
                        });
            }
            case 3 -> compare(string(depth - 1), string(depth - 1), T.STRING);
            case 4 -> {
                if (scope.of(T.BLOB).isEmpty()) {
                    yield integerLeaf(T.I32);
                }
                boolean before = scope.quiet;
                scope.quiet = true;
                var compared = compare(blob(1), blob(1), T.BLOB);
                scope.quiet = before;
                yield compared;
            }
            default -> {
                var left = number(depth - 1);
                var right = number(depth - 1);
                yield compare(left, right, Values.common(left.type(), right.type()));
            }
        };
    }

    private Ex compare(Ex left, Ex right, T type) {
        String op = choices.of(type == T.BLOB ? List.of("==", "!=") : List.of("<", "<=", ">", ">=", "==", "!="));
        int level = level(op);
        return new Ex(
                T.I32,
                level,
                left.in(level) + " " + op + " " + right.in(level + 1),
                left.constant() && right.constant(),
                f -> {
                    var a = Values.cast(left.eval().at(f), type);
                    var b = Values.cast(right.eval().at(f), type);
                    return Values.compare(op, a, b, type);
                });
    }

    private Ex conditional(T type, int depth) {
        var condition = number(depth - 1);
        var whenTrue = type == T.I64 && choices.next(3) == 0 ? integer(T.I32, depth - 1) : any(type, depth - 1);
        var whenFalse = any(type, depth - 1);
        return new Ex(
                type,
                Ex.CONDITIONAL,
                condition.in(Ex.OR) + " ? " + whenTrue.in(Ex.CONDITIONAL) + " : " + whenFalse.in(Ex.CONDITIONAL),
                whenTrue.constant() || whenFalse.constant(), // may be one of them, if the condition is a constant
                f -> Values.cast(
                        Values.isTrue(condition.eval().at(f))
                                ? whenTrue.eval().at(f)
                                : whenFalse.eval().at(f),
                        type));
    }

    /** {@return an assignment or {@code ++} inside an expression} */
    private Ex change(T type, int depth) {
        var variables = scope.changeable(type);
        if (variables.isEmpty()) {
            return type == T.DOUBLE ? realLeaf() : integerLeaf(type);
        }
        var variable = choices.of(variables);
        if (type != T.DOUBLE && choices.next(2) == 0) {
            return increment(variable);
        }
        return choices.next(2) == 0 ? assign(variable, depth) : compound(variable, depth);
    }

    Ex increment(Variable variable) {
        var type = variable.type();
        boolean up = choices.next(2) == 0;
        boolean prefix = choices.next(2) == 0;
        String sign = up ? "++" : "--";
        var one = type == T.I32 ? (Object) 1 : type == T.I64 ? (Object) 1L : (Object) 1.0;
        return new Ex(
                type,
                prefix ? Ex.UNARY : Ex.PRIMARY,
                prefix ? sign + variable.text() : variable.text() + sign,
                false,
                f -> {
                    var cell = f.cells[variable.slot()];
                    var before = cell.value;
                    cell.value = Values.operate(up ? "+" : "-", before, one, type, 0);
                    return prefix ? cell.value : before;
                });
    }

    Ex assign(Variable variable, int depth) {
        var value = stored(variable.type(), depth - 1);
        return new Ex(variable.type(), Ex.ASSIGNMENT, variable.text() + " = " + value.in(Ex.ASSIGNMENT), false, f -> {
            var stored = copy(value.eval().at(f));
            f.cells[variable.slot()].assign(stored);
            return stored;
        });
    }

    Ex compound(Variable variable, int depth) {
        var type = variable.type();
        if (type == T.STRING) {
            var more = string(depth - 1);
            return new Ex(type, Ex.ASSIGNMENT, variable.text() + " += " + more.in(Ex.ASSIGNMENT), false, f -> {
                var before = (String) f.cells[variable.slot()].value;
                String joined = join(before, (String) more.eval().at(f));
                f.cells[variable.slot()].assign(joined);
                return joined;
            });
        }
        var operator = compoundOperator(type);
        var value = operator.shift || !operator.real ? wholeNumber(depth - 1) : number(depth - 1);
        var compute = operator.shift ? type : Values.common(type, value.type());
        int at = line.getAsInt();
        return new Ex(
                type,
                Ex.ASSIGNMENT,
                variable.text() + " " + operator.text + "= " + value.in(Ex.ASSIGNMENT),
                false,
                f -> {
                    var before = Values.cast(f.cells[variable.slot()].value, compute);
                    var result =
                            Values.operate(operator.text, before, value.eval().at(f), compute, at);
                    var stored = Values.cast(result, type);
                    f.cells[variable.slot()].value = stored;
                    return stored;
                });
    }

    /** An operator; {@code real} if it also takes doubles. */
    record Operator(String text, boolean real, boolean shift) {}

    Operator compoundOperator(T type) {
        String text = choices.of(
                type == T.DOUBLE
                        ? List.of("+", "-", "*", "/")
                        : List.of("+", "-", "*", "/", "%", "&", "^", "|", "<<", ">>"));
        return new Operator(text, "+-*/".contains(text), text.equals("<<") || text.equals(">>"));
    }

    static Object copy(Object value) {
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    private static String join(String left, String right) {
        if (left.length() + right.length() > LONGEST) {
            throw new TooLong();
        }
        return left + right;
    }

    /** {@return a byte of a string or blob} */
    private Ex elementOf(int depth) {
        var bases = new ArrayList<>(scope.of(T.STRING));
        bases.addAll(scope.of(T.BLOB));
        if (bases.isEmpty()) {
            return integerLeaf(T.I32);
        }
        var base = choices.of(bases);
        boolean quiet = scope.quiet;
        scope.quiet = true; // the language does not say when the base is read
        var wanted = wholeNumber(depth - 1);
        scope.quiet = quiet;
        boolean guarded = !choices.oneIn(20);
        var index = guarded ? operation("&", wanted, literalOf(7), Values.common(wanted.type(), T.I32)) : wanted;
        int at = line.getAsInt();
        var element = new Ex(T.I32, Ex.PRIMARY, base.text() + "[" + index.text() + "]", false, f -> {
            long place = ((Number) index.eval().at(f)).longValue();
            return byteOf(f.cells[base.slot()].value, place, at);
        });
        if (!guarded) {
            return element;
        }
        return new Ex(
                T.I32,
                Ex.CONDITIONAL,
                base.text() + ".Length > 7 ? " + element.text() + " : " + "-1",
                false,
                f -> lengthOf(f.cells[base.slot()].value) > 7 ? element.eval().at(f) : -1);
    }

    static int lengthOf(Object value) {
        return value instanceof String string ? string.length() : ((byte[]) value).length;
    }

    private static Object byteOf(Object value, long index, int line) {
        if (index < 0 || index >= lengthOf(value)) {
            throw new Stop(line, "index " + index + " is outside");
        }
        int at = (int) index;
        int found = value instanceof String string ? string.charAt(at) : ((byte[]) value)[at] & 0xFF;
        return found;
    }

    private static Ex literalOf(int value) {
        return new Ex(T.I32, Ex.PRIMARY, Integer.toString(value), true, f -> value);
    }

    private Ex length() {
        var bases = new ArrayList<>(scope.of(T.STRING));
        bases.addAll(scope.of(T.BLOB));
        if (bases.isEmpty()) {
            return integerLeaf(T.I32);
        }
        var base = choices.of(bases);
        if (base.capacity() >= 0 && choices.next(4) == 0) {
            String name = base.type() == T.STRING ? "string" : "blob";
            return new Ex(
                    T.I32,
                    Ex.UNARY,
                    "(i32)" + name + ".Overflow(" + base.text() + ")",
                    false,
                    f -> f.cells[base.slot()].overflow);
        }
        return new Ex(T.I32, Ex.PRIMARY, base.text() + ".Length", false, f -> lengthOf(f.cells[base.slot()].value));
    }

    private Ex real(int depth) {
        if (depth <= 0 || choices.isAtEnd()) {
            return realLeaf();
        }
        return switch (choices.next(8)) {
            case 0, 1 -> realLeaf();
            case 2, 3 -> {
                boolean first = choices.next(2) == 0;
                var left = first ? real(depth - 1) : number(depth - 1);
                var right = first ? number(depth - 1) : real(depth - 1);
                yield operation(choices.of(List.of("+", "-", "*", "/")), left, right, T.DOUBLE);
            }
            case 4 -> cast(number(depth - 1), T.DOUBLE);
            case 5 -> scope.quiet ? realLeaf() : change(T.DOUBLE, depth);
            case 6 -> call(T.DOUBLE, depth);
            default -> choices.next(2) == 0 ? negated(real(depth - 1)) : fieldOrLeaf(T.DOUBLE);
        };
    }

    private Ex realLeaf() {
        var variables = scope.of(T.DOUBLE);
        if (!variables.isEmpty() && choices.next(3) > 0) {
            return variable(choices.of(variables));
        }
        String text = choices.of(REALS);
        double value = Double.parseDouble(text);
        return new Ex(T.DOUBLE, Ex.PRIMARY, text, true, f -> value);
    }

    private Ex string(int depth) {
        if (depth <= 0 || choices.isAtEnd()) {
            return stringLeaf();
        }
        return switch (choices.next(8)) {
            case 0, 1 -> stringLeaf();
            case 2, 3 -> {
                var left = string(depth - 1);
                var right = string(depth - 1);
                yield new Ex(
                        T.STRING, 11, left.in(11) + " + " + right.in(12), left.constant() && right.constant(), f -> {
                            var first = (String) left.eval().at(f);
                            return join(first, (String) right.eval().at(f));
                        });
            }
            case 4 -> slice(T.STRING, depth);
            case 5 -> conditional(T.STRING, depth);
            case 6 -> call(T.STRING, depth);
            default ->
                scope.quiet || scope.changeable(T.STRING).isEmpty()
                        ? stringLeaf()
                        : choices.next(2) == 0
                                ? assign(choices.of(scope.changeable(T.STRING)), depth)
                                : compound(choices.of(scope.changeable(T.STRING)), depth);
        };
    }

    Ex stringLeaf() {
        var variables = scope.of(T.STRING);
        if (!variables.isEmpty() && choices.next(3) > 0) {
            return variable(choices.of(variables));
        }
        return stringLiteral(12);
    }

    Ex stringLiteral(int longest) {
        var text = new StringBuilder("\"");
        var value = new StringBuilder();
        for (int i = choices.next(longest + 1); i > 0; i--) {
            char c = (char) (choices.next(8) == 0 ? 1 + choices.next(255) : 'a' + choices.next(4));
            value.append(c);
            switch (c) {
                case '\n' -> text.append("\\n");
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        String result = value.toString();
        return new Ex(T.STRING, Ex.PRIMARY, text.append('"').toString(), true, f -> result);
    }

    private Ex slice(T type, int depth) {
        var bases = scope.of(type);
        if (bases.isEmpty()) {
            return stringLeaf();
        }
        var base = choices.of(bases);
        boolean quiet = scope.quiet;
        scope.quiet = true; // the text does not say when the base of a slice is read
        var from = choices.next(4) == 0 ? null : bound(depth);
        var to = choices.next(3) == 0 ? bound(depth) : null;
        scope.quiet = quiet;
        int at = line.getAsInt();
        String text = base.text() + "[" + (from == null ? "" : from.text()) + ":" + (to == null ? "" : to.text()) + "]";
        if (from == null && to == null) {
            return variable(base);
        }
        return new Ex(type, Ex.PRIMARY, text, false, f -> {
            var value = f.cells[base.slot()].value;
            long begin = from == null ? 0 : ((Number) from.eval().at(f)).longValue();
            long end = to == null ? lengthOf(value) : ((Number) to.eval().at(f)).longValue();
            if (begin < 0 || end > lengthOf(value) || begin > end) {
                throw new Stop(at, "the slice [");
            }
            return value instanceof String string
                    ? string.substring((int) begin, (int) end)
                    : Arrays.copyOfRange((byte[]) value, (int) begin, (int) end);
        });
    }

    private Ex bound(int depth) {
        return choices.oneIn(10) ? wholeNumber(depth - 1) : literalOf(choices.next(3));
    }

    private Ex blob(int depth) {
        var variables = scope.of(T.BLOB);
        if (depth > 0 && choices.next(3) == 0 && !variables.isEmpty()) {
            return slice(T.BLOB, depth);
        }
        return variable(choices.of(variables));
    }

    private Ex call(T type, int depth) {
        var callees = scope.callees.stream()
                .filter(each -> each.result() == type && !each.changesBlobs())
                .toList();
        if (callees.isEmpty() || scope.quiet) {
            return type == T.DOUBLE ? realLeaf() : type == T.STRING ? stringLeaf() : integerLeaf(type);
        }
        return call(choices.of(callees), depth);
    }

    Ex call(Callee callee, int depth) {
        var arguments = new ArrayList<Ex>();
        var refs = new ArrayList<Variable>();
        var text = new StringBuilder(callee.name()).append('(');
        for (int i = 0; i < callee.parameters().size(); i++) {
            var parameter = callee.parameters().get(i);
            text.append(i > 0 ? ", " : "");
            if (callee.byRef().get(i)) {
                var variables = scope.changeable(parameter.type());
                if (variables.isEmpty() || parameter.type() == T.BLOB && scope.quiet) {
                    return type(callee);
                }
                var variable = choices.of(variables);
                refs.add(variable);
                arguments.add(null);
                text.append(variable.text());
            } else {
                var argument = stored(parameter.type(), depth - 1);
                refs.add(null);
                arguments.add(argument);
                text.append(argument.in(Ex.CONDITIONAL));
            }
        }
        return new Ex(callee.result(), Ex.PRIMARY, text.append(')').toString(), false, f -> {
            f.machine.step();
            var frame = new Frame(f.machine);
            for (int i = 0; i < arguments.size(); i++) {
                int slot = callee.parameters().get(i).slot();
                frame.cells[slot] = arguments.get(i) == null
                        ? f.cells[refs.get(i).slot()]
                        : new Cell(copy(arguments.get(i).eval().at(f)));
            }
            callee.body().exec.at(frame);
            return frame.result;
        });
    }

    private Ex type(Callee callee) {
        return switch (callee.result()) {
            case DOUBLE -> realLeaf();
            case STRING -> stringLeaf();
            default -> integerLeaf(callee.result());
        };
    }
}
