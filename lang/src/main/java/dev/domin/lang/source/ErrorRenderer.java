package dev.domin.lang.source;

/**
 * Formats an error: the place, the message, the line with carets under the place, the help.
 *
 * <pre>
 * echo.dom:4:45: error: argument 2 (timeoutMs) of callbackudpserver.Open takes int (i32 or i64), got string
 *   4 |   $sid = callbackudpserver.Open("OnPacket", "soon", 0);
 *     |                                             ^^^^^^
 *   help: -1 waits without end; other values are milliseconds
 * </pre>
 *
 * <p>Characters that would disturb a terminal (control characters, changes of the writing direction) are escaped: in
 * the line of the script as {@code <U+001B>}, since an escape there could be part of the script, and elsewhere as in
 * {@link MessageText}.
 */
public final class ErrorRenderer {

    /** The maximum number of columns of a source line that are shown; of a longer one the part around the place. */
    private static final int MAX_COLUMNS = 160;

    private static final String CUT = "...";
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String CYAN = "\u001b[1;36m";
    private static final String BLUE = "\u001b[34m";
    private static final String PLAIN = "\u001b[0m";

    private ErrorRenderer() {}

    /**
     * Formats an error or a warning of the compiler.
     *
     * @param diagnostic the error or warning
     * @param colour whether to use the colours of an ANSI terminal
     * @return the text; lines are separated by {@code \n}, with none at the end
     */
    public static String render(Diagnostic diagnostic, boolean colour) {
        boolean warning = diagnostic.severity() == Diagnostic.Severity.WARNING;
        return render(
                diagnostic.source(),
                diagnostic.span(),
                diagnostic.severity().label(),
                diagnostic.message(),
                diagnostic.help(),
                !colour ? "" : warning ? YELLOW : RED);
    }

    /**
     * Formats an error at a place.
     *
     * @param source the file
     * @param span the place; if it has several lines, the first one is marked; an empty one is marked with one caret
     * @param severity {@code error} or {@code runtime error}
     * @param message the error: what was expected and what was found
     * @param help how to fix it; empty for none
     * @param colour whether to use the colours of an ANSI terminal
     * @return the text; lines are separated by {@code \n}, with none at the end
     */
    public static String render(
            SourceFile source, Span span, String severity, String message, String help, boolean colour) {
        return render(source, span, severity, message, help, colour ? RED : "");
    }

    /** Formats an error or a warning in its colour; empty for none. */
    private static String render(
            SourceFile source, Span span, String severity, String message, String help, String accent) {
        boolean colour = !accent.isEmpty();
        int start = Math.max(0, Math.min(span.start(), source.text().length()));
        Position position = source.position(start);
        var out = new StringBuilder(256);
        paint(out, BOLD, colour);
        out.append(MessageText.escape(source.name()));
        out.append(':')
                .append(position.line())
                .append(':')
                .append(position.column())
                .append(": ");
        out.append(accent);
        out.append(severity).append(':');
        paint(out, PLAIN, colour);
        paint(out, BOLD, colour);
        out.append(' ');
        out.append(MessageText.escape(message));
        paint(out, PLAIN, colour);
        appendLine(out, source, position, Math.max(span.end() - start, 1), accent);
        if (!help.isEmpty()) {
            out.append("\n  ");
            paint(out, CYAN, colour);
            out.append("help:");
            paint(out, PLAIN, colour);
            out.append(' ');
            out.append(MessageText.escape(help));
        }
        return out.toString();
    }

    private static void appendLine(StringBuilder out, SourceFile source, Position position, int length, String accent) {
        boolean colour = !accent.isEmpty();
        String line = source.line(position.line());
        int from = line.offsetByCodePoints(0, Math.min(position.column() - 1, line.codePointCount(0, line.length())));
        int to = Math.min(from + length, Math.max(line.length(), from + 1));
        int first = 0;
        int last = forward(line, 0, MAX_COLUMNS);
        if (last < line.length()) {
            // the place, and a part of what precedes it
            first = Math.min(back(line, from, MAX_COLUMNS / 3), back(line, line.length(), MAX_COLUMNS));
            last = forward(line, first, MAX_COLUMNS);
        }
        String number = Integer.toString(position.line());
        out.append('\n');
        paint(out, BLUE, colour);
        out.append("  ").append(number).append(" | ");
        paint(out, PLAIN, colour);
        if (first > 0) {
            out.append(CUT);
        }
        appendShown(out, line, first, last);
        if (last < line.length()) {
            out.append(CUT);
        }
        out.append('\n');
        paint(out, BLUE, colour);
        out.append("  ").repeat(' ', number.length()).append(" | ");
        paint(out, PLAIN, colour);
        if (first > 0) {
            out.repeat(' ', CUT.length());
        }
        appendPadding(out, line, first, from);
        out.append(accent);
        int shownEnd = Math.min(to, last);
        out.repeat('^', Math.max(1, columns(line, from, shownEnd)));
        paint(out, PLAIN, colour);
    }

    /**
     * {@return the end of the text that fits into this many columns; what takes none on a terminal counts as one here}
     */
    private static int forward(String line, int start, int columns) {
        int left = columns;
        int at = start;
        while (at < line.length()) {
            int c = line.codePointAt(at);
            left -= Math.max(1, columns(c));
            if (left < 0) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** {@return the start of the text that fits into this many columns before an end} */
    private static int back(String line, int end, int columns) {
        int left = columns;
        int at = end;
        while (at > 0) {
            int c = line.codePointBefore(at);
            left -= Math.max(1, columns(c));
            if (left < 0) {
                break;
            }
            at -= Character.charCount(c);
        }
        return at;
    }

    private static void paint(StringBuilder out, String code, boolean colour) {
        if (colour) {
            out.append(code);
        }
    }

    private static void appendShown(StringBuilder out, String text, int from, int to) {
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            appendShown(out, c);
            i += Character.charCount(c);
        }
    }

    private static void appendShown(StringBuilder out, int c) {
        if (isHidden(c)) {
            out.append("<U+");
            String hex = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
            out.repeat('0', Math.max(0, 4 - hex.length())).append(hex).append('>');
        } else {
            out.appendCodePoint(c);
        }
    }

    /** Appends spaces as wide as the text; tabs remain tabs, since only the terminal knows their width. */
    private static void appendPadding(StringBuilder out, String line, int from, int to) {
        for (int i = from; i < to; ) {
            int c = line.codePointAt(i);
            if (c == '\t') {
                out.append('\t');
            } else {
                out.repeat(' ', columns(c));
            }
            i += Character.charCount(c);
        }
    }

    private static int columns(String line, int from, int to) {
        int columns = 0;
        for (int i = from; i < to && i < line.length(); ) {
            int c = line.codePointAt(i);
            columns += columns(c);
            i += Character.charCount(c);
        }
        return columns;
    }

    private static int columns(int c) {
        if (c < 0x7F && c >= ' ' || c == '\t') {
            return 1;
        }
        if (isHidden(c)) {
            return 4 + Math.max(4, Integer.toHexString(c).length());
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    private static boolean isHidden(int c) {
        return c != '\t' && MessageText.isHidden(c);
    }

    /** {@return whether a terminal shows the character in two columns: East Asian scripts and pictographs} */
    private static boolean isWide(int c) {
        return c >= 0x1100 && c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD;
    }
}
