package dev.domin.lang.syntax;

/** Skips the rest of something that contains a mistake. */
final class Recovery {

    private Recovery() {}

    /**
     * Skips the rest of a broken statement: past its semicolon, or to the beginning or end of another one.
     *
     * @param cursor the tokens
     * @param begun the value of {@link Cursor#taken} at its start: at least one token is skipped
     */
    static void skipStatement(Cursor cursor, int begun) {
        if (cursor.taken() == begun && !cursor.at(TokenKind.RIGHT_BRACE)) {
            cursor.advance();
        }
        while (true) {
            Token token = cursor.current();
            switch (token.kind) {
                case END, RIGHT_BRACE -> {
                    return;
                }
                case SEMICOLON -> {
                    cursor.advance();
                    return;
                }
                case LEFT_BRACE -> {
                    if (opensBlock(cursor)) {
                        return;
                    }
                    skipBraces(cursor);
                }
                default -> {
                    if (token.startsLine
                            && (cursor.previous().broken || token.kind.beginsStatement() || token.kind.isType())) {
                        return;
                    }
                    cursor.advance();
                }
            }
        }
    }

    /**
     * Skips the rest of a broken head, up to its {@code )} or to the brace after it.
     *
     * @param cursor the tokens
     * @param parenthesis whether the head has one; otherwise it ends with its line
     */
    static void skipHead(Cursor cursor, boolean parenthesis) {
        int open = 0;
        while (true) {
            Token token = cursor.current();
            if (token.kind == TokenKind.LEFT_PAREN) {
                open++;
            } else if (token.kind == TokenKind.RIGHT_PAREN) {
                if (open-- == 0) {
                    cursor.advance();
                    return;
                }
            } else if (token.kind == TokenKind.END
                    || token.kind == TokenKind.RIGHT_BRACE
                    || token.kind == TokenKind.LEFT_BRACE
                    || token.startsLine && (!parenthesis || token.kind.beginsStatement() || cursor.previous().broken)) {
                return;
            }
            cursor.advance();
        }
    }

    private static boolean opensBlock(Cursor cursor) {
        return switch (cursor.previous().kind) {
            case ASSIGN, FILL, COMMA, LEFT_PAREN, RETURN, RIGHT_BRACKET -> false;
            default -> true;
        };
    }

    /** Skips a pair of braces and their content, but stops at a line that begins with the keyword of a statement. */
    private static void skipBraces(Cursor cursor) {
        int open = 0;
        do {
            if (cursor.at(TokenKind.LEFT_BRACE)) {
                open++;
            } else if (cursor.at(TokenKind.RIGHT_BRACE)) {
                open--;
            } else if (cursor.current().startsLine && cursor.current().kind.beginsStatement()) {
                return;
            }
            cursor.advance();
        } while (open > 0 && !cursor.at(TokenKind.END));
    }
}
