package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Parses functions and callbacks. */
final class FunctionParser {

    private static final List<String> TYPES = List.of("i32", "i64", "double", "string", "blob", "void");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final List<ScriptTree.Function> functions;

    /** Creates a parser that adds to a list. */
    FunctionParser(
            Cursor cursor,
            ExpressionParser expressions,
            StatementParser statements,
            List<ScriptTree.Function> functions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
        this.functions = functions;
    }

    /** Reports a word before the name of a function that is not a type. */
    void badResult(Token word) {
        String help = ForeignWords.ofType(word.text);
        String statement = ForeignWords.ofStatement(word.text);
        if (help == null && statement != null) {
            cursor.error(word.span(), "unknown keyword `" + word.text + "`", statement);
            return;
        }
        if (help == null) {
            String near = Suggestions.closest(word.text, TYPES);
            if (near == null) {
                near = Suggestions.closest(word.text, List.of("callback"));
            }
            help = near == null
                    ? "a function begins with its result type: void, i32, i64, double, string or blob"
                    : "did you mean `" + near + "`?";
        }
        cursor.error(word.span(), "there is no type `" + Cursor.shorten(word.text) + "`", help);
    }

    /** Reports a function that begins with its name, and skips it. */
    void functionWithoutResult() {
        Token name = cursor.advance();
        cursor.error(
                name.span(),
                "the function `" + Cursor.shorten(name.text) + "` has no result type",
                "write `void " + Cursor.shorten(name.text) + "()`, or `i32` where it returns a number");
        cursor.advance();
        cursor.advance();
        statements.block();
    }

    /** Parses a callback, beginning at its keyword. */
    void callback() {
        Token start = cursor.advance();
        Token type = cursor.current();
        if (type.kind == TokenKind.WORD && cursor.peek(1).kind == TokenKind.LEFT_PAREN) {
            cursor.error(
                    type.span(),
                    "the callback `" + Cursor.shorten(type.text) + "` has no result type",
                    "write `callback i32 " + Cursor.shorten(type.text) + "(ref blob $X)`");
            function(start.start, true, new TypeName(type.span(), "i32"));
            return;
        }
        if (type.kind == TokenKind.WORD && cursor.peek(1).kind == TokenKind.WORD) {
            badResult(type);
        } else if (!type.kind.isType()) {
            throw cursor.unexpected("a type after `callback`", "write `callback i32 NAME(ref blob $X)`");
        }
        cursor.advance();
        function(start.start, true, new TypeName(type.span(), type.text));
    }

    /** Parses a function after its result type. */
    void function(int start, boolean callback, TypeName result) {
        Token name = cursor.current();
        if (name.kind != TokenKind.WORD) {
            throw cursor.unexpected(
                    "the name of the " + (callback ? "callback" : "function"),
                    name.kind == TokenKind.VARIABLE ? "function names have no `$`" : "");
        }
        cursor.advance();
        expressions.declareFunction(name.text);
        List<ScriptTree.Parameter> parameters = new ArrayList<>();
        try {
            cursor.expect(TokenKind.LEFT_PAREN, "after the name", "a function without parameters is written `Name()`");
            if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
                do {
                    parameters.add(parameter());
                } while (cursor.accept(TokenKind.COMMA));
                if (!cursor.at(TokenKind.RIGHT_PAREN)
                        && (cursor.current().kind.isType() || cursor.at(TokenKind.REF))
                        && !cursor.isReported()) {
                    cursor.error(cursor.behind(), "expected `,` between the parameters", "");
                    throw Abort.STATEMENT;
                }
                cursor.close(TokenKind.RIGHT_PAREN, "the parameters");
            }
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            Recovery.skipHead(cursor, true);
        }
        Span head = cursor.since(start);
        if (!cursor.at(TokenKind.LEFT_BRACE)) {
            throw cursor.unexpected(
                    "`{` and the body of the function",
                    cursor.at(TokenKind.SEMICOLON)
                            ? "functions may be in any order, without forward declarations"
                            : "");
        }
        Stmt.Block body = statements.block();
        functions.add(
                new ScriptTree.Function(head, callback, result, new Name(name.span(), name.text), parameters, body));
    }

    private ScriptTree.Parameter parameter() {
        Token start = cursor.current();
        boolean byRef = cursor.accept(TokenKind.REF);
        Token type = cursor.current();
        if (type.kind == TokenKind.VOID_TYPE && cursor.peek(1).kind == TokenKind.RIGHT_PAREN) {
            throw cursor.fail(
                    type.span(), "a parameter cannot be void", "a function without parameters is written `Name()`");
        }
        if (type.kind == TokenKind.WORD
                && (cursor.peek(1).kind == TokenKind.VARIABLE
                        || cursor.peek(1).kind == TokenKind.WORD
                        || ForeignWords.ofType(type.text) != null)) {
            String help = ForeignWords.ofType(type.text);
            cursor.error(
                    type.span(),
                    "there is no type `" + Cursor.shorten(type.text) + "`",
                    help == null ? "the types are i32, i64, double, string and blob" : help);
        } else if (!type.kind.isType()) {
            throw cursor.unexpected(
                    "the type of a parameter", "a parameter is written `i32 $count` or `ref blob $data`");
        }
        cursor.advance();
        cursor.accept(TokenKind.AND);
        Token name = cursor.current();
        if (name.kind == TokenKind.WORD) {
            if (type.kind != TokenKind.WORD) {
                cursor.error(
                        name.span(),
                        "expected a variable, got `" + Cursor.shorten(name.text) + "`",
                        "variable names begin with `$`: `$" + Cursor.shorten(name.text) + "`");
            }
            expressions.declareReference(name.text);
        } else if (name.kind != TokenKind.VARIABLE) {
            throw cursor.unexpected(
                    "the name of the parameter",
                    name.kind == TokenKind.MULTIPLY ? "there are no pointers; write `ref`" : "");
        }
        cursor.advance();
        if (cursor.at(TokenKind.LEFT_BRACKET)) {
            throw cursor.fail(cursor.current().span(), "a parameter has no size", "it accepts a value of any size");
        }
        if (cursor.at(TokenKind.ASSIGN)) {
            throw cursor.fail(cursor.current().span(), "a parameter has no default", "each call passes all arguments");
        }
        return new ScriptTree.Parameter(
                cursor.since(start.start),
                byRef,
                new TypeName(type.span(), type.text),
                new Name(name.span(), name.text));
    }
}
