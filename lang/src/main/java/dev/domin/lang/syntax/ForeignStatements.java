package dev.domin.lang.syntax;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Suggestions;
import java.util.List;
import java.util.Objects;

/** Reports statements of other languages with what to write instead, and continues parsing to find more mistakes. */
final class ForeignStatements {

    /** Keywords that may be followed by a value without a parenthesis. */
    private static final List<String> BEFORE_VALUES = List.of("else", "do", "case", "return");

    private static final List<String> TYPES = List.of("i32", "i64", "double", "string", "blob");

    /** What may follow a call; anything else after a closing parenthesis begins a statement. */
    private static final String BEHIND_CALLS = ";,)].?:+-*/%<>=!&|^";

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final DeclarationParser declarations;
    private final StatementParser statements;

    ForeignStatements(
            Cursor cursor, ExpressionParser expressions, DeclarationParser declarations, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.declarations = declarations;
        this.statements = statements;
    }

    /**
     * {@return whether a word that begins statements in other languages does so here, rather than being a name of the
     * script}
     */
    boolean isStatement(Token word, Token next) {
        if (expressions.isReference(word.text)
                || next.kind.precedence > 0
                || next.kind == TokenKind.DOT
                || next.kind == TokenKind.SEMICOLON) {
            return false;
        }
        return next.kind != TokenKind.LEFT_PAREN || !isCall(cursor.source(), next.start);
    }

    /** {@return whether the text after the matching parenthesis shows that the two enclose the arguments of a call} */
    private static boolean isCall(SourceFile source, int open) {
        String text = source.text();
        int depth = 0;
        int at = open;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = endOfLiteral(text, at);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                break;
            }
            at++;
        }
        do {
            at++;
        } while (at < text.length() && text.charAt(at) <= ' ');
        return at < text.length() && BEHIND_CALLS.indexOf(text.charAt(at)) >= 0;
    }

    private static int endOfLiteral(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(start) && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    /** {@code var $x = 1;}, {@code foreach (...) { ... }}. */
    Stmt statement(Token word) {
        cursor.error(
                word.span(),
                "unknown keyword `" + word.text + "`",
                Objects.requireNonNull(ForeignWords.ofStatement(word.text)));
        cursor.advance();
        if (cursor.at(TokenKind.VARIABLE)) {
            return declarations.declaration(new TypeName(word.span(), word.text));
        }
        if (cursor.current().kind.isType() || ForeignWords.isModifier(word.text)) {
            return statements.statement();
        }
        if (cursor.at(TokenKind.LEFT_PAREN)) {
            cursor.advance();
            Recovery.skipHead(cursor, true);
            return statements.statement();
        }
        throw Abort.STATEMENT;
    }

    /**
     * Parses {@code int x = 1;}, {@code retrun $x;}, {@code echo "x";}: a word that a value follows without an
     * operator.
     */
    Stmt declaration(Token word, Token next) {
        String help = ForeignWords.ofType(word.text);
        String near = help == null ? Suggestions.closest(word.text, BEFORE_VALUES) : null;
        if (near != null) {
            throw cursor.fail(
                    word.span(), "unknown keyword `" + Cursor.shorten(word.text) + "`", "did you mean `" + near + "`?");
        }
        if (help == null && expressions.isStruct(word.text)) {
            throw statements.structVariable(word);
        }
        boolean value =
                next.kind == TokenKind.VARIABLE ? ForeignCalls.ofOutput(word.text) : ExpressionParser.beginsValue(next);
        if (help == null && value && !expressions.isReference(word.text)) {
            String instead = ForeignCalls.help(word.text);
            throw cursor.fail(
                    word.span(),
                    "there is no statement `" + Cursor.shorten(word.text) + "`",
                    instead != null
                            ? instead
                            : "a function is called with parentheses: `" + Cursor.shorten(word.text) + "(...)`");
        }
        if (help == null && next.kind != TokenKind.VARIABLE) {
            return statements.evaluate();
        }
        if (help == null) {
            near = Suggestions.closest(word.text, TYPES);
            help = near == null ? "the types are i32, i64, double, string and blob" : "did you mean `" + near + "`?";
        }
        cursor.error(word.span(), "there is no type `" + Cursor.shorten(word.text) + "`", help);
        cursor.advance();
        while ((cursor.at(TokenKind.WORD) || cursor.current().kind.isType())
                && (cursor.peek(1).kind == TokenKind.VARIABLE || cursor.peek(1).kind == TokenKind.WORD)) {
            cursor.advance(); // unsigned long int $x
        }
        if (cursor.at(TokenKind.WORD)) {
            return bareVariable();
        }
        return declarations.declaration(new TypeName(word.span(), word.text));
    }

    private Stmt bareVariable() {
        expressions.declareReference(cursor.current().text); // its uses would repeat the mistake
        if (cursor.peek(1).kind == TokenKind.LEFT_PAREN) {
            throw Abort.BLOCKS;
        }
        Token name = cursor.advance();
        if (cursor.accept(TokenKind.ASSIGN)) {
            expressions.expression();
        }
        if (!cursor.at(TokenKind.SEMICOLON)) {
            throw Abort.STATEMENT;
        }
        cursor.advance();
        return new Stmt.Empty(name.span());
    }
}
