package dev.domin.lang.syntax;

import dev.domin.lang.source.Suggestions;

/** Reports a bare word where a value is expected. Loaded for mistakes only. */
final class UnknownWord {

    private UnknownWord() {}

    /** Reports a bare word that is not a reference, and registers it, so that it is reported once. */
    static void report(Cursor cursor, ExpressionParser expressions, Token word) {
        String help = ForeignWords.ofType(word.text);
        if (help != null) {
            throw cursor.fail(word.span(), "there is no type `" + word.text + "`", help);
        }
        help = expressions.functions.contains(word.text)
                ? "a function is called with `()`; a plugin takes a callback's name as a string: \"" + word.text + "\""
                : ForeignWords.ofValue(word.text);
        if (help == null) {
            String near =
                    expressions.references.isEmpty() ? null : Suggestions.closest(word.text, expressions.references);
            help = near != null
                    ? "did you mean `" + near + "`?"
                    : isUpperCase(word.text)
                            ? "a `#define` is valid only after its line; variable names begin with `$`"
                            : "variable names begin with `$`: write `$" + Cursor.shorten(word.text) + "`";
        }
        if (!cursor.isReported()) {
            cursor.error(word.span(), "there is no `" + Cursor.shorten(word.text) + "` here", help);
        }
        expressions.references.add(word.text); // reported once
        Token next = cursor.current();
        if (next.kind == TokenKind.SHIFT_LEFT && ForeignCalls.ofOutput(word.text)) {
            throw Abort.STATEMENT; // cout << "text" << endl
        }
        if (!next.startsLine
                && next.kind != TokenKind.END
                && (next.kind == TokenKind.WORD || ExpressionParser.beginsValue(next))) {
            if (ForeignWords.ofOperator(next.text) == null && !isAssign(next)) {
                throw Abort.STATEMENT;
            }
        }
    }

    private static boolean isAssign(Token word) {
        return word.kind == TokenKind.WORD && word.text.equals("assign");
    }

    private static boolean isUpperCase(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 'a' && word.charAt(i) <= 'z') {
                return false;
            }
        }
        return word.length() > 1;
    }
}
