package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.spi.ByteStrings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a script, by recursive descent. */
public final class Parser {

    private final SourceFile source;
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private @Nullable FunctionParser functionParser; // null before the first function
    private final List<ScriptTree.PluginDirective> plugins = new ArrayList<>();
    private final List<ScriptTree.Struct> structs = new ArrayList<>();
    private final List<ScriptTree.Function> functions = new ArrayList<>();
    private final List<Stmt> topLevel = new ArrayList<>();
    private boolean expectsUnmatchedBraces; // whether unmatched closing braces are expected

    private Parser(SourceFile source, Diagnostics problems) {
        this.source = source;
        this.cursor = new Cursor(source, problems);
        this.expressions = new ExpressionParser(cursor);
        this.statements = new StatementParser(cursor, expressions);
    }

    /**
     * Parses a script. After a mistake it continues with the next statement, so that several mistakes are reported at
     * once. The time is proportional to the length of the text, the stack use is not: nesting is limited.
     *
     * @param source the script
     * @param problems receives the errors
     * @return the tree; if errors were reported, it contains what could be parsed
     * @throws dev.domin.lang.source.RefusedException once there are too many errors
     */
    public static ScriptTree parse(SourceFile source, Diagnostics problems) {
        return new Parser(source, problems).script();
    }

    private ScriptTree script() {
        try {
            while (isDirective()) {
                recovering(true);
            }
            while (!cursor.at(TokenKind.END)) {
                recovering(false);
            }
        } catch (Abort abort) {
            if (abort != Abort.FILE) {
                throw abort;
            }
        }
        return new ScriptTree(source, plugins, structs, functions, topLevel);
    }

    private void recovering(boolean directive) {
        int begun = cursor.taken();
        try {
            if (directive) {
                directive();
            } else {
                item();
            }
        } catch (Abort abort) {
            if (abort == Abort.FILE) {
                throw abort;
            }
            cursor.resetDepth(0);
            if (abort == Abort.BLOCKS) {
                expectsUnmatchedBraces = true;
            } else {
                Recovery.skipStatement(cursor, begun);
            }
        }
    }

    private boolean isDirective() {
        return cursor.atWord("plugin") && cursor.peek(1).kind == TokenKind.STRING;
    }

    /** {@return whether a token after the word {@code plugin} is a path, correctly or incorrectly written} */
    static boolean isPath(Cursor cursor, Token token) {
        return switch (token.kind) {
            case STRING, WORD, VARIABLE, LESS -> true;
            case INTEGER -> cursor.source().text().charAt(token.start) == '\'';
            default -> false;
        };
    }

    private Abort badPath(Token path) {
        String text = source.text().substring(path.start, path.end);
        boolean single = path.kind == TokenKind.INTEGER && text.length() > 2;
        return cursor.unexpected(
                "a string after `plugin`",
                single
                        ? "write `plugin \"" + Cursor.shorten(text.substring(1, text.length() - 1)) + "\";`"
                        : "write `plugin \"../plugins/print/PrintPlugin\";`");
    }

    private void directive() {
        Token word = cursor.advance();
        Token path = cursor.advance();
        cursor.semicolon("");
        String text = ByteStrings.toText(path.text);
        plugins.add(new ScriptTree.PluginDirective(cursor.since(word.start), path.span(), text));
    }

    private void item() {
        Token token = cursor.current();
        Token next = cursor.peek(1);
        switch (token.kind) {
            case SEMICOLON -> cursor.advance();
            case RIGHT_BRACE -> {
                if (!expectsUnmatchedBraces) {
                    cursor.error(token.span(), "there is no `{` for this `}`", "add a `{` above, or delete this `}`");
                    expectsUnmatchedBraces = true;
                }
                cursor.advance();
            }
            case CALLBACK -> functionParser().callback();
            case STRUCT -> {
                if (next.kind == TokenKind.WORD && cursor.peek(2).kind != TokenKind.VARIABLE) {
                    structs.add(new StructParser(cursor, expressions).struct());
                } else if (next.kind == TokenKind.LEFT_BRACE || next.kind.isKeyword()) {
                    cursor.advance();
                    throw cursor.unexpected("the name of the struct", "");
                } else {
                    statements.add(topLevel);
                }
            }
            case WORD -> word(token, next);
            default -> {
                if (token.kind.isType() && next.kind == TokenKind.WORD && cursor.peek(2).kind == TokenKind.LEFT_PAREN) {
                    cursor.advance();
                    functionParser().function(token.start, false, new TypeName(token.span(), token.text));
                } else if (token.kind.isType()
                        && next.kind == TokenKind.VARIABLE
                        && cursor.peek(2).kind == TokenKind.LEFT_PAREN) {
                    cursor.advance();
                    throw cursor.unexpected("a name", "function names have no `$`");
                } else {
                    statements.add(topLevel);
                }
            }
        }
    }

    private FunctionParser functionParser() {
        if (functionParser == null) {
            functionParser = new FunctionParser(cursor, expressions, statements, functions);
        }
        return functionParser;
    }

    private void word(Token word, Token next) {
        if (isDirective()) {
            cursor.error(
                    word.span(),
                    "plugin directives must be at the top of the file, before anything else",
                    "move this line up");
            directive();
        } else if (word.text.equals("plugin") && isPath(cursor, next)) {
            cursor.advance();
            throw badPath(next);
        } else if (next.kind == TokenKind.WORD
                && cursor.peek(2).kind == TokenKind.LEFT_PAREN
                && !next.startsLine
                && (ForeignWords.ofStatement(word.text) == null || ForeignWords.beginsFunction(word.text))) {
            cursor.advance();
            functionParser().badResult(word);
            functionParser().function(word.start, false, new TypeName(word.span(), "void"));
        } else if (next.kind == TokenKind.LEFT_PAREN
                && cursor.peek(2).kind == TokenKind.RIGHT_PAREN
                && cursor.peek(3).kind == TokenKind.LEFT_BRACE) {
            functionParser().functionWithoutResult();
        } else {
            statements.add(topLevel);
        }
    }
}
