package dev.domin.lang.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses declarations of variables and references. */
final class DeclarationParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;

    DeclarationParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** Parses the rest of {@code i32 $a, $b = 2;} after its type. */
    Stmt declaration(TypeName type) {
        List<Stmt.Variable> variables = variables(type);
        cursor.semicolon("");
        return new Stmt.Declare(cursor.since(type.span().start()), variables);
    }

    /** {@code $a, $b = 2}. */
    List<Stmt.Variable> variables(TypeName type) {
        List<Stmt.Variable> variables = new ArrayList<>();
        do {
            variables.add(variable(type));
        } while (cursor.accept(TokenKind.COMMA));
        return variables;
    }

    private Stmt.Variable variable(TypeName type) {
        Token token = cursor.current();
        if (token.kind == TokenKind.WORD) {
            missingDollar(token);
        } else if (token.kind != TokenKind.VARIABLE) {
            String help = token.kind == TokenKind.MULTIPLY
                    ? "there are no pointers; use `ref` to pass a variable by reference"
                    : token.kind.isType() && cursor.previous().kind == TokenKind.COMMA
                            ? "write the type only once: `i32 $a, $b;`"
                            : token.kind.isKeyword() ? "variables are written like `$count`" : "";
            throw cursor.unexpected("a variable after " + cursor.describe(cursor.previous()), help);
        }
        cursor.advance();
        Name name = new Name(token.span(), token.text);
        Expr capacity = null;
        if (cursor.accept(TokenKind.LEFT_BRACKET)) {
            if (cursor.at(TokenKind.RIGHT_BRACKET)) {
                throw cursor.unexpected("a size", "`string $t[256];` has room for 256 bytes");
            }
            capacity = expressions.expression();
            cursor.close(TokenKind.RIGHT_BRACKET, "the size");
        }
        Expr initializer = null;
        if (cursor.accept(TokenKind.ASSIGN)) {
            initializer = expressions.expression();
        } else if (cursor.at(TokenKind.FILL)) {
            throw cursor.unexpected("`=`", "use `=` for the first value; `:=` fills an existing value");
        }
        return new Stmt.Variable(cursor.since(token.start), type, name, capacity, initializer);
    }

    private void missingDollar(Token word) {
        if (!cursor.isReported()) {
            cursor.error(
                    word.span(),
                    "expected a variable, got `" + Cursor.shorten(word.text) + "`",
                    "variable names begin with `$`: `$" + Cursor.shorten(word.text) + "`");
        }
        expressions.declareReference(word.text); // its uses would repeat the mistake
    }

    /** {@code ref blob &S = ...;}. */
    Stmt reference() {
        Token ref = cursor.advance();
        Token type = cursor.current();
        if (!type.kind.isType() || type.kind == TokenKind.VOID_TYPE) {
            throw cursor.unexpected("a type after `ref`", "declare a reference as in `ref blob &S = $B;`");
        }
        cursor.advance();
        cursor.accept(TokenKind.AND);
        Token name = cursor.current();
        if (name.kind != TokenKind.WORD && name.kind != TokenKind.VARIABLE) {
            throw cursor.unexpected("a name", "declare a reference as in `ref blob &S = $B;`");
        }
        cursor.advance();
        if (!cursor.accept(TokenKind.ASSIGN)) {
            throw cursor.fail(
                    cursor.behind(),
                    "the reference `" + Cursor.shorten(name.text) + "` needs a value to refer to",
                    "declare a reference as in `ref blob &S = $B;`");
        }
        Expr initializer = expressions.expression();
        expressions.declareReference(name.text);
        cursor.semicolon("");
        return new Stmt.DeclareRef(
                cursor.since(ref.start),
                new TypeName(type.span(), type.text),
                new Name(name.span(), name.text),
                initializer);
    }
}
