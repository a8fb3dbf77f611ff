package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.spi.descriptor.FunctionDeclaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression with its type. Each conversion is a separate node, so operands have exactly the type that their parent
 * requires. Operands and arguments are evaluated left to right.
 *
 * <p>The stages process expressions with a {@link Visitor}, never with a pattern {@code switch}: the first one that a
 * JVM runs takes 5 ms and more. The file is long because it contains a whole sealed family.
 */
public sealed interface BoundExpr {

    /** {@return the place, for the errors that it may raise at run time} */
    Span span();

    /** {@return the type of its value; {@link Type#VOID} for calls without a result} */
    Type type();

    /** Calls the visitor's method for this kind of expression. */
    void accept(Visitor visitor);

    /** Processes each kind of expression. A stage that does not handle all of them does not compile. */
    interface Visitor {

        void visit(IntConstant expr);

        void visit(LongConstant expr);

        void visit(DoubleConstant expr);

        void visit(StringConstant expr);

        void visit(Read expr);

        void visit(Convert expr);

        void visit(Narrow expr);

        void visit(Negate expr);

        void visit(Complement expr);

        void visit(Not expr);

        void visit(Arithmetic expr);

        void visit(Compare expr);

        void visit(Logical expr);

        void visit(Conditional expr);

        void visit(Concat expr);

        void visit(Assign expr);

        void visit(Fill expr);

        void visit(CompoundAssign expr);

        void visit(IncDec expr);

        void visit(UserCall expr);

        void visit(PluginCall expr);

        void visit(Reference expr);

        void visit(Index expr);

        void visit(Slice expr);

        void visit(Length expr);

        void visit(Field expr);
    }

    /** A value that is known before the script runs. */
    sealed interface Constant extends BoundExpr {}

    /** A number that is known before the script runs. */
    sealed interface NumberConstant extends Constant {

        /** {@return whether it is 0, which is false as a condition} */
        boolean isZero();

        /** {@return the value as a cast to {@code i32} gives it} */
        int intValue();

        /** {@return the value as a cast to {@code i64} gives it} */
        long longValue();

        /** {@return the value as a cast to {@code double} gives it} */
        double doubleValue();
    }

    /** An {@code i32} constant. */
    record IntConstant(Span span, int value) implements NumberConstant {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public boolean isZero() {
            return value == 0;
        }

        @Override
        public int intValue() {
            return value;
        }

        @Override
        public long longValue() {
            return value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An {@code i64} constant. */
    record LongConstant(Span span, long value) implements NumberConstant {
        @Override
        public Type type() {
            return Type.I64;
        }

        @Override
        public boolean isZero() {
            return value == 0;
        }

        @Override
        public int intValue() {
            return (int) value;
        }

        @Override
        public long longValue() {
            return value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A {@code double} constant. */
    record DoubleConstant(Span span, double value) implements NumberConstant {
        @Override
        public Type type() {
            return Type.DOUBLE;
        }

        @Override
        public boolean isZero() {
            return value == 0;
        }

        @Override
        public int intValue() {
            return (int) value;
        }

        @Override
        public long longValue() {
            return (long) value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A string, one char per byte. */
    record StringConstant(Span span, String value) implements Constant {
        @Override
        public Type type() {
            return Type.STRING;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The value of a variable; for a blob the object itself, not a copy. */
    record Read(Span span, Local local) implements BoundExpr {
        @Override
        public Type type() {
            return local.type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A conversion between numbers: to a wider one, or by a cast: {@code i64} to {@code i32} keeps the low bits, {@code
     * double} to a whole number saturates.
     */
    record Convert(Span span, BoundExpr operand, Type type) implements BoundExpr {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * An {@code i64} where an {@code i32} is required: a value out of range is an error at run time.
     *
     * @param function the plugin function that requires it, with which the error begins; empty if it is no argument of
     *     one
     * @param what says whose value it is, after the value: {@code for `$at`}, {@code of the result of str.Find}
     */
    record Narrow(Span span, BoundExpr operand, String function, String what) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code -x} on a number. */
    record Negate(Span span, BoundExpr operand) implements BoundExpr {
        @Override
        public Type type() {
            return operand.type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code ~x} on a whole number. */
    record Complement(Span span, BoundExpr operand) implements BoundExpr {
        @Override
        public Type type() {
            return operand.type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An expression whose value is 0 or 1. */
    sealed interface Condition extends BoundExpr {
        @Override
        default Type type() {
            return Type.I32;
        }
    }

    /** {@code !x} on a number: 1 where it is 0, else 0. */
    record Not(Span span, BoundExpr operand) implements Condition {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * Arithmetic and bit operations. Both operands have the type of the result, except that the right operand of a
     * shift may be an {@code i32} or an {@code i64}.
     */
    record Arithmetic(Span span, BinaryOp op, BoundExpr left, BoundExpr right, Type type) implements BoundExpr {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A comparison of two operands of one type; blobs for equality only. */
    record Compare(Span span, BinaryOp op, BoundExpr left, BoundExpr right) implements Condition {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code &&} and {@code ||} on numbers: the right operand is evaluated only if it decides the result. */
    record Logical(Span span, boolean and, BoundExpr left, BoundExpr right) implements Condition {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code a ? b : c}; both values have the result's type. */
    record Conditional(Span span, BoundExpr condition, BoundExpr whenTrue, BoundExpr whenFalse, Type type)
            implements BoundExpr {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Two strings joined. */
    record Concat(Span span, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public Type type() {
            return Type.STRING;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An expression that changes what its target holds, and whose value is what the target then holds. */
    sealed interface Change extends BoundExpr {

        /** {@return what is changed} */
        Target target();

        /** Calls the visitor's method for this kind of change. */
        void accept(ChangeVisitor visitor);

        @Override
        default Type type() {
            return target().type();
        }
    }

    /** Processes each kind of change. */
    interface ChangeVisitor {

        void visit(Assign change);

        void visit(Fill change);

        void visit(CompoundAssign change);

        void visit(IncDec change);
    }

    /** {@code target = value}; the value has the target's type. */
    record Assign(Span span, Target target, BoundExpr value) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code target := value}, on strings and blobs. */
    record Fill(Span span, Target target, BoundExpr value) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * {@code target op= value}: the target's value is converted to {@code computeType}, combined with the value (which
     * has that type, or any whole number for shifts), and cast back. Strings are concatenated.
     */
    record CompoundAssign(Span span, BinaryOp op, Target target, BoundExpr value, Type computeType) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code ++} and {@code --} on a number. */
    record IncDec(Span span, Target target, int delta, boolean prefix) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }

        @Override
        public void accept(ChangeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** A call; the only kind of expression that may have no value. */
    sealed interface Call extends BoundExpr {

        /**
         * {@return the called function as the script writes it}
         *
         * @param plugins the plugins that the script uses
         */
        String functionName(PluginScope plugins);
    }

    /** A call of a function of the script. An argument by reference is a {@link Reference}. */
    record UserCall(Span span, FunctionSymbol function, List<BoundExpr> arguments) implements Call {
        @Override
        public Type type() {
            return function.result();
        }

        @Override
        public String functionName(PluginScope plugins) {
            return function.name();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A call of a plugin's function, with as many arguments as it has parameters, including the defaults, followed by
     * any number for a variadic parameter. Arguments have the parameter's Java type: an {@link Type#I32} for {@code
     * INT}, and so on; one by reference is a {@link Reference}.
     *
     * @param plugin the index in {@link BoundScript#plugins}
     * @param type the result as the script sees it: {@code i64} for whole numbers, but {@code i32} if the method
     *     returns an {@code int} and an {@code i32} is required
     */
    record PluginCall(Span span, int plugin, FunctionDeclaration function, List<BoundExpr> arguments, Type type)
            implements Call {
        @Override
        public String functionName(PluginScope plugins) {
            return plugins.shownName(this);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** The holder of a variable, or the blob itself, passed by reference. */
    record Reference(Span span, Local local) implements BoundExpr {
        @Override
        public Type type() {
            return local.type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A byte of a blob or string; the index is a whole number of either width. */
    record Index(Span span, BoundExpr base, BoundExpr index) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A part of a blob or string, copied; each bound is an {@code i64} or null. */
    record Slice(
            Span span,
            BoundExpr base,
            @Nullable BoundExpr from,
            @Nullable BoundExpr to) implements BoundExpr {
        @Override
        public Type type() {
            return base.type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code .Length} of a blob or string. */
    record Length(Span span, BoundExpr base) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A field of a struct laid over a blob. */
    record Field(Span span, Local blob, StructLayout struct, StructLayout.Field field) implements BoundExpr {
        @Override
        public Type type() {
            return field.type().type();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
