package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of the syntax tree. */
public sealed interface Expr {

    /** {@return the place of the whole expression} */
    Span span();

    /** {@return what the visitor's method for this kind of expression returns} */
    <R> R accept(Visitor<R> visitor);

    /** Processes each kind of expression. A stage that does not handle all of them does not compile. */
    interface Visitor<R> {

        R visit(IntLiteral expr);

        R visit(DoubleLiteral expr);

        R visit(StringLiteral expr);

        R visit(Variable expr);

        R visit(Unary expr);

        R visit(IncDec expr);

        R visit(Binary expr);

        R visit(Logical expr);

        R visit(Conditional expr);

        R visit(Assign expr);

        R visit(Fill expr);

        R visit(CompoundAssign expr);

        R visit(Cast expr);

        R visit(Call expr);

        R visit(StructSize expr);

        R visit(Index expr);

        R visit(Slice expr);

        R visit(Member expr);

        R visit(Broken expr);
    }

    /** An expression that may stand on the left of an assignment. */
    sealed interface Assignable extends Expr {

        /** Calls the visitor's method for this kind of target. */
        void accept(TargetVisitor visitor);
    }

    /** Processes each kind of expression on the left of an assignment. */
    interface TargetVisitor {

        void visit(Variable target);

        void visit(Index target);

        void visit(Slice target);

        void visit(Member target);

        void visit(Broken target);
    }

    /** A whole number; {@code wide} if it does not fit an {@code i32}. */
    record IntLiteral(Span span, long value, boolean wide) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A number with a point or an exponent. */
    record DoubleLiteral(Span span, double value) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A string, adjacent ones joined: one char per byte, cut at the first 0. */
    record StringLiteral(Span span, String value) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code $name}, or a bare word for a local reference. */
    record Variable(Span span, String name, boolean bare) implements Assignable {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public void accept(TargetVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code -x}, {@code +x}, {@code !x}, {@code ~x}. */
    record Unary(Span span, UnaryOp op, Expr operand) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code ++x}, {@code x++}, {@code --x}, {@code x--}: {@code delta} is 1 or -1. */
    record IncDec(Span span, Assignable target, int delta, boolean prefix) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Two operands; {@code opSpan} is the operator's place. */
    record Binary(Span span, BinaryOp op, Span opSpan, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code &&} and {@code ||}. */
    record Logical(Span span, boolean and, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code a ? b : c}. */
    record Conditional(Span span, Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code target = value}. */
    record Assign(Span span, Assignable target, Expr value) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code target := value}. */
    record Fill(Span span, Assignable target, Expr value) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code target += value} and the other compound assignments. */
    record CompoundAssign(Span span, BinaryOp op, Span opSpan, Assignable target, Expr value) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code (i32)x}. */
    record Cast(Span span, TypeName type, Expr operand) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code name(...)} or {@code namespace.name(...)}; {@code namespace} is null in the first. */
    record Call(Span span, @Nullable Name namespace, Name name, List<Expr> arguments) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code structsize(NAME)}. */
    record StructSize(Span span, Name struct) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code x[i]}. */
    record Index(Span span, Expr base, Expr index) implements Assignable {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public void accept(TargetVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code x[a:b]}; either bound may be null. */
    record Slice(
            Span span,
            Expr base,
            @Nullable Expr from,
            @Nullable Expr to) implements Assignable {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public void accept(TargetVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code x.name}; also {@code namespace.Name} without parentheses, where the base is a bare variable. */
    record Member(Span span, Expr base, Name name) implements Assignable {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public void accept(TargetVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** An expression that could not be parsed, which has been reported. */
    record Broken(Span span) implements Assignable {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }

        @Override
        public void accept(TargetVisitor visitor) {
            visitor.visit(this);
        }
    }
}
