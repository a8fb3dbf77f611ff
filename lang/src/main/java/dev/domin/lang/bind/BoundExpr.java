package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.spi.FunctionDeclaration;
import java.util.List;

/**
 * An expression with its type. Every conversion is a node of its own: operands have exactly the type that their parent works
 * on. Operands and arguments are evaluated left to right.
 */
public sealed interface BoundExpr {

    /** {@return the place, for the errors it may raise while it runs} */
    Span span();

    /** {@return the type of its value; {@link Type#VOID} for calls without a result} */
    Type type();

    /** A whole number that fits. */
    record IntConstant(Span span, int value) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** A wide whole number. */
    record LongConstant(Span span, long value) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I64;
        }
    }

    /** A floating number. */
    record DoubleConstant(Span span, double value) implements BoundExpr {
        @Override
        public Type type() {
            return Type.DOUBLE;
        }
    }

    /** A string, one char per byte. */
    record StringConstant(Span span, String value) implements BoundExpr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** The value of a variable; for a blob the object itself, not a copy. */
    record Read(Span span, Local local) implements BoundExpr {
        @Override
        public Type type() {
            return local.type();
        }
    }

    /**
     * A conversion between numbers: to a wider one, or by a cast: {@code i64} to {@code i32} keeps the low bits, {@code double}
     * to a whole number saturates.
     */
    record Convert(Span span, BoundExpr operand, Type type) implements BoundExpr {}

    /**
     * An {@code i64} where an {@code i32} is wanted: out of range is an error.
     *
     * @param function the plugin function that takes it, which the error begins with; empty for a place of the script
     * @param what says whose value it is, behind the value: {@code for `$at`}, {@code of the result of str.Find}
     */
    record Narrow(Span span, BoundExpr operand, String function, String what) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** {@code -x} on a number. */
    record Negate(Span span, BoundExpr operand) implements BoundExpr {
        @Override
        public Type type() {
            return operand.type();
        }
    }

    /** {@code ~x} on a whole number. */
    record Complement(Span span, BoundExpr operand) implements BoundExpr {
        @Override
        public Type type() {
            return operand.type();
        }
    }

    /** {@code !x} on a number: 1 where it is 0, else 0. */
    record Not(Span span, BoundExpr operand) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /**
     * Arithmetic and bit operations. Both operands have the result's type, but for shifts, whose right operand is an
     * {@code i32} or an {@code i64} of its own.
     */
    record Arithmetic(Span span, BinaryOp op, BoundExpr left, BoundExpr right, Type type) implements BoundExpr {}

    /** A comparison of two operands of one type; blobs for equality only. */
    record Compare(Span span, BinaryOp op, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** {@code &&} and {@code ||} on numbers: the right operand is evaluated only where it matters. */
    record Logical(Span span, boolean and, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** {@code a ? b : c}; both values have the result's type. */
    record Conditional(Span span, BoundExpr condition, BoundExpr whenTrue, BoundExpr whenFalse, Type type)
            implements BoundExpr {}

    /** Two strings joined. */
    record Concat(Span span, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public Type type() {
            return Type.STRING;
        }
    }

    /** {@code target = value}; the value has the target's type. Its own value is what the target then holds. */
    record Assign(Span span, Target target, BoundExpr value) implements BoundExpr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    /** {@code target := value}, on strings and blobs. */
    record Fill(Span span, Target target, BoundExpr value) implements BoundExpr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    /**
     * {@code target op= value}: the target's value is converted to {@code computeType}, combined with the value (which has that
     * type, or for shifts a whole number of its own), and cast back. On strings it joins.
     */
    record CompoundAssign(Span span, BinaryOp op, Target target, BoundExpr value, Type computeType)
            implements BoundExpr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    /** {@code ++} and {@code --} on a number. */
    record IncDec(Span span, Target target, int delta, boolean prefix) implements BoundExpr {
        @Override
        public Type type() {
            return target.type();
        }
    }

    /** A call of a function of the script. An argument by reference is a {@link Reference}. */
    record UserCall(Span span, FunctionSymbol function, List<BoundExpr> arguments) implements BoundExpr {
        @Override
        public Type type() {
            return function.result();
        }
    }

    /**
     * A call of a plugin's function, with as many arguments as it has parameters, defaults filled in; those of a variadic
     * parameter follow in any number. Arguments have the parameter's Java type: an {@link Type#I32} for {@code INT}, and so on;
     * one by reference is a {@link Reference}.
     *
     * @param plugin the index in {@link BoundScript#plugins}
     * @param type the result as the script sees it: {@code i64} for whole numbers, but {@code i32} where the method returns
     *     an {@code int} and that is what is asked for
     */
    record PluginCall(Span span, int plugin, FunctionDeclaration function, List<BoundExpr> arguments, Type type)
            implements BoundExpr {}

    /** The holder of a variable, or the blob itself, handed over by reference. */
    record Reference(Span span, Local local) implements BoundExpr {
        @Override
        public Type type() {
            return local.type();
        }
    }

    /** A byte of a blob or string; the index is a whole number of either width. */
    record Index(Span span, BoundExpr base, BoundExpr index) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** A part of a blob or string, copied; each bound is an {@code i64} or null. */
    record Slice(Span span, BoundExpr base, BoundExpr from, BoundExpr to) implements BoundExpr {
        @Override
        public Type type() {
            return base.type();
        }
    }

    /** {@code .Length} of a blob or string. */
    record Length(Span span, BoundExpr base) implements BoundExpr {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** A field of a struct laid over a blob. */
    record Field(Span span, Local blob, StructLayout struct, StructLayout.Field field) implements BoundExpr {
        @Override
        public Type type() {
            return field.type().type();
        }
    }

    /** What can stand on the left of an assignment. */
    sealed interface Target {

        /** {@return the place} */
        Span span();

        /** {@return the type of what it takes} */
        Type type();
    }

    /** A variable. */
    record LocalTarget(Span span, Local local) implements Target {
        @Override
        public Type type() {
            return local.type();
        }
    }

    /** A byte of a blob, kept to its low 8 bits: it takes {@code i32}. */
    record IndexTarget(Span span, BoundExpr blob, BoundExpr index) implements Target {
        @Override
        public Type type() {
            return Type.I32;
        }
    }

    /** A part of a blob; each bound is an {@code i64} or null. */
    record SliceTarget(Span span, BoundExpr blob, BoundExpr from, BoundExpr to) implements Target {
        @Override
        public Type type() {
            return Type.BLOB;
        }
    }

    /** A field; storing keeps the low bits of its width. */
    record FieldTarget(Span span, Local blob, StructLayout struct, StructLayout.Field field) implements Target {
        @Override
        public Type type() {
            return field.type().type();
        }
    }

    /** A byte of a blob or string field, in place: it takes {@code i32}. */
    record FieldByteTarget(Span span, Local blob, StructLayout struct, StructLayout.Field field, BoundExpr index)
            implements Target {
        @Override
        public Type type() {
            return Type.I32;
        }
    }
}
