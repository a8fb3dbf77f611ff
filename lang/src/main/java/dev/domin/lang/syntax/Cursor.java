package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;

/**
 * The tokens for the parsers: the current one, three more, and the previous one; and error handling common to all
 * parsers.
 */
final class Cursor {

    /**
     * The maximum nesting, so that any mix of brackets, operators and statements fits a stack of 512 KB: a statement or
     * bracket inside another counts 4, a call or index 6, an operator before its operand 2, and whatever only makes the
     * tree deeper (one more operator or {@code else if} in a chain) 1.
     */
    static final int MAX_DEPTH = 1_000;

    private static final int MAX_SHOWN_LENGTH = 40;
    private static final int MASK = 3;

    private final SourceFile source;
    private final Diagnostics problems;
    private final Defines tokens;
    private final Token[] ahead = new Token[MASK + 1];
    private int head;
    private int count;
    private Token previous;
    private int depth;
    private int taken;

    Cursor(SourceFile source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
        this.tokens = new Defines(source, problems);
        this.previous = new Token(TokenKind.END, 0, 0, "", 0, true, false);
    }

    /** {@return the script} */
    SourceFile source() {
        return source;
    }

    /** {@return the current token} */
    Token current() {
        return peek(0);
    }

    /**
     * Looks ahead.
     *
     * @param distance 0 for the current token, to 3
     * @return that token
     */
    Token peek(int distance) {
        while (count <= distance) {
            ahead[head + count & MASK] = tokens.next();
            count++;
        }
        return ahead[head + distance & MASK];
    }

    /** {@return the previous token; an empty one before the first} */
    Token previous() {
        return previous;
    }

    /** Advances to the next token, except at the end of the file. */
    Token advance() {
        Token token = current();
        previous = token;
        taken++;
        problems.checkTime(token.start);
        if (token.kind != TokenKind.END) {
            ahead[head] = null;
            head = head + 1 & MASK;
            count--;
        }
        return token;
    }

    /** {@return how often {@link #advance} has been called} */
    int taken() {
        return taken;
    }

    boolean at(TokenKind kind) {
        return current().kind == kind;
    }

    boolean atWord(String word) {
        return current().kind == TokenKind.WORD && current().text.equals(word);
    }

    /** Advances if the current token is of that kind. */
    boolean accept(TokenKind kind) {
        if (current().kind != kind) {
            return false;
        }
        advance();
        return true;
    }

    /** {@return the span from a start to the end of the previous token} */
    Span since(int start) {
        return new Span(start, Math.max(start, previous.end));
    }

    /** {@return the place directly after the previous token, where something is missing} */
    Span behind() {
        return new Span(previous.end, previous.end);
    }

    // ---- depth

    int depth() {
        return depth;
    }

    /** Restores the depth after an {@link Abort} was caught. */
    void resetDepth(int earlier) {
        depth = earlier;
    }

    void enter(int cost) {
        depth += cost;
        checkDepth(0, current().span());
    }

    void leave(int cost) {
        depth -= cost;
    }

    /**
     * Checks that a tree is not too deep for the later stages.
     *
     * @param height the height of the current expression
     * @param span what to point at
     */
    void checkDepth(int height, Span span) {
        if (depth + height > MAX_DEPTH) {
            problems.error(
                    span, "this is nested too deeply", "split it into functions, or use variables for its parts");
            throw Abort.FILE;
        }
    }

    // ---- errors

    /** {@return whether the lexer has reported the current mistake} */
    boolean isReported() {
        return at(TokenKind.BAD) || previous.broken || at(TokenKind.END) && current().broken;
    }

    /** Reports an error; parsing continues. */
    void error(Span span, String message, String help) {
        problems.error(span, message, help);
    }

    /** Reports an error unless the lexer has, and returns the exception to throw. */
    Abort fail(Span span, String message, String help) {
        if (!isReported()) {
            problems.error(span, message, help);
        }
        return Abort.STATEMENT;
    }

    /** Reports that something other than the current token was expected. */
    Abort unexpected(String wanted, String otherwise) {
        String help = defineHelp(otherwise);
        if (at(TokenKind.END)) {
            return fail(behind(), "expected " + wanted + ", got the end of the file", help);
        }
        return fail(current().span(), "expected " + wanted + ", got " + describe(current()), help);
    }

    /** Advances over a token of that kind, or aborts the statement. */
    Token expect(TokenKind kind, String where, String help) {
        if (at(kind)) {
            return advance();
        }
        throw unexpected("`" + kind.text + "` " + where, help);
    }

    /**
     * Advances over a closing bracket; a missing one is reported after the previous token, and parsing continues if
     * possible.
     */
    void close(TokenKind kind, String what) {
        if (accept(kind)) {
            return;
        }
        if (!isReported()) {
            error(behind(), "expected `" + kind.text + "` to close " + what, defineHelp(""));
        }
        if (!at(TokenKind.SEMICOLON) && !at(TokenKind.LEFT_BRACE) && !at(TokenKind.RIGHT_BRACE)) {
            throw Abort.STATEMENT;
        }
    }

    /**
     * Advances over the semicolon of a statement; if it is missing, parsing continues where the next statement
     * obviously begins.
     */
    void semicolon(String help) {
        if (accept(TokenKind.SEMICOLON)) {
            return;
        }
        if (!isReported()) {
            String hint = help;
            if (help.isEmpty() && at(TokenKind.COMMA)) {
                hint = "there is no comma operator";
            } else if (help.isEmpty() && at(TokenKind.RIGHT_PAREN)) {
                hint = "there is no `(` for this `)`";
            } else if (help.isEmpty() && at(TokenKind.LEFT_BRACE)) {
                hint = "`{` follows the head of an `if`, a loop or a function, or `else`";
            }
            error(behind(), "expected `;` after " + describe(previous), hint);
        }
        Token next = current();
        boolean fresh = next.startsLine
                && (next.kind == TokenKind.WORD
                        || next.kind == TokenKind.VARIABLE
                        || next.kind == TokenKind.LEFT_BRACE
                        || next.kind.isKeyword());
        if (!fresh && next.kind != TokenKind.RIGHT_BRACE && next.kind != TokenKind.END) {
            throw Abort.STATEMENT;
        }
    }

    /** {@return the help for a define that contains a {@code ;} or {@code =} by mistake; otherwise the other help} */
    private String defineHelp(String otherwise) {
        Token token = current();
        if (token.kind != TokenKind.SEMICOLON && token.kind != TokenKind.ASSIGN
                || source.text().startsWith(token.kind.text, token.start)) {
            return otherwise;
        }
        return "`#define " + shorten(source.text().substring(token.start, token.end)) + "` has a `" + token.kind.text
                + "` in its value, which is used here: remove it from the define";
    }

    // ---- texts for messages

    /** {@return a token as the script writes it} */
    String describe(Token token) {
        if (token.kind == TokenKind.END) {
            return token.end == 0 ? "the start of the file" : token.kind.text;
        }
        return "`" + shorten(source.text().substring(token.start, token.end)) + "`";
    }

    /** {@return the text, or its start where it is long} */
    static String shorten(String text) {
        if (text.length() <= MAX_SHOWN_LENGTH) {
            return text;
        }
        int end = MAX_SHOWN_LENGTH - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
