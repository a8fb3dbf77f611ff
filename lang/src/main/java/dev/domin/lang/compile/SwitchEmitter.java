package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Emits {@code switch}: as the JVM's for whole numbers, on hash codes for many strings, as comparisons for few. */
final class SwitchEmitter {

    private static final int FEW = 4;

    /** More do not fit into the code of a method, in which each takes four bytes or more. */
    private static final int MOST_LABELS = 65_535 / 4;

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final FunctionEmitter statements;

    SwitchEmitter(CodeWriter writer, ExprEmitter exprs, FunctionEmitter statements) {
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
        this.statements = statements;
    }

    void emit(BoundStmt.Switch choice) {
        var cases = choice.cases();
        if (count(cases) > MOST_LABELS) { // refused at once, since the JDK takes long for that many
            throw new IllegalArgumentException("too many cases");
        }
        int reserved = writer.reserved();
        var end = new Exit(code.newLabel());
        var bodies = new Label[cases.size()];
        Label otherwise = null;
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = code.newLabel();
            if (cases.get(i).isDefault()) {
                otherwise = bodies[i];
            }
        }
        if (otherwise == null) {
            otherwise = end.use();
        }
        exprs.value(choice.selector());
        Type type = choice.selector().type();
        if (type == Type.STRING) {
            chooseString(cases, bodies, otherwise);
        } else {
            if (type == Type.I64) {
                narrow(cases, bodies, otherwise);
            }
            chooseInt(cases, bodies, otherwise);
        }
        statements.breaks().add(end);
        for (int i = 0; i < bodies.length; i++) {
            code.labelBinding(bodies[i]);
            statements.setLive(true);
            statements.statement(cases.get(i).body());
            if (statements.isLive()) {
                code.goto_(end.use());
            }
        }
        statements.breaks().removeLast();
        code.labelBinding(end.label());
        statements.setLive(end.isUsed());
        writer.release(reserved);
    }

    /** Replaces the {@code long} on the stack by an {@code int}, and handles labels and values that do not fit. */
    private void narrow(List<BoundStmt.Case> cases, Label[] bodies, Label otherwise) {
        int value = writer.reserve(TypeKind.LONG);
        code.lstore(value);
        for (int i = 0; i < bodies.length; i++) {
            for (var label : cases.get(i).labels()) {
                long number = Constants.integer(label);
                if (number != (int) number) {
                    code.lload(value);
                    code.loadConstant(number);
                    code.lcmp();
                    code.ifeq(bodies[i]);
                }
            }
        }
        code.lload(value);
        code.l2i();
        code.i2l();
        code.lload(value);
        code.lcmp();
        code.ifne(otherwise);
        code.lload(value);
        code.l2i();
    }

    private void chooseInt(List<BoundStmt.Case> cases, Label[] bodies, Label otherwise) {
        var table = new ArrayList<SwitchCase>();
        for (int i = 0; i < bodies.length; i++) {
            for (var label : cases.get(i).labels()) {
                long number = Constants.integer(label);
                if (number == (int) number) {
                    table.add(SwitchCase.of((int) number, bodies[i]));
                }
            }
        }
        choose(table, otherwise);
    }

    /** Branches on the {@code int} on the stack, with a table unless that is much larger than a search. */
    private void choose(List<SwitchCase> table, Label otherwise) {
        if (table.isEmpty()) {
            code.pop();
            code.goto_(otherwise);
            return;
        }
        long low = Integer.MAX_VALUE;
        long high = Integer.MIN_VALUE;
        for (var entry : table) {
            low = Math.min(low, entry.caseValue());
            high = Math.max(high, entry.caseValue());
        }
        if (high - low < 2L * table.size() + 4) {
            code.tableswitch((int) low, (int) high, otherwise, table);
        } else {
            code.lookupswitch(otherwise, table);
        }
    }

    private static int count(List<BoundStmt.Case> cases) {
        int count = 0;
        for (var one : cases) {
            count += one.labels().size();
        }
        return count;
    }

    private void chooseString(List<BoundStmt.Case> cases, Label[] bodies, Label otherwise) {
        int value = writer.reserve(TypeKind.REFERENCE);
        code.astore(value);
        if (count(cases) <= FEW) {
            for (int i = 0; i < bodies.length; i++) {
                for (var label : cases.get(i).labels()) {
                    compare(value, label, bodies[i]);
                }
            }
            code.goto_(otherwise);
            return;
        }
        Map<Integer, Label> buckets = new HashMap<>();
        var table = new ArrayList<SwitchCase>();
        for (var one : cases) {
            for (var label : one.labels()) {
                int hash = text(label).hashCode();
                if (!buckets.containsKey(hash)) {
                    Label bucket = code.newLabel();
                    buckets.put(hash, bucket);
                    table.add(SwitchCase.of(hash, bucket));
                }
            }
        }
        code.aload(value);
        writer.virtual(Classes.STRING, "hashCode", "()I");
        code.lookupswitch(otherwise, table);
        for (var entry : table) {
            code.labelBinding(entry.target());
            for (int i = 0; i < bodies.length; i++) {
                for (var label : cases.get(i).labels()) {
                    if (text(label).hashCode() == entry.caseValue()) {
                        compare(value, label, bodies[i]);
                    }
                }
            }
            code.goto_(otherwise);
        }
    }

    private void compare(int value, BoundExpr label, Label body) {
        code.aload(value);
        writer.string(text(label));
        writer.virtual(Classes.STRING, "equals", "(Ljava/lang/Object;)Z");
        code.ifne(body);
    }

    private static String text(BoundExpr label) {
        return ((BoundExpr.StringConstant) label).value();
    }
}
