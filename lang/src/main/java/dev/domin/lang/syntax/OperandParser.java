package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses operands: values with their indexes, members and calls. */
final class OperandParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;

    OperandParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** {@return a value with its indexes, members, calls and {@code ++}} */
    Expr postfix() {
        int start = cursor.current().start;
        Expr expr = primary();
        while (true) {
            Token token = cursor.current();
            switch (token.kind) {
                case LEFT_BRACKET -> expr = index(start, expr);
                case DOT, ARROW -> expr = member(start, expr);
                case INCREMENT, DECREMENT -> {
                    Expr.Assignable target = expressions.target(expr, token);
                    cursor.advance();
                    int delta = token.kind == TokenKind.INCREMENT ? 1 : -1;
                    expr = new Expr.IncDec(cursor.since(start), target, delta, false);
                    expressions.grow(0, token);
                }
                case LEFT_PAREN ->
                    throw cursor.fail(
                            token.span(),
                            "only functions can be called",
                            expr instanceof Expr.Variable variable && !variable.bare()
                                    ? "function names have no `$`: `" + Cursor.shorten(variable.name()) + "(...)`"
                                    : "");
                default -> {
                    return expr;
                }
            }
        }
    }

    private Expr index(int start, Expr base) {
        Token open = cursor.advance();
        cursor.enter(4);
        Expr index = index(start, base, open);
        cursor.leave(4);
        return index;
    }

    private Expr index(int start, Expr base, Token open) {
        int baseHeight = expressions.height;
        Expr from = null;
        expressions.height = 0;
        if (cursor.at(TokenKind.RIGHT_BRACKET)) {
            throw cursor.unexpected("an index", "bytes are counted from 0: `[0]`; a part is `[from:to]`");
        }
        if (!cursor.at(TokenKind.COLON)) {
            from = expressions.expression();
        }
        if (!cursor.accept(TokenKind.COLON)) {
            cursor.close(TokenKind.RIGHT_BRACKET, "the index");
            Expr index = new Expr.Index(cursor.since(start), base, Objects.requireNonNull(from));
            expressions.grow(baseHeight, open);
            return index;
        }
        int fromHeight = expressions.height;
        Expr to = cursor.at(TokenKind.RIGHT_BRACKET) ? null : expressions.expression();
        cursor.close(TokenKind.RIGHT_BRACKET, "the slice");
        Expr slice = new Expr.Slice(cursor.since(start), base, from, to);
        expressions.grow(Math.max(baseHeight, fromHeight), open);
        return slice;
    }

    private Expr member(int start, Expr base) {
        Token dot = cursor.advance();
        if (dot.kind == TokenKind.ARROW) {
            cursor.error(dot.span(), "unknown operator `->`", "write `.`");
        }
        Token word = cursor.current();
        if (word.kind != TokenKind.WORD && !word.kind.isKeyword()) {
            boolean join = base instanceof Expr.StringLiteral
                    || word.kind == TokenKind.STRING
                    || dot.start > base.span().end();
            throw cursor.unexpected(
                    "a name after `.`",
                    join
                            ? "join strings with `+`"
                            : word.kind == TokenKind.VARIABLE ? "field and function names have no `$`" : "");
        }
        cursor.advance();
        Name name = new Name(word.span(), word.text);
        if (cursor.at(TokenKind.LEFT_PAREN)) {
            if (!(base instanceof Expr.Variable namespace) || !namespace.bare()) {
                throw noPlugin(base, name);
            }
            return call(start, new Name(namespace.span(), namespace.name()), name);
        }
        Expr member = new Expr.Member(cursor.since(start), base, name);
        expressions.grow(0, dot);
        return member;
    }

    private Abort noPlugin(Expr base, Name name) {
        String help = name.text().equalsIgnoreCase("length") && !(base instanceof Expr.Member)
                ? "`.Length` takes no parentheses"
                : ForeignCalls.help(name.text());
        return cursor.fail(
                base.span(),
                "only a plugin has functions",
                help != null
                        ? help
                        : "values have fields and `.Length`; functions take them as arguments, as in `str.Upper($s)`");
    }

    private Expr call(int start, @Nullable Name namespace, Name name) {
        Token open = cursor.advance();
        List<Expr> arguments = new ArrayList<>();
        int highest = 0;
        if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
            cursor.enter(4);
            while (true) {
                arguments.add(expressions.expression());
                highest = Math.max(highest, expressions.height);
                if (cursor.accept(TokenKind.COMMA)) {
                    continue;
                }
                Token next = cursor.current();
                if (!next.startsLine && ExpressionParser.beginsValue(next) && !cursor.isReported()) {
                    cursor.error(
                            cursor.behind(),
                            "expected `,` or `)` after argument " + arguments.size() + " of " + callee(namespace, name),
                            "");
                    continue;
                }
                if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
                    cursor.close(TokenKind.RIGHT_PAREN, "the arguments of " + callee(namespace, name));
                }
                break;
            }
            cursor.leave(4);
        }
        expressions.height = 0;
        expressions.grow(highest, open);
        return new Expr.Call(cursor.since(start), namespace, name, arguments);
    }

    private static String callee(@Nullable Name namespace, Name name) {
        String text = namespace == null ? name.text() : namespace.text() + "." + name.text();
        return "`" + Cursor.shorten(text) + "`";
    }

    private Expr primary() {
        Token token = cursor.current();
        expressions.height = 1;
        return switch (token.kind) {
            case VARIABLE -> {
                cursor.advance();
                yield new Expr.Variable(token.span(), token.text, false);
            }
            case INTEGER -> integer();
            case DOUBLE -> {
                cursor.advance();
                yield new Expr.DoubleLiteral(token.span(), token.number());
            }
            case STRING -> string();
            case WORD -> word();
            case LEFT_PAREN -> {
                cursor.advance();
                cursor.enter(2);
                Expr inner = expressions.expression();
                cursor.leave(2);
                cursor.close(TokenKind.RIGHT_PAREN, "the `(` before it");
                yield inner;
            }
            case STRUCTSIZE -> structSize();
            default -> {
                if ((token.kind.isType() || token.kind == TokenKind.STRUCT) && cursor.peek(1).kind == TokenKind.DOT) {
                    cursor.advance(); // a namespace with the name of a keyword
                    yield new Expr.Variable(token.span(), token.text, true);
                }
                throw UnexpectedValue.report(cursor);
            }
        };
    }

    private Expr integer() {
        Token token = cursor.advance();
        if (token.value == Long.MIN_VALUE) {
            cursor.error(
                    token.span(),
                    "this number does not fit an i64",
                    "the largest i64 is 9223372036854775807; one more is valid only after a minus sign");
            return new Expr.IntLiteral(token.span(), 0, false);
        }
        return new Expr.IntLiteral(token.span(), token.value, token.value > Integer.MAX_VALUE);
    }

    private Expr string() {
        Token token = cursor.advance();
        String value = token.text;
        if (cursor.at(TokenKind.STRING) && !token.broken) {
            StringBuilder joined = new StringBuilder(value);
            while (cursor.at(TokenKind.STRING) && !cursor.previous().broken) {
                joined.append(cursor.advance().text);
            }
            value = joined.toString();
        }
        int zero = value.indexOf('\0');
        return new Expr.StringLiteral(cursor.since(token.start), zero < 0 ? value : value.substring(0, zero));
    }

    private Expr word() {
        Token word = cursor.advance();
        if (cursor.at(TokenKind.LEFT_PAREN)) {
            if (word.text.equals("sizeof")) {
                throw cursor.fail(
                        word.span(),
                        "there is no `sizeof`",
                        "`structsize(NAME)` is the size of a struct, `.Length` that of a blob or string");
            }
            return call(word.start, null, new Name(word.span(), word.text));
        }
        if (cursor.at(TokenKind.COLON) && cursor.peek(1).kind == TokenKind.COLON) {
            throw doubleColon(word, cursor.peek(2));
        }
        if (!cursor.at(TokenKind.DOT)) {
            expressions.requireReference(word);
        }
        return new Expr.Variable(word.span(), word.text, true);
    }

    private Abort doubleColon(Token namespace, Token name) {
        String help = "write `" + Cursor.shorten(namespace.text) + "." + Cursor.shorten(name.text) + "`";
        if (namespace.text.equals("std")) {
            help = name.kind.isType() ? "the type is written `" + name.text + "`" : ForeignCalls.help(name.text);
            help = help != null ? help : "functions of plugins are called as `namespace.Function(...)`";
        }
        return cursor.fail(new Span(namespace.start, cursor.peek(1).end), "unknown operator `::`", help);
    }

    private Expr structSize() {
        Token word = cursor.advance();
        String help = "write `structsize(NAME)` with the name of a struct";
        cursor.expect(TokenKind.LEFT_PAREN, "after `structsize`", help);
        if (!cursor.at(TokenKind.WORD)) {
            throw cursor.unexpected(
                    "the name of a struct", cursor.at(TokenKind.VARIABLE) ? "`$x.Length` is the size of a blob" : help);
        }
        Token name = cursor.advance();
        cursor.close(TokenKind.RIGHT_PAREN, "`structsize`");
        return new Expr.StructSize(cursor.since(word.start), new Name(name.span(), name.text));
    }
}
