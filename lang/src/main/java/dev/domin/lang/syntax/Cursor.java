package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;

/**
 * The tokens as the parsers see them: the one at hand, three more, and the one before; and what all of them say of errors.
 */
final class Cursor {

    /**
     * The most that may be nested, counted so that an unlucky mix of brackets, operators and statements still
     * fits a thread's stack of 512 KB: a statement or bracket in another counts 4, a call or index 6, an operator before
     * its operand 2, and what only makes the tree deep (a link of a chain of operators or of {@code else if}) 1.
     */
    static final int DEEPEST = 1_000;

    private static final int LONGEST_SHOWN = 40;
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

    /** {@return the token at hand} */
    Token current() {
        return peek(0);
    }

    /**
     * Looks ahead.
     *
     * @param distance 0 for the token at hand, to 3
     * @return that token
     */
    Token peek(int distance) {
        while (count <= distance) {
            ahead[head + count & MASK] = tokens.next();
            count++;
        }
        return ahead[head + distance & MASK];
    }

    /** {@return the token taken last; before the first one an empty one} */
    Token previous() {
        return previous;
    }

    /** Takes the token at hand; the end of the file stays. */
    Token advance() {
        Token token = current();
        previous = token;
        taken++;
        if (token.kind != TokenKind.END) {
            ahead[head] = null;
            head = head + 1 & MASK;
            count--;
        }
        return token;
    }

    /** {@return how many tokens have been taken; the end of the file counts each time} */
    int taken() {
        return taken;
    }

    boolean at(TokenKind kind) {
        return current().kind == kind;
    }

    boolean atWord(String word) {
        return current().kind == TokenKind.WORD && current().text.equals(word);
    }

    /** Takes the token at hand if it is of that kind. */
    boolean accept(TokenKind kind) {
        if (current().kind != kind) {
            return false;
        }
        advance();
        return true;
    }

    /** {@return from a start to the end of the token taken last} */
    Span since(int start) {
        return new Span(start, Math.max(start, previous.end));
    }

    /** {@return the place right behind the token taken last, where something is missing} */
    Span behind() {
        return new Span(previous.end, previous.end);
    }

    // ---- depth

    int depth() {
        return depth;
    }

    /** For who catches an {@link Abort}: back to where it was. */
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
     * Checks that a tree stays within what the later stages can walk.
     *
     * @param height of the expression at hand
     * @param span what to point at
     */
    void checkDepth(int height, Span span) {
        if (depth + height > DEEPEST) {
            problems.error(
                    span, "this is nested too deeply", "split it into functions, or use variables for its parts");
            throw Abort.FILE;
        }
    }

    // ---- errors

    /** Whether the mistake at hand has been reported by whoever cut the tokens. */
    boolean isReported() {
        return at(TokenKind.BAD) || previous.broken || at(TokenKind.END) && current().broken;
    }

    /** Reports, and goes on. */
    void error(Span span, String message, String help) {
        problems.error(span, message, help);
    }

    /** Reports unless it is known, and gives what to throw. */
    Abort fail(Span span, String message, String help) {
        if (!isReported()) {
            problems.error(span, message, help);
        }
        return Abort.STATEMENT;
    }

    /** Reports that something else was expected than the token at hand. */
    Abort unexpected(String wanted, String otherwise) {
        String help = helpOr(otherwise);
        if (at(TokenKind.END)) {
            return fail(behind(), "expected " + wanted + ", got the end of the file", help);
        }
        return fail(current().span(), "expected " + wanted + ", got " + describe(current()), help);
    }

    /** Takes a token of that kind, or gives up the statement. */
    Token expect(TokenKind kind, String where, String help) {
        if (at(kind)) {
            return advance();
        }
        throw unexpected("`" + kind.text + "` " + where, help);
    }

    /** Takes a closing bracket; a missing one is reported behind the token before, and passed over where it is safe. */
    void close(TokenKind kind, String what) {
        if (accept(kind)) {
            return;
        }
        if (!isReported()) {
            error(behind(), "expected `" + kind.text + "` to close " + what, helpOr(""));
        }
        if (!at(TokenKind.SEMICOLON) && !at(TokenKind.LEFT_BRACE) && !at(TokenKind.RIGHT_BRACE)) {
            throw Abort.STATEMENT;
        }
    }

    /** Takes the semicolon of a statement; a missing one is passed over where the next statement plainly begins. */
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

    /** {@return what to say of a define whose tokens hold a mark that its author took for its end or start; else the other help} */
    private String helpOr(String otherwise) {
        Token token = current();
        if (token.kind != TokenKind.SEMICOLON && token.kind != TokenKind.ASSIGN
                || source.text().startsWith(token.kind.text, token.start)) {
            return otherwise;
        }
        return "`#define " + shorten(source.text().substring(token.start, token.end)) + "` has a `" + token.kind.text
                + "` in its value, which is used here: remove it from the define";
    }

    // ---- words for people

    /** {@return what a token looks like to the author of the script} */
    String describe(Token token) {
        if (token.kind == TokenKind.END) {
            return token.end == 0 ? "the start of the file" : token.kind.text;
        }
        return "`" + shorten(source.text().substring(token.start, token.end)) + "`";
    }

    /** {@return the text, or its start where it is long} */
    static String shorten(String text) {
        if (text.length() <= LONGEST_SHOWN) {
            return text;
        }
        int end = LONGEST_SHOWN - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
