package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.List;

/** An expression as written. */
public sealed interface Expr {

    /** {@return the place of the whole expression} */
    Span span();

    /** A whole number; {@code wide} where it does not fit an {@code i32}. */
    record IntLiteral(Span span, long value, boolean wide) implements Expr {}

    /** A number with a point or an exponent. */
    record DoubleLiteral(Span span, double value) implements Expr {}

    /** A string, adjacent ones joined: one char per byte, cut at the first 0. */
    record StringLiteral(Span span, String value) implements Expr {}

    /** {@code $name}, or a bare word where a local reference is meant. */
    record Variable(Span span, String name, boolean bare) implements Expr {}

    /** {@code -x}, {@code +x}, {@code !x}, {@code ~x}. */
    record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

    /** {@code ++x}, {@code x--} and their like: {@code delta} is 1 or -1. */
    record IncDec(Span span, Expr target, int delta, boolean prefix) implements Expr {}

    /** Two operands; {@code opSpan} is the operator's place. */
    record Binary(Span span, BinaryOp op, Span opSpan, Expr left, Expr right) implements Expr {}

    /** {@code &&} and {@code ||}. */
    record Logical(Span span, boolean and, Expr left, Expr right) implements Expr {}

    /** {@code a ? b : c}. */
    record Conditional(Span span, Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {}

    /** {@code target = value}. */
    record Assign(Span span, Expr target, Expr value) implements Expr {}

    /** {@code target := value}. */
    record Fill(Span span, Expr target, Expr value) implements Expr {}

    /** {@code target += value} and their like. */
    record CompoundAssign(Span span, BinaryOp op, Span opSpan, Expr target, Expr value) implements Expr {}

    /** {@code (i32)x}. */
    record Cast(Span span, TypeName type, Expr operand) implements Expr {}

    /** {@code name(...)} or {@code namespace.name(...)}; {@code namespace} is null in the first. */
    record Call(Span span, Name namespace, Name name, List<Expr> arguments) implements Expr {}

    /** {@code structsize(NAME)}. */
    record StructSize(Span span, Name struct) implements Expr {}

    /** {@code x[i]}. */
    record Index(Span span, Expr base, Expr index) implements Expr {}

    /** {@code x[a:b]}; either bound may be null. */
    record Slice(Span span, Expr base, Expr from, Expr to) implements Expr {}

    /** {@code x.name}; also {@code namespace.Name} without parentheses, where the base is a bare variable. */
    record Member(Span span, Expr base, Name name) implements Expr {}

    /** What could not be parsed; reported already. */
    record Broken(Span span) implements Expr {}
}
