package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Emits expressions: pushes the value of each one. */
final class ExprEmitter implements BoundExpr.Visitor {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final FieldEmitter fields;
    private final ConditionEmitter conditions;
    private final BytesEmitter bytes;
    private final CallEmitter calls;
    private final TargetEmitters targets;

    ExprEmitter(CodeWriter writer, List<PluginDescriptor> plugins) {
        this.writer = writer;
        this.code = writer.code();
        this.fields = new FieldEmitter(writer);
        this.conditions = new ConditionEmitter(writer, this);
        this.bytes = new BytesEmitter(writer, this, fields);
        this.calls = new CallEmitter(writer, this, plugins);
        this.targets = new TargetEmitters(writer, this, fields);
    }

    ConditionEmitter conditions() {
        return conditions;
    }

    FieldEmitter fields() {
        return fields;
    }

    /** Pushes the value of an expression; nothing for a call without a result. */
    void value(BoundExpr expr) {
        expr.accept(this);
    }

    /** Evaluates an expression and discards its value. */
    void discard(BoundExpr expr) {
        if (expr instanceof BoundExpr.Change change) {
            targets.emit(change, false);
        } else {
            value(expr);
            writer.pop(expr.type());
        }
    }

    @Override
    public void visit(BoundExpr.IntConstant constant) {
        code.loadConstant(constant.value());
    }

    @Override
    public void visit(BoundExpr.LongConstant constant) {
        code.loadConstant(constant.value());
    }

    @Override
    public void visit(BoundExpr.DoubleConstant constant) {
        code.loadConstant(constant.value());
    }

    @Override
    public void visit(BoundExpr.StringConstant constant) {
        writer.string(constant.value());
    }

    @Override
    public void visit(BoundExpr.Read read) {
        writer.read(read.local());
    }

    @Override
    public void visit(BoundExpr.Convert convert) {
        value(convert.operand());
        writer.convert(convert.operand().type(), convert.type());
    }

    @Override
    public void visit(BoundExpr.Narrow narrow) {
        value(narrow.operand());
        code.ldc(narrow.function());
        code.ldc(narrow.what());
        writer.at(narrow.span());
        writer.statics(Classes.NUMBERS, "narrow", "(JLjava/lang/String;Ljava/lang/String;)I");
    }

    @Override
    public void visit(BoundExpr.Negate negate) {
        value(negate.operand());
        Operators.negate(code, negate.type());
    }

    @Override
    public void visit(BoundExpr.Complement complement) {
        value(complement.operand());
        Operators.complement(code, complement.type());
    }

    @Override
    public void visit(BoundExpr.Not not) {
        conditions.value(not);
    }

    @Override
    public void visit(BoundExpr.Arithmetic arithmetic) {
        value(arithmetic.left());
        value(arithmetic.right());
        combine(arithmetic.op(), arithmetic.type(), arithmetic.right(), arithmetic.span());
    }

    @Override
    public void visit(BoundExpr.Compare compare) {
        conditions.value(compare);
    }

    @Override
    public void visit(BoundExpr.Logical logical) {
        conditions.value(logical);
    }

    @Override
    public void visit(BoundExpr.Conditional conditional) {
        Label no = code.newLabel();
        Label end = code.newLabel();
        conditions.jump(conditional.condition(), false, no);
        value(conditional.whenTrue());
        code.goto_(end);
        code.labelBinding(no);
        value(conditional.whenFalse());
        code.labelBinding(end);
    }

    /** Joins three strings at once if possible. */
    @Override
    public void visit(BoundExpr.Concat concat) {
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

    @Override
    public void visit(BoundExpr.Assign assign) {
        targets.emit(assign, true);
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        targets.emit(fill, true);
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        targets.emit(assign, true);
    }

    @Override
    public void visit(BoundExpr.IncDec incDec) {
        targets.emit(incDec, true);
    }

    @Override
    public void visit(BoundExpr.UserCall call) {
        calls.call(call);
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        calls.call(call);
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        code.aload(writer.slot(reference.local()));
    }

    @Override
    public void visit(BoundExpr.Index index) {
        bytes.index(index);
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        bytes.slice(slice);
    }

    @Override
    public void visit(BoundExpr.Length length) {
        bytes.length(length);
    }

    @Override
    public void visit(BoundExpr.Field field) {
        fields.read(field);
    }

    /** Pushes a blob to which nothing else refers: the value itself if it is new, otherwise a copy. */
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
            writer.convert(right.type(), Type.I32); // the JVM uses only the low bits of the count
        } else if (type.isInteger()
                && (op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER)
                && !Constants.isNonZero(right)) {
            checkDivisor(type, span);
        }
        Operators.combine(code, op, type);
    }

    /** Pushes a whole number as a {@code long}; 0 for null. */
    void bound(@Nullable BoundExpr bound) {
        if (bound == null) {
            code.lconst_0();
        } else {
            value(bound);
            writer.convert(bound.type(), Type.I64);
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

    /** {@return whether nothing else refers to the blob; false, which only costs a copy, if that is not known} */
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
