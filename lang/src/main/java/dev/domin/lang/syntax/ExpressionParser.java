package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses expressions by precedence climbing. */
final class ExpressionParser {

    private final Cursor cursor;
    private final Set<String> references = new HashSet<>(); // bare words that may stand for variables
    private final Set<String> functions = new HashSet<>(); // the script's own, as far as they stand above
    private final Set<String> structs = new HashSet<>(); // likewise

    /**
     * How many nodes lie between the root of the expression parsed last and its deepest leaf. A long chain of operators
     * nests nothing in the text and everything in the tree, which the later stages walk.
     */
    private int height;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Makes a word known as a local reference, from here to the end of the file: whether it is visible, others say.
     *
     * @param name the word
     */
    void declareReference(String name) {
        references.add(name);
    }

    /** {@return whether a bare word may stand for a variable} */
    boolean isReference(String word) {
        return references.contains(word);
    }

    /** Notes the name of a struct, to tell who declares a variable of it what it is. */
    void declareStruct(String name) {
        structs.add(name);
    }

    /** {@return whether a struct of that name stands above} */
    boolean isStruct(String word) {
        return structs.contains(word);
    }

    /** Notes the name of a function, to tell who writes it without `()` what it is. */
    void declareFunction(String name) {
        functions.add(name);
    }

    /** {@return any expression} */
    Expr expression() {
        return expression(TokenKind.ASSIGNMENT);
    }

    /** {@return an expression without an assignment, as stands behind {@code case}} */
    Expr constant() {
        return expression(TokenKind.CONDITIONAL);
    }

    private Expr expression(int weakest) {
        cursor.enter(2);
        int start = cursor.current().start;
        Expr left = unary();
        while (true) {
            Token operator = cursor.current();
            TokenKind kind = operator.kind == TokenKind.WORD ? spelledOut(operator) : operator.kind;
            int precedence = kind.precedence;
            if (precedence == 0 || precedence < weakest) {
                cursor.leave(2);
                return left;
            }
            int leftHeight = height;
            if (precedence == TokenKind.ASSIGNMENT) {
                left = assignment(start, left, operator);
            } else if (kind == TokenKind.QUESTION) {
                left = conditional(start, left);
            } else {
                cursor.advance();
                Expr right = expression(precedence + 1);
                Span span = cursor.since(start);
                left = kind.op == null
                        ? new Expr.Logical(span, kind == TokenKind.AND_ALSO, left, right)
                        : new Expr.Binary(span, kind.op, operator.span(), left, right);
            }
            grow(leftHeight, operator);
        }
    }

    /** The node at hand stands above a part of that height and the one parsed last. */
    private void grow(int other, Token place) {
        height = Math.max(height, other) + 1;
        cursor.checkDepth(height, place.span());
    }

    private TokenKind spelledOut(Token word) {
        TokenKind kind = Habits.ofOperator(word.text);
        if (kind == null || kind == TokenKind.NOT || word.startsLine) {
            return TokenKind.WORD;
        }
        cursor.error(word.span(), "`" + word.text + "` is no operator", "write `" + kind.text + "`");
        return kind;
    }

    private Expr assignment(int start, Expr target, Token operator) {
        requireTarget(target, operator);
        cursor.advance();
        Expr value = expression(TokenKind.ASSIGNMENT);
        Span span = cursor.since(start);
        if (operator.kind == TokenKind.ASSIGN) {
            return new Expr.Assign(span, target, value);
        }
        if (operator.kind == TokenKind.FILL) {
            return new Expr.Fill(span, target, value);
        }
        return new Expr.CompoundAssign(span, operator.kind.op, operator.span(), target, value);
    }

    private void requireTarget(Expr target, Token operator) {
        if (target instanceof Expr.Variable
                || target instanceof Expr.Index
                || target instanceof Expr.Slice
                || target instanceof Expr.Member
                || target instanceof Expr.Broken) {
            return;
        }
        cursor.error(
                target.span(),
                "`" + operator.kind.text + "` needs something to change on its side: a variable, byte, slice or field",
                operator.kind == TokenKind.ASSIGN ? "`==` compares" : "");
    }

    private Expr conditional(int start, Expr condition) {
        cursor.advance();
        Expr whenTrue = expression(TokenKind.ASSIGNMENT);
        int trueHeight = height;
        if (!cursor.accept(TokenKind.COLON)) {
            throw cursor.unexpected("`:` and the other value of `?`", "a choice is written `condition ? one : other`");
        }
        Expr whenFalse = expression(TokenKind.CONDITIONAL);
        height = Math.max(height, trueHeight);
        return new Expr.Conditional(cursor.since(start), condition, whenTrue, whenFalse);
    }

    private Expr unary() {
        Token token = cursor.current();
        return switch (token.kind) {
            case MINUS -> {
                Token operand = cursor.peek(1);
                yield operand.kind == TokenKind.INTEGER && operand.value == Long.MIN_VALUE
                        ? lowest(token)
                        : prefix(token, UnaryOp.MINUS);
            }
            case PLUS -> prefix(token, UnaryOp.PLUS);
            case NOT -> prefix(token, UnaryOp.NOT);
            case COMPLEMENT -> prefix(token, UnaryOp.COMPLEMENT);
            case INCREMENT, DECREMENT -> prefix(token, null);
            case WORD -> {
                if (Habits.ofOperator(token.text) == TokenKind.NOT && cursor.peek(1).kind != TokenKind.LEFT_BRACE) {
                    cursor.error(token.span(), "`" + token.text + "` is no operator", "write `!`");
                    yield prefix(token, UnaryOp.NOT);
                }
                yield postfix();
            }
            case LEFT_PAREN -> {
                if (cursor.peek(2).kind == TokenKind.RIGHT_PAREN) {
                    Token type = cursor.peek(1);
                    if (type.kind.isType() || type.kind == TokenKind.WORD && Habits.ofType(type.text) != null) {
                        yield cast(token, type);
                    }
                }
                yield postfix();
            }
            default -> postfix();
        };
    }

    /** The lowest i64: a minus and the one number beyond i64 that may stand behind it. */
    private Expr lowest(Token minus) {
        cursor.advance();
        cursor.advance();
        height = 1;
        return new Expr.IntLiteral(cursor.since(minus.start), Long.MIN_VALUE, true);
    }

    private Expr prefix(Token operator, UnaryOp op) {
        cursor.enter(2);
        cursor.advance();
        Expr operand = unary();
        cursor.leave(2);
        if (op == null) {
            requireTarget(operand, operator);
        }
        grow(0, operator);
        Span span = cursor.since(operator.start);
        return op == null
                ? new Expr.IncDec(span, operand, operator.kind == TokenKind.INCREMENT ? 1 : -1, true)
                : new Expr.Unary(span, op, operand);
    }

    private Expr cast(Token open, Token type) {
        if (type.kind == TokenKind.WORD) {
            cursor.error(type.span(), "there is no type `" + type.text + "`", Habits.ofType(type.text));
        } else if (type.kind != TokenKind.I32_TYPE
                && type.kind != TokenKind.I64_TYPE
                && type.kind != TokenKind.DOUBLE_TYPE) {
            cursor.error(
                    new Span(open.start, cursor.peek(2).end),
                    "there is no cast to " + type.text,
                    "casts go to i32, i64 and double; plugins such as `str` and `blob` have functions that convert");
        }
        cursor.enter(2);
        cursor.advance();
        cursor.advance();
        cursor.advance();
        Expr operand = unary();
        cursor.leave(2);
        grow(0, open);
        return new Expr.Cast(cursor.since(open.start), new TypeName(type.span(), type.text), operand);
    }

    private Expr postfix() {
        int start = cursor.current().start;
        Expr expr = primary();
        while (true) {
            Token token = cursor.current();
            switch (token.kind) {
                case LEFT_BRACKET -> expr = index(start, expr);
                case DOT, ARROW -> expr = member(start, expr);
                case INCREMENT, DECREMENT -> {
                    requireTarget(expr, token);
                    cursor.advance();
                    int delta = token.kind == TokenKind.INCREMENT ? 1 : -1;
                    expr = new Expr.IncDec(cursor.since(start), expr, delta, false);
                    grow(0, token);
                }
                case LEFT_PAREN ->
                    throw cursor.fail(
                            token.span(),
                            "only functions can be called",
                            expr instanceof Expr.Variable variable && !variable.bare()
                                    ? "the names of functions carry no `$`: `" + Cursor.shorten(variable.name())
                                            + "(...)`"
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
        int baseHeight = height;
        Expr from = null;
        height = 0;
        if (cursor.at(TokenKind.RIGHT_BRACKET)) {
            throw cursor.unexpected("an index", "bytes are counted from 0: `[0]`; a part is `[from:to]`");
        }
        if (!cursor.at(TokenKind.COLON)) {
            from = expression();
        }
        if (!cursor.accept(TokenKind.COLON)) {
            cursor.close(TokenKind.RIGHT_BRACKET, "the index");
            Expr index = new Expr.Index(cursor.since(start), base, from);
            grow(baseHeight, open);
            return index;
        }
        int fromHeight = height;
        Expr to = cursor.at(TokenKind.RIGHT_BRACKET) ? null : expression();
        cursor.close(TokenKind.RIGHT_BRACKET, "the slice");
        Expr slice = new Expr.Slice(cursor.since(start), base, from, to);
        grow(Math.max(baseHeight, fromHeight), open);
        return slice;
    }

    private Expr member(int start, Expr base) {
        Token dot = cursor.advance();
        if (dot.kind == TokenKind.ARROW) {
            cursor.error(dot.span(), "`->` is no operator", "write `.`");
        }
        Token word = cursor.current();
        if (word.kind != TokenKind.WORD && !word.kind.isKeyword()) {
            boolean join = base instanceof Expr.StringLiteral
                    || word.kind == TokenKind.STRING
                    || dot.start > base.span().end();
            throw cursor.unexpected(
                    "a name behind `.`",
                    join
                            ? "strings are joined by `+`"
                            : word.kind == TokenKind.VARIABLE ? "fields and functions carry no `$`" : "");
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
        grow(0, dot);
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

    private Expr call(int start, Name namespace, Name name) {
        Token open = cursor.advance();
        List<Expr> arguments = new ArrayList<>();
        int highest = 0;
        if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
            cursor.enter(4);
            while (true) {
                arguments.add(expression());
                highest = Math.max(highest, height);
                if (cursor.accept(TokenKind.COMMA)) {
                    continue;
                }
                Token next = cursor.current();
                if (!next.startsLine && beginsValue(next) && !cursor.isReported()) {
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
        height = 0;
        grow(highest, open);
        return new Expr.Call(cursor.since(start), namespace, name, arguments);
    }

    private static String callee(Name namespace, Name name) {
        String text = namespace == null ? name.text() : namespace.text() + "." + name.text();
        return "`" + Cursor.shorten(text) + "`";
    }

    static boolean beginsValue(Token token) {
        return switch (token.kind) {
            case VARIABLE, INTEGER, DOUBLE, STRING -> true;
            default -> false;
        };
    }

    private Expr primary() {
        Token token = cursor.current();
        height = 1;
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
                Expr inner = expression();
                cursor.leave(2);
                cursor.close(TokenKind.RIGHT_PAREN, "the `(` before it");
                yield inner;
            }
            case STRUCTSIZE -> structSize();
            default -> {
                if ((token.kind.isType() || token.kind == TokenKind.STRUCT) && cursor.peek(1).kind == TokenKind.DOT) {
                    cursor.advance(); // a namespace that shares the word
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
                    "i64 ends at 9223372036854775807; only behind a minus there is room for one more");
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
            requireReference(word);
        }
        return new Expr.Variable(word.span(), word.text, true);
    }

    private Abort doubleColon(Token namespace, Token name) {
        String help = "write `" + Cursor.shorten(namespace.text) + "." + Cursor.shorten(name.text) + "`";
        if (namespace.text.equals("std")) {
            help = name.kind.isType() ? "the type is written `" + name.text + "`" : ForeignCalls.help(name.text);
            help = help != null ? help : "functions of plugins are called as `namespace.Function(...)`";
        }
        return cursor.fail(new Span(namespace.start, cursor.peek(1).end), "`::` is no operator", help);
    }

    /**
     * Reports a bare word that no reference declared above answers to.
     *
     * @param word the word
     */
    void requireReference(Token word) {
        if (references.contains(word.text)) {
            return;
        }
        String help = Habits.ofType(word.text);
        if (help != null) {
            throw cursor.fail(word.span(), "there is no type `" + word.text + "`", help);
        }
        help = functions.contains(word.text)
                ? "a function is called with `()`; a plugin takes a callback's name as a string: \"" + word.text + "\""
                : Habits.ofValue(word.text);
        if (help == null) {
            String near = references.isEmpty() ? null : Suggestions.closest(word.text, references);
            help = near != null
                    ? "did you mean `" + near + "`?"
                    : isUpperCase(word.text)
                            ? "a `#define` counts below its line only; variables carry a `$`"
                            : "variables carry a `$`: write `$" + Cursor.shorten(word.text) + "`";
        }
        if (!cursor.isReported()) {
            cursor.error(word.span(), "there is no `" + Cursor.shorten(word.text) + "` here", help);
        }
        references.add(word.text); // told once
        Token next = cursor.current();
        if (next.kind == TokenKind.SHIFT_LEFT && ForeignCalls.ofOutput(word.text)) {
            throw Abort.STATEMENT; // cout << "text" << endl
        }
        if (!next.startsLine && next.kind != TokenKind.END && (next.kind == TokenKind.WORD || beginsValue(next))) {
            if (Habits.ofOperator(next.text) == null && !isAssign(next)) {
                throw Abort.STATEMENT;
            }
        }
    }

    private static boolean isAssign(Token word) {
        return word.kind == TokenKind.WORD && word.text.equals("assign");
    }

    private static boolean isUpperCase(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 'a' && word.charAt(i) <= 'z') {
                return false;
            }
        }
        return word.length() > 1;
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
