package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import java.util.List;

/** Parses scripts, and writes trees as text with a pair of parentheses for each node. */
final class Trees {

    private Trees() {}

    static ScriptTree parse(String text) {
        var source = new SourceFile("test.dom", text);
        var problems = new Diagnostics(source);
        ScriptTree tree = Parser.parse(source, problems);
        problems.stopIfErrors();
        return tree;
    }

    static List<Diagnostic> errors(String text) {
        try {
            parse(text);
            return List.of();
        } catch (RefusedException refused) {
            return refused.diagnostics();
        }
    }

    /** Each error as {@code line:column: message}. */
    static List<String> messages(String text) {
        return errors(text).stream()
                .map(error -> {
                    var at = error.source().position(error.span().start());
                    return at.line() + ":" + at.column() + ": " + error.message();
                })
                .toList();
    }

    static String rendered(String text) {
        var all = new StringBuilder();
        for (Diagnostic error : errors(text)) {
            all.append(ErrorRenderer.render(error, false)).append('\n');
        }
        return all.toString();
    }

    static Stmt statement(String text) {
        return parse(text).statements().getFirst();
    }

    static Expr expression(String text) {
        return ((Stmt.Evaluate) statement(text + ";")).expression();
    }

    static String shape(String expression) {
        return show(expression(expression));
    }

    static String show(Expr expr) {
        return switch (expr) {
            case null -> "";
            case Expr.IntLiteral literal -> literal.value() + (literal.wide() ? "L" : "");
            case Expr.DoubleLiteral literal -> Double.toString(literal.value());
            case Expr.StringLiteral literal -> '"' + literal.value() + '"';
            case Expr.Variable variable -> (variable.bare() ? "" : "$") + variable.name();
            case Expr.Unary unary -> "(" + unary.op().symbol() + show(unary.operand()) + ")";
            case Expr.IncDec change -> {
                String mark = change.delta() > 0 ? "++" : "--";
                yield "(" + (change.prefix() ? mark : "") + show(change.target()) + (change.prefix() ? "" : mark) + ")";
            }
            case Expr.Binary b -> "(" + show(b.left()) + " " + b.op().symbol() + " " + show(b.right()) + ")";
            case Expr.Logical l -> "(" + show(l.left()) + (l.and() ? " && " : " || ") + show(l.right()) + ")";
            case Expr.Conditional c ->
                "(" + show(c.condition()) + " ? " + show(c.whenTrue()) + " : " + show(c.whenFalse()) + ")";
            case Expr.Assign a -> "(" + show(a.target()) + " = " + show(a.value()) + ")";
            case Expr.Fill f -> "(" + show(f.target()) + " := " + show(f.value()) + ")";
            case Expr.CompoundAssign c -> "(" + show(c.target()) + " " + c.op().symbol() + "= " + show(c.value()) + ")";
            case Expr.Cast cast -> "((" + cast.type().text() + ")" + show(cast.operand()) + ")";
            case Expr.Call call -> {
                var arguments = call.arguments().stream().map(Trees::show).toList();
                yield (call.namespace() == null ? "" : call.namespace().text() + ".")
                        + call.name().text() + "(" + String.join(", ", arguments) + ")";
            }
            case Expr.StructSize size -> "structsize(" + size.struct().text() + ")";
            case Expr.Index index -> show(index.base()) + "[" + show(index.index()) + "]";
            case Expr.Slice s -> show(s.base()) + "[" + show(s.from()) + ":" + show(s.to()) + "]";
            case Expr.Member member -> show(member.base()) + "." + member.name().text();
            case Expr.Broken _ -> "<broken>";
        };
    }
}
