package dev.domin.conformance;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one comment of a script expects.
 *
 * @param kind of what
 * @param commentLine the line of the comment, from 1
 * @param line the line that the error has to be reported on: the comment's own unless it says {@code on line N}; from 1
 * @param column the column that the error has to be reported at, from 1; 0 leaves it open
 * @param text the line of output, the sentence, or the number
 */
record Expectation(Kind kind, int commentLine, int line, int column, String text) {

    /** The kinds of expectation, by what stands between {@code //} and the colon. */
    enum Kind {
        /** {@code expect}: a line of standard output, in order; {@code <auto>} in it matches a number. */
        OUTPUT("expect"),
        /** {@code expect loosely}: all of standard output, any run of blanks and line breaks being one blank. */
        LOOSE_OUTPUT("expect loosely"),
        /** {@code expect error}: the script is refused before it starts. */
        ERROR("expect error"),
        /** {@code expect runtime error}: the script fails while it runs, in main or in a callback. */
        RUNTIME_ERROR("expect runtime error"),
        /** {@code expect help}: one of the errors shows this way out. */
        HELP("expect help"),
        /** {@code expect exit}: the exit code; left out, it is 0, or 1 with a run-time error. */
        EXIT("expect exit"),
        /** {@code args}: the script's arguments, blanks between them, double quotes around one with blanks. */
        ARGUMENTS("args"),
        /**
         * {@code client sends}: a datagram with this text. The client starts at the line {@code listening on
         * 127.0.0.1:PORT}.
         */
        CLIENT_SENDS("client sends"),
        /** {@code client sends bytes}: a datagram with so many bytes, none equal to its neighbour. */
        CLIENT_SENDS_BYTES("client sends bytes"),
        /** {@code client gets}: the next datagram has this text. */
        CLIENT_GETS("client gets"),
        /** {@code client gets bytes}: the next datagram is one that {@code client sends bytes} would send. */
        CLIENT_GETS_BYTES("client gets bytes"),
        /** {@code client gets length}: the next datagram has so many bytes. */
        CLIENT_GETS_LENGTH("client gets length");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isError() {
            return this == ERROR || this == RUNTIME_ERROR;
        }

        boolean isClientStep() {
            return words.startsWith("client");
        }

        static Optional<Kind> of(String words) {
            for (var kind : values()) {
                if (kind.words.equals(words)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private static final Pattern COMMENT =
            Pattern.compile("// ((?:expect|args|client)[a-z ]*?)(?: on line (\\d+))?(?: at (\\d+))?:(.*)$");
    private static final Pattern SUSPECT = Pattern.compile("//\\s*(?:expect|args|client (?:gets|sends))[a-z ]*:");

    /**
     * Reads the expectation of a line.
     *
     * @param text the line
     * @param number its number, from 1
     * @return the expectation, or nothing
     * @throws IllegalArgumentException if a comment looks like one and is none
     */
    static Optional<Expectation> of(String text, int number) {
        var comment = COMMENT.matcher(text);
        if (comment.find()) {
            var kind = Kind.of(comment.group(1));
            if (kind.isPresent()) {
                int line = comment.group(2) == null ? number : Integer.parseInt(comment.group(2));
                int column = comment.group(3) == null ? 0 : Integer.parseInt(comment.group(3));
                var value = comment.group(4).stripTrailing();
                return Optional.of(new Expectation(
                        kind.get(), number, line, column, value.startsWith(" ") ? value.substring(1) : value));
            }
        }
        if (SUSPECT.matcher(text).find()) {
            throw new IllegalArgumentException("line " + number + " is no expectation that this runner knows: " + text);
        }
        return Optional.empty();
    }

    /** {@return the comment that expects this, from the two slashes on} */
    String comment() {
        return "// " + kind.words()
                + (line == commentLine ? "" : " on line " + line)
                + (column == 0 ? "" : " at " + column)
                + (text.isEmpty() ? ":" : ": " + text);
    }

    /**
     * Compares a line with what is expected, {@code <auto>} standing for a number.
     *
     * @param actual what came
     * @return whether it is what was expected
     */
    boolean matches(String actual) {
        if (!text.contains("<auto>")) {
            return text.equals(actual.stripTrailing());
        }
        var parts = text.split("<auto>", -1);
        var pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : "\\d+").append(Pattern.quote(parts[i]));
        }
        return actual.stripTrailing().matches(pattern.toString());
    }
}
