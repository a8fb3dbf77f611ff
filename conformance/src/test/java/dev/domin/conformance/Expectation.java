package dev.domin.conformance;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The expectation in one comment of a script.
 *
 * @param kind the kind
 * @param commentLine the line of the comment, from 1
 * @param line the expected line of the error: the comment's own line unless it has {@code on line N}; from 1
 * @param column the expected column of the error, from 1; 0 for any
 * @param text the line of output, the message, or the number
 */
record Expectation(Kind kind, int commentLine, int line, int column, String text) {

    /** The kinds of expectation, by the text between {@code //} and the colon. */
    enum Kind {
        /** {@code expect}: a line of standard output, in order; {@code <auto>} in it matches a number. */
        OUTPUT("expect"),
        /**
         * {@code expect loosely}: all of standard output; any sequence of spaces and line breaks counts as one space.
         */
        LOOSE_OUTPUT("expect loosely"),
        /** {@code expect error}: a compile error. */
        ERROR("expect error"),
        /** {@code expect runtime error}: a run-time error, in main or in a callback. */
        RUNTIME_ERROR("expect runtime error"),
        /** {@code expect warning}: a warning of {@code domin check}. A script that expects one is not run. */
        WARNING("expect warning"),
        /** {@code expect no warnings}: {@code domin check} has none. Such a script is not run. */
        NO_WARNINGS("expect no warnings"),
        /** {@code expect help}: one of the errors has this help text. */
        HELP("expect help"),
        /** {@code expect exit}: the exit code; by default 0, or 1 with a run-time error. */
        EXIT("expect exit"),
        /**
         * {@code args}: the script's arguments, separated by spaces, with double quotes around arguments with spaces.
         */
        ARGUMENTS("args"),
        /** {@code allow}: the only plugins that the script may use, by their namespaces; without it, all. */
        ALLOW("allow"),
        /** {@code input}: a line of the standard input; without any, that is at its end. */
        INPUT("input"),
        /**
         * {@code client sends}: a datagram with this text. The client starts at the line {@code listening on
         * 127.0.0.1:PORT}.
         */
        CLIENT_SENDS("client sends"),
        /** {@code client sends bytes}: a datagram with that many bytes, none equal to its neighbour. */
        CLIENT_SENDS_BYTES("client sends bytes"),
        /** {@code client gets}: the next datagram has this text. */
        CLIENT_GETS("client gets"),
        /** {@code client gets bytes}: the next datagram is one that {@code client sends bytes} would send. */
        CLIENT_GETS_BYTES("client gets bytes"),
        /** {@code client gets length}: the next datagram has that many bytes. */
        CLIENT_GETS_LENGTH("client gets length");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isError() {
            return this == ERROR || this == RUNTIME_ERROR || this == WARNING;
        }

        /** {@return whether it expects nothing, and says what the script finds} */
        boolean isSurrounding() {
            return this == ARGUMENTS || this == ALLOW || this == INPUT;
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
            Pattern.compile("// ((?:expect|args|allow|input|client)[a-z ]*?)(?: on line (\\d+))?(?: at (\\d+))?:(.*)$");
    private static final Pattern SUSPECT =
            Pattern.compile("//\\s*(?:expect|args|allow|input|client (?:gets|sends))[a-z ]*:");

    /**
     * Reads the expectation of a line.
     *
     * @param text the line
     * @param number its number, from 1
     * @return the expectation, or nothing
     * @throws IllegalArgumentException if a comment looks like an expectation but is invalid
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
            throw new IllegalArgumentException("line " + number + " is an unknown expectation: " + text);
        }
        return Optional.empty();
    }

    /** {@return the comment for this expectation, starting with the slashes} */
    String comment() {
        return "// " + kind.words()
                + (line == commentLine ? "" : " on line " + line)
                + (column == 0 ? "" : " at " + column)
                + (text.isEmpty() ? ":" : ": " + text);
    }

    /**
     * Compares a line with the expected text, in which {@code <auto>} matches a number.
     *
     * @param actual the actual line
     * @return whether it matches
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
