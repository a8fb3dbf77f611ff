package dev.domin.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the texts of error messages in Java sources: the string literals in the message argument of calls of {@code
 * error} and {@code warning}.
 */
final class MessageTexts {

    private static final Pattern CALL = Pattern.compile("\\b(?:error|warning)\\(");

    private MessageTexts() {}

    /**
     * A piece of a message.
     *
     * @param place the file and line of the call
     * @param text the piece; the text between the pieces varies
     */
    record Text(String place, String text) {

        boolean isIn(String message) {
            return message.contains(text);
        }
    }

    /**
     * Reads sources.
     *
     * @param sources Java files
     * @return the pieces that contain at least one word
     * @throws IOException if one cannot be read
     */
    static List<Text> in(List<Path> sources) throws IOException {
        var texts = new ArrayList<Text>();
        for (var source : sources) {
            var code = Files.readString(source);
            var matcher = CALL.matcher(code);
            while (matcher.find()) {
                int line = 1
                        + (int) code.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                var place = source.getFileName() + ":" + line;
                for (var literal : literalsOfSecondArgument(code, matcher.end())) {
                    if (literal.matches("(?s).*\\p{L}{3,}.*")) {
                        texts.add(new Text(place, literal.strip()));
                    }
                }
            }
        }
        return texts;
    }

    /** Reads the arguments of a call, starting after its opening parenthesis. */
    private static List<String> literalsOfSecondArgument(String code, int start) {
        var literals = new ArrayList<String>();
        int depth = 0;
        int argument = 0;
        for (int i = start; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '"') {
                int end = endOfLiteral(code, i, '"');
                if (argument == 1) {
                    literals.add(code.substring(i + 1, end).translateEscapes());
                }
                i = end;
            } else if (c == '\'') {
                i = endOfLiteral(code, i, '\'');
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                if (depth == 0) {
                    return literals;
                }
                depth--;
            } else if (c == ',' && depth == 0) {
                argument++;
            }
        }
        return literals;
    }

    private static int endOfLiteral(String code, int start, char quote) {
        int end = start + 1;
        while (code.charAt(end) != quote) {
            end += code.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }
}
