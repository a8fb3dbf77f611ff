package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of the syntax tree. */
public sealed interface Stmt {

    /** {@return the place of the whole statement} */
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

        void visit(While statement);

        void visit(DoWhile statement);

        void visit(For statement);

        void visit(Switch statement);

        void visit(Break statement);

        void visit(Continue statement);

        void visit(Return statement);

        void visit(Empty statement);
    }

    /** {@code { ... }}; the end of the span is after the closing brace. */
    record Block(Span span, List<Stmt> statements) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A statement that declares variables. */
    sealed interface Declaration extends Stmt {

        /** {@return the names that it declares} */
        List<Name> names();
    }

    /** {@code i32 $a, $b = 2;}, with one record for each variable. */
    record Declare(Span span, List<Variable> variables) implements Declaration {
        @Override
        public List<Name> names() {
            return variables.stream().map(Variable::name).toList();
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * One declared variable.
     *
     * @param span its place
     * @param type its type
     * @param name its name
     * @param capacity the expression in brackets, or null
     * @param initializer the expression after {@code =}, or null
     */
    record Variable(
            Span span,
            TypeName type,
            Name name,
            @Nullable Expr capacity,
            @Nullable Expr initializer) {}

    /** {@code ref blob &S = ...;}. */
    record DeclareRef(Span span, TypeName type, Name name, Expr initializer) implements Declaration {
        @Override
        public List<Name> names() {
            return List.of(name);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code $X assign N;}. */
    record AssignOverlay(Span span, Expr.Variable variable, Name struct) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** An expression followed by a semicolon. */
    record Evaluate(Span span, Expr expression) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code if}; {@code whenFalse} may be null. */
    record If(
            Span span,
            Expr condition,
            Stmt whenTrue,
            @Nullable Stmt whenFalse) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code while}. */
    record While(Span span, Expr condition, Stmt body) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code do ... while}. */
    record DoWhile(Span span, Stmt body, Expr condition) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code for}; each of the three parts may be null. */
    record For(
            Span span,
            @Nullable Stmt initializer,
            @Nullable Expr condition,
            @Nullable Expr update,
            Stmt body) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code switch}. */
    record Switch(Span span, Expr selector, List<Case> cases) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /**
     * The statements after one or several labels.
     *
     * @param span its place
     * @param labels the values of consecutive {@code case} labels
     * @param isDefault whether one of the labels is {@code default}
     * @param statements the statements after the labels
     */
    record Case(Span span, List<Expr> labels, boolean isDefault, List<Stmt> statements) {}

    /** {@code break;}. */
    record Break(Span span) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code continue;}. */
    record Continue(Span span) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code return;}, {@code return(x);}, {@code return x;}; {@code value} may be null. */
    record Return(Span span, @Nullable Expr value) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A semicolon without a statement. */
    record Empty(Span span) implements Stmt {
        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
