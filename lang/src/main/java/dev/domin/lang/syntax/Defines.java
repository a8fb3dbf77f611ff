package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes {@code #define} lines from the tokens and replaces their names by their values. A name is valid from the line
 * after its definition; names among its tokens are looked up where it is used. The replaced tokens have the place of
 * the use.
 */
final class Defines {

    /** A few lines of defines can expand to more tokens than fit into memory; no real script has so many. */
    private static final int MAX_TOKENS = 1_000_000;

    private final Lexer lexer;
    private final Diagnostics problems;
    private @Nullable Map<String, Definition> definitions; // null before the first
    private @Nullable Expansion expansion; // the innermost one, or null
    private @Nullable Token pending; // read ahead after a define
    private int produced;

    private static final class Definition {
        final List<Token> tokens;
        boolean inUse;

        Definition(List<Token> tokens) {
            this.tokens = tokens;
        }
    }

    private static final class Expansion {
        final Definition definition;
        final Token use;
        final @Nullable Expansion outer;
        int next;

        Expansion(Definition definition, Token use, @Nullable Expansion outer) {
            this.definition = definition;
            this.use = use;
            this.outer = outer;
        }
    }

    Defines(SourceFile source, Diagnostics problems) {
        this.lexer = new Lexer(source, problems);
        this.problems = problems;
    }

    /** {@return the next token for the parser} */
    Token next() {
        while (true) {
            Token token = expansion == null ? read() : nextOfExpansion(expansion);
            if (token == null) {
                continue;
            }
            if (token.kind == TokenKind.HASH) {
                directive(token);
                continue;
            }
            Definition definition =
                    token.kind == TokenKind.WORD && definitions != null ? definitions.get(token.text) : null;
            if (definition == null) {
                return token;
            }
            if (definition.inUse) {
                problems.error(
                        token.span(),
                        "`#define " + Cursor.shorten(token.text) + "` is defined by itself",
                        "the value of a define cannot lead back to its own name");
                return bad(token);
            }
            definition.inUse = true;
            expansion = new Expansion(definition, token, expansion);
        }
    }

    private Token read() {
        Token token = pending == null ? lexer.next() : pending;
        pending = null;
        return token;
    }

    /** {@return the next token; null at the end of the innermost expansion} */
    private @Nullable Token nextOfExpansion(Expansion current) {
        if (current.next == current.definition.tokens.size()) {
            current.definition.inUse = false;
            expansion = current.outer;
            return null;
        }
        boolean first = current.next == 0;
        Token token = current.definition.tokens.get(current.next++).at(current.use, first);
        if (++produced == MAX_TOKENS) {
            problems.error(
                    token.span(), "the defines of this script expand to more than 1,000,000 tokens", "use functions");
        }
        if (produced >= MAX_TOKENS) {
            while (expansion != null) {
                expansion.definition.inUse = false;
                expansion = expansion.outer;
            }
            definitions = null;
            return bad(token);
        }
        return token;
    }

    private static Token bad(Token token) {
        return new Token(TokenKind.BAD, token.start, token.end, "", 0, token.startsLine, false);
    }

    private void directive(Token hash) {
        Token word = lexer.next();
        if (!hash.startsLine) {
            problems.error(
                    hash.span(),
                    "`#` must be the first character of its line",
                    "write `#define NAME tokens` on a separate line");
            skipLine(word);
        } else if (word.startsLine || word.kind != TokenKind.WORD || !word.text.equals("define")) {
            String help = !word.startsLine && (word.text.equals("include") || word.text.equals("import"))
                    ? "plugins are loaded by `plugin \"../plugins/print/PrintPlugin\";`"
                    : "the only directive is `#define NAME tokens`";
            Span span = word.startsLine ? hash.span() : new Span(hash.start, word.end);
            problems.error(
                    span,
                    word.startsLine || word.text.isEmpty()
                            ? "expected `define` after `#`"
                            : "there is no `#" + Cursor.shorten(word.text) + "`",
                    help);
            skipLine(word);
        } else {
            define(word);
        }
    }

    private void define(Token define) {
        Token name = lexer.next();
        if (name.startsLine || name.kind != TokenKind.WORD) {
            boolean keyword = !name.startsLine && name.kind.isKeyword();
            problems.error(
                    name.startsLine ? new Span(define.end, define.end) : name.span(),
                    keyword
                            ? "`" + name.text + "` is a keyword and cannot be redefined"
                            : "expected a name after `#define`",
                    name.kind == TokenKind.VARIABLE ? "the names of defines have no `$`" : "");
            skipLine(name);
            return;
        }
        if (lexer.behind(name) == '(') {
            problems.error(
                    new Span(name.end, name.end + 1),
                    "`#define " + Cursor.shorten(name.text) + "` cannot have parameters",
                    "write a function; or put a space before the `(` if it is part of the value");
            skipLine(name);
            return;
        }
        if (isReserved(name.text)) {
            problems.error(name.span(), "`" + name.text + "` is a keyword and cannot be redefined");
            skipLine(name);
            return;
        }
        List<Token> tokens = new ArrayList<>();
        Token token = lexer.next();
        while (!token.startsLine) {
            tokens.add(token);
            token = lexer.next();
        }
        pending = token;
        if (definitions == null) {
            definitions = new HashMap<>();
        }
        Definition earlier = definitions.putIfAbsent(name.text, new Definition(tokens));
        if (earlier != null && !areEqual(earlier.tokens, tokens)) {
            problems.error(
                    name.span(),
                    "`" + Cursor.shorten(name.text) + "` is already defined with another value",
                    "rename one of the two");
        }
    }

    private static boolean isReserved(String name) {
        return switch (name) {
            case "plugin", "packet", "assign", "define" -> true;
            default -> false;
        };
    }

    private static boolean areEqual(List<Token> left, List<Token> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).isEqual(right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void skipLine(Token token) {
        Token next = token;
        while (!next.startsLine) {
            next = lexer.next();
        }
        pending = next;
    }
}
