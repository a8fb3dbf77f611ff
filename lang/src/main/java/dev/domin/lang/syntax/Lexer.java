package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text into tokens, one at a time. Mistakes in a token are reported here, and the next token follows; {@code
 * #} is a token.
 */
final class Lexer {

    private final String text;
    private final Diagnostics problems;
    private @Nullable NumberLiterals numbers; // null before the first number
    private @Nullable TextLiterals texts; // null before the first string or character
    private int at;
    private boolean startsLine = true;
    private boolean endsInComment;

    Lexer(SourceFile source, Diagnostics problems) {
        this.text = source.text();
        this.problems = problems;
        if (text.startsWith("#!")) { // the first line of an executable script
            skipLine();
        }
    }

    /** {@return the next token; at the end always {@link TokenKind#END}} */
    Token next() {
        skipBlanks();
        boolean first = startsLine;
        startsLine = false;
        int start = at;
        if (at >= text.length()) {
            return new Token(TokenKind.END, start, start, "", 0, true, endsInComment);
        }
        char c = text.charAt(at);
        if (isNameStart(c) || c >= 0x80 && Character.isLetter(c)) {
            String word = word();
            return new Token(TokenKind.ofWord(word), start, at, word, 0, first, false);
        }
        if (c == '$') {
            return variable(start, first);
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            if (numbers == null) {
                numbers = new NumberLiterals(text, problems);
            }
            Token number = numbers.number(start, first);
            at = number.end;
            return number;
        }
        if (c == '"' || c == '\'') {
            if (texts == null) {
                texts = new TextLiterals(text, problems);
            }
            Token literal = c == '\''
                    ? texts.character(start, first)
                    : text.startsWith(TextLiterals.QUOTES, start)
                            ? texts.rawString(start, first)
                            : texts.string(start, first);
            at = literal.end;
            return literal;
        }
        TokenKind mark = mark(c);
        if (mark != null) {
            at += mark.text.length();
            return new Token(mark, start, at, "", 0, first, false);
        }
        return stray(start, first);
    }

    /**
     * Returns the char directly after a token.
     *
     * @param token a token
     * @return that char, 0 at the end
     */
    char behind(Token token) {
        return token.end < text.length() ? text.charAt(token.end) : 0;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                startsLine = true;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0B) {
                at++;
            } else if (c == '/' && peek(1) == '/') {
                skipLine();
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r')) {
                at += peek(1) == '\r' && peek(2) == '\n' ? 3 : 2;
            } else if (c >= 0x80 && isInvisible(c)) {
                skipInvisible();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problems.error(new Span(at, at + 2), "this comment is not closed", "close it with `*/`");
            at = text.length();
            endsInComment = true;
        } else {
            at = end + 2;
        }
    }

    private void skipInvisible() {
        int start = at;
        while (at < text.length() && isInvisible(text.charAt(at))) {
            at++;
        }
        problems.error(
                new Span(start, at),
                "an invisible character (" + codePoint(text.charAt(start)) + ") is not allowed here",
                "delete it or replace it with a space");
    }

    private static boolean isInvisible(char c) {
        return c == 0x85
                || Character.isSpaceChar(c)
                || c >= 0x80 && (Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.CONTROL);
    }

    private String word() {
        int start = at;
        boolean foreign = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c >= 0x80 && Character.isLetterOrDigit(c)) {
                foreign = true;
            } else if (!isNamePart(c)) {
                break;
            }
            at++;
        }
        String word = text.substring(start, at);
        if (foreign) {
            problems.error(
                    new Span(start, at),
                    "the name `" + Cursor.shorten(word) + "` contains letters that names cannot have",
                    "names consist of a to z, A to Z, 0 to 9 and `_`");
        }
        return word;
    }

    private Token variable(int start, boolean first) {
        char next = peek(1);
        if (!isNameStart(next) && !(next >= 0x80 && Character.isLetter(next))) {
            at++;
            String help = "variables are written like `$count`";
            if (isDigit(next)) {
                while (isNamePart(peek(0))) {
                    at++;
                }
                help = "names begin with a letter or `_`";
            }
            problems.error(new Span(start, at), "expected a name directly after `$`", help);
            return new Token(TokenKind.BAD, start, at, "", 0, first, false);
        }
        at++;
        String name = word();
        return new Token(TokenKind.VARIABLE, start, at, name, 0, first, false);
    }

    private @Nullable TokenKind mark(char c) {
        char next = peek(1);
        return switch (c) {
            case '(' -> TokenKind.LEFT_PAREN;
            case ')' -> TokenKind.RIGHT_PAREN;
            case '{' -> TokenKind.LEFT_BRACE;
            case '}' -> TokenKind.RIGHT_BRACE;
            case '[' -> TokenKind.LEFT_BRACKET;
            case ']' -> TokenKind.RIGHT_BRACKET;
            case ';' -> TokenKind.SEMICOLON;
            case ',' -> TokenKind.COMMA;
            case '.' -> TokenKind.DOT;
            case '?' -> TokenKind.QUESTION;
            case '~' -> TokenKind.COMPLEMENT;
            case '#' -> TokenKind.HASH;
            case ':' -> next == '=' ? TokenKind.FILL : TokenKind.COLON;
            case '!' -> next == '=' ? TokenKind.NOT_EQUAL : TokenKind.NOT;
            case '=' -> next == '=' ? TokenKind.EQUAL : TokenKind.ASSIGN;
            case '*' -> next == '=' ? TokenKind.MULTIPLY_ASSIGN : TokenKind.MULTIPLY;
            case '/' -> next == '=' ? TokenKind.DIVIDE_ASSIGN : TokenKind.DIVIDE;
            case '%' -> next == '=' ? TokenKind.REMAINDER_ASSIGN : TokenKind.REMAINDER;
            case '^' -> next == '=' ? TokenKind.XOR_ASSIGN : TokenKind.XOR;
            case '+' -> pick(next, '+', TokenKind.INCREMENT, TokenKind.ADD_ASSIGN, TokenKind.PLUS);
            case '-' ->
                next == '>'
                        ? TokenKind.ARROW
                        : pick(next, '-', TokenKind.DECREMENT, TokenKind.SUBTRACT_ASSIGN, TokenKind.MINUS);
            case '&' -> pick(next, '&', TokenKind.AND_ALSO, TokenKind.AND_ASSIGN, TokenKind.AND);
            case '|' -> pick(next, '|', TokenKind.OR_ELSE, TokenKind.OR_ASSIGN, TokenKind.OR);
            case '<' -> {
                if (next == '<') {
                    yield peek(2) == '=' ? TokenKind.SHIFT_LEFT_ASSIGN : TokenKind.SHIFT_LEFT;
                }
                yield next == '=' ? TokenKind.LESS_EQUAL : TokenKind.LESS;
            }
            case '>' -> {
                if (next == '>') {
                    yield peek(2) == '=' ? TokenKind.SHIFT_RIGHT_ASSIGN : TokenKind.SHIFT_RIGHT;
                }
                yield next == '=' ? TokenKind.GREATER_EQUAL : TokenKind.GREATER;
            }
            default -> null;
        };
    }

    private static TokenKind pick(char next, char same, TokenKind twice, TokenKind assigning, TokenKind alone) {
        return next == same ? twice : next == '=' ? assigning : alone;
    }

    /** Reports characters that begin no token; a string in typographic quotes is reported as a whole. */
    private Token stray(int start, boolean first) {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (isQuote(c)) {
            boolean closed = false;
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r' && !closed) {
                closed = isQuote(text.charAt(end++));
            }
            at = closed ? end : at;
            problems.error(
                    new Span(start, start + 1),
                    "the quotation mark `" + Character.toString(c) + "` (" + codePoint(c) + ") has no meaning here",
                    "strings are enclosed in plain `\"`");
            return new Token(closed ? TokenKind.STRING : TokenKind.BAD, start, at, "", 0, first, false);
        }
        while (at < text.length() && text.codePointAt(at) == c) {
            at += Character.charCount(c);
        }
        String shown = c < ' ' || c == 0x7F || Character.getType(c) == Character.SURROGATE
                ? codePoint(c)
                : c < 0x7F ? "`" + (char) c + "`" : "`" + Character.toString(c) + "` (" + codePoint(c) + ")";
        problems.error(new Span(start, at), "the character " + shown + " has no meaning here", strayHelp(c));
        return new Token(TokenKind.BAD, start, at, "", 0, first, false);
    }

    private static String strayHelp(int c) {
        return switch (c) {
            case 0 -> "a script is text: delete the 0 byte";
            case '\\' -> "a `\\` escapes characters inside strings, and joins lines at a line's end";
            case 0x2013, 0x2014, 0x2212 -> "did you mean a plain `-`?";
            case 0xD7 -> "did you mean a plain `*`?";
            case 0x2260 -> "write `!=`";
            case 0x2264 -> "write `<=`";
            case 0x2265 -> "write `>=`";
            case 0x2026 -> "write `...` in comments and strings only";
            default -> "";
        };
    }

    private static boolean isQuote(int c) {
        return c >= 0x2018 && c <= 0x201F || c == 0xAB || c == 0xBB || c == 0xB4 || c == '`';
    }

    private static String codePoint(int c) {
        String hex = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
        return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
