package dev.domin.lang.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses structs. */
final class StructParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;

    StructParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** Parses a struct, beginning at its keyword. */
    ScriptTree.Struct struct() {
        Token start = cursor.advance();
        Token name = cursor.advance();
        boolean packed = false;
        if (cursor.at(TokenKind.WORD)) {
            Token word = cursor.current();
            packed = true;
            if (!word.text.equals("packet")) {
                cursor.error(
                        word.span(),
                        "expected `packet` or `{`, got `" + Cursor.shorten(word.text) + "`",
                        "`struct NAME packet { ... }` is laid out byte by byte");
            }
            cursor.advance();
        }
        Token open = cursor.current();
        if (open.kind != TokenKind.LEFT_BRACE) {
            throw cursor.unexpected(
                    "`{` and the fields of the struct", "write `struct NAME packet { u16 id; u16 length; }`");
        }
        cursor.advance();
        List<ScriptTree.Field> fields = new ArrayList<>();
        while (!cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.END)) {
            if (endsEarly()) {
                cursor.error(open.span(), "this `{` is not closed", "a struct ends with `}`");
                break;
            }
            int begun = cursor.taken();
            try {
                fields(fields);
            } catch (Abort abort) {
                if (abort != Abort.STATEMENT) {
                    throw abort;
                }
                cursor.resetDepth(0);
                Recovery.skipStatement(cursor, begun);
            }
        }
        if (cursor.at(TokenKind.END) && !cursor.isReported()) {
            cursor.error(open.span(), "this `{` is not closed", "a struct ends with `}`");
        }
        cursor.accept(TokenKind.RIGHT_BRACE);
        expressions.declareStruct(name.text);
        var struct = new ScriptTree.Struct(cursor.since(start.start), new Name(name.span(), name.text), packed, fields);
        cursor.accept(TokenKind.SEMICOLON);
        return struct;
    }

    /** Whether the next declaration follows instead of a field. */
    private boolean endsEarly() {
        Token token = cursor.current();
        return token.kind == TokenKind.CALLBACK
                || token.kind == TokenKind.STRUCT && token.startsLine && cursor.peek(2).kind != TokenKind.SEMICOLON
                || token.kind.isType()
                        && cursor.peek(1).kind == TokenKind.WORD
                        && cursor.peek(2).kind == TokenKind.LEFT_PAREN;
    }

    /** {@code u16 a, b;}. */
    private void fields(List<ScriptTree.Field> fields) {
        Token type = cursor.current();
        if (type.kind != TokenKind.WORD && (!type.kind.isType() || type.kind == TokenKind.VOID_TYPE)) {
            throw cursor.unexpected(
                    "the type of a field",
                    type.kind == TokenKind.STRUCT ? "structs cannot be nested" : "a field is written `u16 length;`");
        }
        cursor.advance();
        int start = type.start;
        while (true) {
            Token name = cursor.current();
            if (name.kind == TokenKind.VARIABLE) {
                cursor.error(
                        name.span(),
                        "expected the name of a field, got " + cursor.describe(name),
                        "field names have no `$`: `" + Cursor.shorten(name.text) + "`");
            } else if (name.kind != TokenKind.WORD) {
                throw cursor.unexpected(
                        "the name of a field",
                        name.kind.isKeyword() ? "`" + name.text + "` is a keyword; choose another name" : "");
            }
            cursor.advance();
            Expr size = null;
            if (cursor.accept(TokenKind.LEFT_BRACKET)) {
                if (cursor.at(TokenKind.RIGHT_BRACKET)) {
                    throw cursor.unexpected("a size", "`string name[16];` is 16 bytes of text");
                }
                size = expressions.expression();
                cursor.close(TokenKind.RIGHT_BRACKET, "the size");
            }
            fields.add(new ScriptTree.Field(
                    cursor.since(start), new TypeName(type.span(), type.text), new Name(name.span(), name.text), size));
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
            start = cursor.current().start;
        }
        cursor.semicolon(cursor.at(TokenKind.COLON) ? "fields are whole bytes; use `>>` and `&` to extract bits" : "");
    }
}
