package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.List;

/** A statement as written. */
public sealed interface Stmt {

    /** {@return the place of the whole statement} */
    Span span();

    /** {@code { ... }}; the end of the span is after the closing brace. */
    record Block(Span span, List<Stmt> statements) implements Stmt {}

    /** {@code i32 $a, $b = 2;}: one record a variable, in a list. */
    record Declare(Span span, List<Variable> variables) implements Stmt {}

    /**
     * One declared variable.
     *
     * @param span its place
     * @param type its type
     * @param name its name
     * @param capacity what stands between brackets, or null
     * @param initializer what stands behind {@code =}, or null
     */
    record Variable(Span span, TypeName type, Name name, Expr capacity, Expr initializer) {}

    /** {@code ref blob &S = ...;}. */
    record DeclareRef(Span span, TypeName type, Name name, Expr initializer) implements Stmt {}

    /** {@code $X assign N;}. */
    record AssignOverlay(Span span, Expr.Variable variable, Name struct) implements Stmt {}

    /** An expression followed by a semicolon. */
    record Evaluate(Span span, Expr expression) implements Stmt {}

    /** {@code if}; {@code whenFalse} may be null. */
    record If(Span span, Expr condition, Stmt whenTrue, Stmt whenFalse) implements Stmt {}

    /** {@code while}. */
    record While(Span span, Expr condition, Stmt body) implements Stmt {}

    /** {@code do ... while}. */
    record DoWhile(Span span, Stmt body, Expr condition) implements Stmt {}

    /** {@code for}; each of the three parts may be null. */
    record For(Span span, Stmt initializer, Expr condition, Expr update, Stmt body) implements Stmt {}

    /** {@code switch}. */
    record Switch(Span span, Expr selector, List<Case> cases) implements Stmt {}

    /**
     * The statements behind one or several labels.
     *
     * @param span its place
     * @param labels the values of {@code case} labels that stand together
     * @param isDefault whether {@code default} is among the labels
     * @param statements what follows; the case ends with them
     */
    record Case(Span span, List<Expr> labels, boolean isDefault, List<Stmt> statements) {}

    /** {@code break;}. */
    record Break(Span span) implements Stmt {}

    /** {@code continue;}. */
    record Continue(Span span) implements Stmt {}

    /** {@code return;}, {@code return(x);}, {@code return x;}; {@code value} may be null. */
    record Return(Span span, Expr value) implements Stmt {}

    /** A lone semicolon. */
    record Empty(Span span) implements Stmt {}
}
