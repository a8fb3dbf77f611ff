package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement in which every name and type is resolved. */
public sealed interface BoundStmt {

    /** {@return the place} */
    Span span();

    /** Calls the visitor's method for this kind of statement. */
    void accept(Visitor visitor);

    /** Processes each kind of statement. A stage that does not handle all of them does not compile. */
    interface Visitor {

        void visit(Block statement);

        void visit(Declare statement);

        void visit(DeclareRef statement);

        void visit(AssignOverlay statement);

        void visit(Evaluate statement);

        void visit(If statement);

        void visit(Loop statement);

        void visit(Switch statement);

        void visit(Break statement);

        void visit(Continue statement);

        void visit(Return statement);
    }

    /** Statements in order. */
    record Block(Span span, List<BoundStmt> statements) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A declaration of a variable.
     *
     * @param local the variable
     * @param capacity an {@code i64}: a blob's length or a string's declared capacity; null if none was given
     * @param initializer of the variable's type, or null: then a number is unassigned, a string with a capacity is
     *     empty
     */
    record Declare(
            Span span,
            Local local,
            @Nullable BoundExpr capacity,
            @Nullable BoundExpr initializer) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A declaration of a local reference: {@code source} is a {@link BoundExpr.Reference}, or any blob. */
    record DeclareRef(Span span, Local local, BoundExpr source) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A struct is laid over a blob: the blob must be long enough. */
    record AssignOverlay(Span span, Local blob, StructLayout struct) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An expression whose value is not used. */
    record Evaluate(Span span, BoundExpr expression) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code if}; the condition is a number; {@code whenFalse} may be null. */
    record If(
            Span span,
            BoundExpr condition,
            BoundStmt whenTrue,
            @Nullable BoundStmt whenFalse) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * Any loop: {@code initializer}, then while {@code condition} holds (null: always) {@code body} and {@code update}.
     * {@code continue} jumps to the update.
     *
     * @param initializer null for none
     * @param condition null for none
     * @param update null for none
     * @param testFirst whether the condition is tested before the first iteration
     */
    record Loop(
            Span span,
            @Nullable BoundStmt initializer,
            @Nullable BoundExpr condition,
            @Nullable BoundExpr update,
            BoundStmt body,
            boolean testFirst)
            implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code switch} on a whole number or a string; no case falls through; {@code break} leaves it. */
    record Switch(Span span, BoundExpr selector, List<Case> cases) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * A case.
     *
     * @param labels constants of the selector's type
     * @param isDefault whether it is selected when no label matches
     * @param body its statements
     */
    record Case(List<BoundExpr> labels, boolean isDefault, Block body) {}

    /** Leaves the innermost loop or switch. */
    record Break(Span span) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Continues with the next iteration of the innermost loop. */
    record Continue(Span span) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** Leaves the function; {@code value} has the function's type, or is null. */
    record Return(Span span, @Nullable BoundExpr value) implements BoundStmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
