package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.FieldType;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.spi.PluginDescriptor;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;

/**
 * Expressions: leaves each one's value on the stack.
 *
 * <p>The kinds of node are told apart by {@code instanceof}: a pattern {@code switch} is linked when it first runs, which
 * every start of a script would pay for.
 */
@SuppressWarnings("IfChainToSwitch")
final class ExprEmitter {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final FieldEmitter fields;
    private final ConditionEmitter conditions;
    private final CallEmitter calls;
    private final TargetEmitter targets;

    ExprEmitter(CodeWriter writer, List<PluginDescriptor> plugins) {
        this.writer = writer;
        this.code = writer.code();
        this.fields = new FieldEmitter(writer);
        this.conditions = new ConditionEmitter(writer, this);
        this.calls = new CallEmitter(writer, this, plugins);
        this.targets = new TargetEmitter(writer, this, fields);
    }

    ConditionEmitter conditions() {
        return conditions;
    }

    FieldEmitter fields() {
        return fields;
    }

    /** Pushes the expression's value; nothing for a call without a result. */
    void value(BoundExpr expr) {
        if (expr instanceof BoundExpr.Read read) {
            writer.read(read.local());
        } else if (expr instanceof BoundExpr.IntConstant constant) {
            code.loadConstant(constant.value());
        } else if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            value(arithmetic.left());
            value(arithmetic.right());
            combine(arithmetic.op(), arithmetic.type(), arithmetic.right(), arithmetic.span());
        } else if (expr instanceof BoundExpr.Convert convert) {
            convert(convert);
        } else if (expr instanceof BoundExpr.StringConstant constant) {
            writer.string(constant.value());
        } else if (expr instanceof BoundExpr.PluginCall call) {
            calls.call(call);
        } else if (expr instanceof BoundExpr.UserCall call) {
            calls.call(call);
        } else if (expr instanceof BoundExpr.LongConstant constant) {
            code.loadConstant(constant.value());
        } else if (expr instanceof BoundExpr.DoubleConstant constant) {
            code.loadConstant(constant.value());
        } else if (expr instanceof BoundExpr.Compare
                || expr instanceof BoundExpr.Not
                || expr instanceof BoundExpr.Logical) {
            conditions.value(expr);
        } else if (expr instanceof BoundExpr.Assign assign) {
            targets.assign(assign, true);
        } else if (expr instanceof BoundExpr.Fill fill) {
            targets.fill(fill, true);
        } else if (expr instanceof BoundExpr.CompoundAssign assign) {
            targets.compound(assign, true);
        } else if (expr instanceof BoundExpr.IncDec incDec) {
            targets.incDec(incDec, true);
        } else if (expr instanceof BoundExpr.Field field) {
            fields.read(field);
        } else if (expr instanceof BoundExpr.Reference reference) {
            code.aload(writer.slot(reference.local()));
        } else {
            rareValue(expr);
        }
    }

    /** Evaluates the expression for its effects alone. */
    void discard(BoundExpr expr) {
        if (expr instanceof BoundExpr.Assign assign) {
            targets.assign(assign, false);
        } else if (expr instanceof BoundExpr.Fill fill) {
            targets.fill(fill, false);
        } else if (expr instanceof BoundExpr.CompoundAssign assign) {
            targets.compound(assign, false);
        } else if (expr instanceof BoundExpr.IncDec incDec) {
            targets.incDec(incDec, false);
        } else {
            value(expr);
            writer.pop(expr.type());
        }
    }

    /** Pushes a blob that nobody else has: the value itself where it is fresh, else a copy. */
    void ownBlob(BoundExpr expr, boolean localsAreFresh) {
        value(expr);
        if (!isFresh(expr, localsAreFresh)) {
            writer.at(expr.span());
            writer.statics(Classes.BLOBS, "copy", "(Ldev/domin/spi/Blob;)Ldev/domin/spi/Blob;");
        }
    }

    /** Combines two values of one type on the stack; {@code right} is the expression of the right one. */
    void combine(BinaryOp op, Type type, BoundExpr right, Span span) {
        if (type == Type.STRING) {
            concat(span);
            return;
        }
        if (op.isShift()) {
            writer.convert(right.type(), Type.I32); // the JVM takes as many low bits of the count as the width needs
        } else if (type.isInteger()
                && (op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER)
                && !Constants.isNonZero(right)) {
            checkDivisor(type, span);
        }
        Operators.combine(code, op, type);
    }

    /** Pushes a whole number as a {@code long}; 0 for none. */
    void bound(BoundExpr bound) {
        if (bound == null) {
            code.lconst_0();
        } else {
            value(bound);
            writer.convert(bound.type(), Type.I64);
        }
    }

    private void rareValue(BoundExpr expr) {
        if (expr instanceof BoundExpr.Index index) {
            index(index);
        } else if (expr instanceof BoundExpr.Slice slice) {
            slice(slice);
        } else if (expr instanceof BoundExpr.Length length) {
            length(length);
        } else if (expr instanceof BoundExpr.Concat concat) {
            join(concat);
        } else if (expr instanceof BoundExpr.Conditional conditional) {
            conditional(conditional);
        } else if (expr instanceof BoundExpr.Negate negate) {
            value(negate.operand());
            negate(negate.type());
        } else if (expr instanceof BoundExpr.Complement complement) {
            value(complement.operand());
            complement(complement.type());
        } else if (expr instanceof BoundExpr.Narrow narrow) {
            value(narrow.operand());
            code.ldc(narrow.function());
            code.ldc(narrow.what());
            writer.at(narrow.span());
            writer.statics(Classes.NUMBERS, "narrow", "(JLjava/lang/String;Ljava/lang/String;)I");
        } else {
            throw new IllegalArgumentException("no code for " + expr);
        }
    }

    private void convert(BoundExpr.Convert convert) {
        value(convert.operand());
        writer.convert(convert.operand().type(), convert.type());
    }

    private void conditional(BoundExpr.Conditional conditional) {
        Label no = code.newLabel();
        Label end = code.newLabel();
        conditions.jump(conditional.condition(), false, no);
        value(conditional.whenTrue());
        code.goto_(end);
        code.labelBinding(no);
        value(conditional.whenFalse());
        code.labelBinding(end);
    }

    private void index(BoundExpr.Index index) {
        if (index.base() instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB) {
            writer.read(field.blob());
            bound(index.index());
            fields.readByte(field);
            return;
        }
        value(index.base());
        value(index.index());
        writer.at(index.span());
        String width = index.index().type() == Type.I64 ? "J" : "I";
        if (index.base().type() == Type.BLOB) {
            writer.virtual(Classes.BLOB, "get", "(" + width + ")I");
        } else {
            writer.statics(Classes.STRINGS, "at", "(Ljava/lang/String;" + width + ")I");
        }
    }

    private void slice(BoundExpr.Slice slice) {
        value(slice.base());
        bound(slice.from());
        boolean isBlob = slice.type() == Type.BLOB;
        if (slice.to() != null) {
            bound(slice.to());
        }
        writer.at(slice.span());
        if (slice.to() == null) {
            writer.statics(
                    isBlob ? Classes.BLOBS : Classes.STRINGS,
                    "tail",
                    isBlob ? "(Ldev/domin/spi/Blob;J)Ldev/domin/spi/Blob;" : "(Ljava/lang/String;J)Ljava/lang/String;");
        } else if (isBlob) {
            writer.virtual(Classes.BLOB, "slice", "(JJ)Ldev/domin/spi/Blob;");
        } else {
            writer.statics(Classes.STRINGS, "slice", "(Ljava/lang/String;JJ)Ljava/lang/String;");
        }
    }

    private void length(BoundExpr.Length length) {
        if (length.base() instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB) {
            fields.check(field.span(), field.blob(), field.struct());
            code.loadConstant(field.field().size());
            return;
        }
        if (length.base() instanceof BoundExpr.Read read
                && read.type() == Type.STRING
                && read.local().isHeld()) {
            code.aload(writer.slot(read.local()));
            writer.virtual(Classes.STRING_REF, "length", "()I");
            return;
        }
        value(length.base());
        writer.virtual(length.base().type() == Type.BLOB ? Classes.BLOB : Classes.STRING, "length", "()I");
    }

    /** Joins three at a time where there are as many. */
    private void join(BoundExpr.Concat concat) {
        if (concat.left() instanceof BoundExpr.Concat earlier) {
            value(earlier.left());
            value(earlier.right());
            value(concat.right());
            writer.at(concat.span());
            writer.statics(
                    Classes.STRINGS,
                    "concat",
                    "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
        } else {
            value(concat.left());
            value(concat.right());
            concat(concat.span());
        }
    }

    private void concat(Span span) {
        writer.at(span);
        writer.statics(Classes.STRINGS, "concat", "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
    }

    private void checkDivisor(Type type, Span span) {
        Label fine = code.newLabel();
        if (type == Type.I64) {
            code.dup2();
            code.lconst_0();
            code.lcmp();
        } else {
            code.dup();
        }
        code.ifne(fine);
        writer.at(span);
        writer.statics(Classes.NUMBERS, "divisionByZero", "()Ldev/domin/spi/ScriptError;");
        code.athrow();
        code.labelBinding(fine);
    }

    private void negate(Type type) {
        if (type == Type.I32) {
            code.ineg();
        } else if (type == Type.I64) {
            code.lneg();
        } else {
            code.dneg();
        }
    }

    private void complement(Type type) {
        if (type == Type.I32) {
            code.iconst_m1();
            code.ixor();
        } else {
            code.loadConstant(-1L);
            code.lxor();
        }
    }

    private static boolean isFresh(BoundExpr expr, boolean localsAreFresh) {
        if (expr instanceof BoundExpr.Read read) {
            return localsAreFresh && !read.local().isReference();
        }
        if (expr instanceof BoundExpr.Conditional conditional) {
            return isFresh(conditional.whenTrue(), localsAreFresh) && isFresh(conditional.whenFalse(), localsAreFresh);
        }
        return expr instanceof BoundExpr.Slice || expr instanceof BoundExpr.Field || expr instanceof BoundExpr.UserCall;
    }
}
