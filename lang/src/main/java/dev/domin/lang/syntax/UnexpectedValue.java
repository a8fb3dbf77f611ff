package dev.domin.lang.syntax;

/** Reports a token where a value is expected. Loaded for mistakes only. */
final class UnexpectedValue {

    private UnexpectedValue() {}

    /** Reports the current token, and returns the exception to throw. */
    static Abort report(Cursor cursor) {
        Token token = cursor.current();
        TokenKind before = cursor.previous().kind;
        String help = help(cursor, token, before);
        if (token.kind == TokenKind.SEMICOLON || token.kind == TokenKind.RIGHT_BRACE) {
            return cursor.fail(cursor.behind(), "expected a value after " + cursor.describe(cursor.previous()), "");
        }
        if (help.isEmpty() && before == TokenKind.COMMA && token.kind == TokenKind.RIGHT_PAREN) {
            return cursor.unexpected("another argument after `,`", "");
        }
        boolean operand = help.isEmpty() && before.precedence > 0 && token.kind != TokenKind.END;
        return cursor.unexpected(operand ? "a value after `" + before.text + "`" : "a value", help);
    }

    private static String help(Cursor cursor, Token token, TokenKind before) {
        return switch (token.kind) {
            case LEFT_BRACE -> "there are no lists of values: assign a blob byte by byte, a struct field by field";
            case LEFT_BRACKET -> "there are no arrays: store the values in a `blob` or in a map (`map.Create`)";
            case ASSIGN ->
                switch (before) {
                    case ASSIGN -> "write `==` without a space";
                    case EQUAL, NOT_EQUAL -> "write `" + before.text + "`";
                    default -> "";
                };
            case AND ->
                cursor.peek(1).kind == TokenKind.VARIABLE
                        ? "pass a variable without `&`; the parameter is declared with `ref`"
                        : "";
            case MULTIPLY ->
                before == TokenKind.MULTIPLY ? "there is no power operator: write `$x * $x`" : "there are no pointers";
            case GREATER -> before == TokenKind.LESS ? "write `!=`" : "";
            default -> {
                boolean call = token.kind.isType() && cursor.peek(1).kind == TokenKind.LEFT_PAREN;
                String instead = call ? ForeignCalls.help(token.kind.text) : null;
                yield instead == null ? "" : instead;
            }
        };
    }
}
