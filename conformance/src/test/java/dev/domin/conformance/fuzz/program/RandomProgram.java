package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import dev.domin.conformance.fuzz.program.Machine.Exec;
import dev.domin.conformance.fuzz.program.Machine.Frame;
import dev.domin.conformance.fuzz.program.Machine.Stop;
import dev.domin.conformance.fuzz.program.Machine.TooLong;
import dev.domin.conformance.fuzz.program.Scope.Callee;
import dev.domin.conformance.fuzz.program.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program without mistakes of type, and what it does. */
public final class RandomProgram {

    private static final List<T> TYPES = List.of(T.I32, T.I32, T.I64, T.DOUBLE, T.STRING);

    private final String text;
    private final Exec main;

    private RandomProgram(String text, Exec main) {
        this.text = text;
        this.main = main;
    }

    /**
     * What the program does.
     *
     * @param output what it prints, one char for each byte
     * @param line the line at which it fails, or 0
     * @param message a part of the error's sentence
     */
    public record Prediction(String output, int line, String message) {}

    /** {@return the program} */
    public String text() {
        return text;
    }

    /** {@return what it does, unless it takes too long} */
    public Optional<Prediction> predict() {
        var machine = new Machine();
        try {
            main.at(new Frame(machine));
            return Optional.of(new Prediction(machine.output.toString(), 0, ""));
        } catch (Stop stop) {
            return Optional.of(new Prediction(machine.output.toString(), stop.line, stop.getMessage()));
        } catch (TooLong _) {
            return Optional.empty();
        }
    }

    /**
     * Makes a program.
     *
     * @param data the decisions
     * @return the program
     */
    public static RandomProgram of(byte[] data) {
        var choices = new Choices(data);
        var fields = new ArrayList<Field>();
        var structText = new StringBuilder();
        int size = struct(choices, fields, structText);
        var statements = new Statements(choices, fields, size);
        statements.line(structText.toString());
        var callees = new ArrayList<Callee>();
        for (int i = choices.next(4); i > 0; i--) {
            callees.add(function(choices, statements, callees));
        }
        statements.line("i32 main() {");
        statements.enter(new Scope(callees), null);
        var all = new ArrayList<Exec>();
        for (int i = 0; i < 3; i++) {
            all.add(statements.declare());
        }
        for (int i = 0; i < 12 && (i < 2 || !choices.isAtEnd()); i++) {
            all.add(statements.statement(3));
        }
        statements.line("return(0);");
        statements.line("}");
        return new RandomProgram(statements.text(), Statements.sequence(all));
    }

    private static Callee function(Choices choices, Statements statements, List<Callee> earlier) {
        var scope = new Scope(List.copyOf(earlier));
        var result = choices.of(TYPES);
        int count = choices.next(4);
        var byRef = new ArrayList<Boolean>();
        var head = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean ref = choices.next(2) == 0;
            byRef.add(ref);
            var type = ref ? choices.of(List.of(T.I32, T.I64, T.STRING, T.BLOB)) : choices.of(TYPES);
            var parameter = scope.declare(type, "p", false, -1, List.of());
            head.append(i > 0 ? ", " : "")
                    .append(ref ? "ref " : "")
                    .append(type.text)
                    .append(' ')
                    .append(parameter.text());
        }
        var parameters = List.copyOf(scope.variables);
        String name = "F" + earlier.size();
        statements.enter(scope, result);
        statements.line(result.text + " " + name + "(" + head + ") {");
        var body = new Scope.Body();
        var all = new ArrayList<Exec>();
        for (int i = 1 + choices.next(4); i > 0; i--) {
            all.add(statements.statement(2));
        }
        all.add(statements.leave());
        statements.line("}");
        body.exec = Statements.sequence(all);
        return new Callee(name, result, parameters, byRef, body);
    }

    /** Makes a struct; returns its size. */
    private static int struct(Choices choices, List<Field> fields, StringBuilder text) {
        boolean packed = choices.next(2) == 0;
        text.append("struct S ").append(packed ? "packet " : "").append("{ ");
        int at = 0;
        int largest = 1;
        var kinds = List.of("i8", "u8", "i16", "u16", "i32", "u32", "i64", "double", "f32");
        for (int i = 0; i <= choices.next(6) + 1; i++) {
            String kind = choices.of(kinds);
            boolean real = kind.equals("double") || kind.equals("f32");
            int width = kind.equals("double") ? 8 : Integer.parseInt(kind.substring(1)) / 8;
            boolean bigEndian = width > 1 && choices.next(3) == 0;
            if (!packed) {
                at = (at + width - 1) / width * width;
            }
            var type = real ? T.DOUBLE : kind.equals("u32") || width == 8 ? T.I64 : T.I32;
            text.append(kind)
                    .append(bigEndian ? "be" : "")
                    .append(" f")
                    .append(i)
                    .append("; ");
            fields.add(new Field("f" + i, type, kind.startsWith("u") ? -width : width, at, bigEndian, real));
            at += width;
            largest = Math.max(largest, width);
        }
        text.append('}');
        return packed ? at : (at + largest - 1) / largest * largest;
    }
}
