package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import dev.domin.spi.ByteStrings;
import java.util.ArrayList;
import java.util.List;

/** Parses a script, by recursive descent. */
public final class Parser {

    private static final List<String> TYPES = List.of("i32", "i64", "double", "string", "blob", "void");

    private final SourceFile source;
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final List<ScriptTree.PluginDirective> plugins = new ArrayList<>();
    private final List<ScriptTree.Struct> structs = new ArrayList<>();
    private final List<ScriptTree.Function> functions = new ArrayList<>();
    private final List<Stmt> topLevel = new ArrayList<>();
    private boolean bracesAstray; // whether closing braces without opening ones were to be expected

    private Parser(SourceFile source, Diagnostics problems) {
        this.source = source;
        this.cursor = new Cursor(source, problems);
        this.expressions = new ExpressionParser(cursor);
        this.statements = new StatementParser(cursor, expressions);
    }

    /**
     * Parses a script. After a mistake it goes on with the next statement, so that several show in one run. The time
     * taken grows with the length of the text, the stack does not: what is nested too deeply is refused.
     *
     * @param source the script
     * @param problems takes what is wrong with it
     * @return the tree; where anything was reported it holds what could be parsed
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
                bracesAstray = true;
            } else {
                cursor.skipStatement(begun);
            }
        }
    }

    private boolean isDirective() {
        return cursor.atWord("plugin") && cursor.peek(1).kind == TokenKind.STRING;
    }

    /** {@return whether what stands behind the word {@code plugin} is a path, rightly or wrongly written} */
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
                if (!bracesAstray) {
                    cursor.error(
                            token.span(), "this `}` closes nothing", "a `{` is missing above, or this is one too many");
                    bracesAstray = true;
                }
                cursor.advance();
            }
            case CALLBACK -> callback();
            case STRUCT -> {
                if (next.kind == TokenKind.WORD && cursor.peek(2).kind != TokenKind.VARIABLE) {
                    struct();
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
                    function(token.start, false, new TypeName(token.span(), token.text));
                } else if (token.kind.isType()
                        && next.kind == TokenKind.VARIABLE
                        && cursor.peek(2).kind == TokenKind.LEFT_PAREN) {
                    cursor.advance();
                    throw cursor.unexpected("a name", "the names of functions carry no `$`");
                } else {
                    statements.add(topLevel);
                }
            }
        }
    }

    private void word(Token word, Token next) {
        if (isDirective()) {
            cursor.error(
                    word.span(),
                    "plugin directives stand at the top of the file, before anything else",
                    "move this line up");
            directive();
        } else if (word.text.equals("plugin") && isPath(cursor, next)) {
            cursor.advance();
            throw badPath(next);
        } else if (next.kind == TokenKind.WORD
                && cursor.peek(2).kind == TokenKind.LEFT_PAREN
                && !next.startsLine
                && (Habits.ofStatement(word.text) == null || Habits.beginsFunction(word.text))) {
            cursor.advance();
            badResult(word);
            function(word.start, false, new TypeName(word.span(), "void"));
        } else if (next.kind == TokenKind.LEFT_PAREN
                && cursor.peek(2).kind == TokenKind.RIGHT_PAREN
                && cursor.peek(3).kind == TokenKind.LEFT_BRACE) {
            lacksResult();
        } else {
            statements.add(topLevel);
        }
    }

    private void badResult(Token word) {
        String help = Habits.ofType(word.text);
        if (help == null && Habits.ofStatement(word.text) != null) {
            cursor.error(word.span(), "`" + word.text + "` is no word of the language", Habits.ofStatement(word.text));
            return;
        }
        if (help == null) {
            String near = Suggestions.closest(word.text, TYPES);
            if (near == null) {
                near = Suggestions.closest(word.text, List.of("callback"));
            }
            help = near == null
                    ? "a function begins with its result type: void, i32, i64, double, string or blob"
                    : "did you mean `" + near + "`?";
        }
        cursor.error(word.span(), "there is no type `" + Cursor.shorten(word.text) + "`", help);
    }

    private void lacksResult() {
        Token name = cursor.advance();
        cursor.error(
                name.span(),
                "the function `" + Cursor.shorten(name.text) + "` has no result type",
                "write `void " + Cursor.shorten(name.text) + "()`, or `i32` where it returns a number");
        cursor.advance();
        cursor.advance();
        statements.block();
    }

    private void callback() {
        Token start = cursor.advance();
        Token type = cursor.current();
        if (type.kind == TokenKind.WORD && cursor.peek(1).kind == TokenKind.LEFT_PAREN) {
            cursor.error(
                    type.span(),
                    "the callback `" + Cursor.shorten(type.text) + "` has no result type",
                    "write `callback i32 " + Cursor.shorten(type.text) + "(ref blob $X)`");
            function(start.start, true, new TypeName(type.span(), "i32"));
            return;
        }
        if (type.kind == TokenKind.WORD && cursor.peek(1).kind == TokenKind.WORD) {
            badResult(type);
        } else if (!type.kind.isType()) {
            throw cursor.unexpected("a type after `callback`", "write `callback i32 NAME(ref blob $X)`");
        }
        cursor.advance();
        function(start.start, true, new TypeName(type.span(), type.text));
    }

    /** A function behind its result type. */
    private void function(int start, boolean callback, TypeName result) {
        Token name = cursor.current();
        if (name.kind != TokenKind.WORD) {
            throw cursor.unexpected(
                    "the name of the " + (callback ? "callback" : "function"),
                    name.kind == TokenKind.VARIABLE ? "the names of functions carry no `$`" : "");
        }
        cursor.advance();
        expressions.declareFunction(name.text);
        List<ScriptTree.Parameter> parameters = new ArrayList<>();
        try {
            cursor.expect(TokenKind.LEFT_PAREN, "after the name", "a function without parameters is written `Name()`");
            if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
                do {
                    parameters.add(parameter());
                } while (cursor.accept(TokenKind.COMMA));
                if (!cursor.at(TokenKind.RIGHT_PAREN)
                        && (cursor.current().kind.isType() || cursor.at(TokenKind.REF))
                        && !cursor.isReported()) {
                    cursor.error(cursor.behind(), "expected `,` between the parameters", "");
                    throw Abort.STATEMENT;
                }
                cursor.close(TokenKind.RIGHT_PAREN, "the parameters");
            }
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.skipHead(true);
        }
        Span head = cursor.since(start);
        if (!cursor.at(TokenKind.LEFT_BRACE)) {
            throw cursor.unexpected(
                    "`{` and the body of the function",
                    cursor.at(TokenKind.SEMICOLON) ? "functions stand in any order: none has to be announced" : "");
        }
        Stmt.Block body = statements.block();
        functions.add(
                new ScriptTree.Function(head, callback, result, new Name(name.span(), name.text), parameters, body));
    }

    private ScriptTree.Parameter parameter() {
        Token start = cursor.current();
        boolean byRef = cursor.accept(TokenKind.REF);
        Token type = cursor.current();
        if (type.kind == TokenKind.VOID_TYPE && cursor.peek(1).kind == TokenKind.RIGHT_PAREN) {
            throw cursor.fail(
                    type.span(), "a parameter cannot be void", "a function without parameters is written `Name()`");
        }
        if (type.kind == TokenKind.WORD
                && (cursor.peek(1).kind == TokenKind.VARIABLE
                        || cursor.peek(1).kind == TokenKind.WORD
                        || Habits.ofType(type.text) != null)) {
            String help = Habits.ofType(type.text);
            cursor.error(
                    type.span(),
                    "there is no type `" + Cursor.shorten(type.text) + "`",
                    help == null ? "the types are i32, i64, double, string and blob" : help);
        } else if (!type.kind.isType()) {
            throw cursor.unexpected(
                    "the type of a parameter", "a parameter is written `i32 $count` or `ref blob $data`");
        }
        cursor.advance();
        cursor.accept(TokenKind.AND);
        Token name = cursor.current();
        if (name.kind == TokenKind.WORD) {
            if (type.kind != TokenKind.WORD) {
                cursor.error(
                        name.span(),
                        "expected a variable, got `" + Cursor.shorten(name.text) + "`",
                        "variables carry a `$`: `$" + Cursor.shorten(name.text) + "`");
            }
            expressions.declareReference(name.text);
        } else if (name.kind != TokenKind.VARIABLE) {
            throw cursor.unexpected(
                    "the name of the parameter",
                    name.kind == TokenKind.MULTIPLY ? "there are no pointers; write `ref`" : "");
        }
        cursor.advance();
        if (cursor.at(TokenKind.LEFT_BRACKET)) {
            throw cursor.fail(
                    cursor.current().span(), "a parameter has no size", "it takes what it is given, of any size");
        }
        if (cursor.at(TokenKind.ASSIGN)) {
            throw cursor.fail(
                    cursor.current().span(), "a parameter has no default", "each call names all its arguments");
        }
        return new ScriptTree.Parameter(
                cursor.since(start.start),
                byRef,
                new TypeName(type.span(), type.text),
                new Name(name.span(), name.text));
    }

    // ---- structs

    private void struct() {
        Token start = cursor.advance();
        Token name = cursor.advance();
        boolean packed = false;
        if (cursor.at(TokenKind.WORD)) {
            Token word = cursor.current();
            packed = true;
            if (!word.text.equals("packet")) {
                cursor.error(
                        word.span(),
                        "expected `packet` or `{`, got `" + Cursor.shorten(word.text) + "`",
                        "`struct NAME packet { ... }` is laid out byte by byte");
            }
            cursor.advance();
        }
        Token open = cursor.current();
        if (open.kind != TokenKind.LEFT_BRACE) {
            throw cursor.unexpected(
                    "`{` and the fields of the struct", "write `struct NAME packet { u16 id; u16 length; }`");
        }
        cursor.advance();
        List<ScriptTree.Field> fields = new ArrayList<>();
        while (!cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.END)) {
            if (endsEarly()) {
                cursor.error(open.span(), "this `{` is never closed", "a struct ends with `}`");
                break;
            }
            int begun = cursor.taken();
            try {
                fields(fields);
            } catch (Abort abort) {
                if (abort != Abort.STATEMENT) {
                    throw abort;
                }
                cursor.resetDepth(0);
                cursor.skipStatement(begun);
            }
        }
        if (cursor.at(TokenKind.END) && !cursor.isReported()) {
            cursor.error(open.span(), "this `{` is never closed", "a struct ends with `}`");
        }
        cursor.accept(TokenKind.RIGHT_BRACE);
        expressions.declareStruct(name.text);
        structs.add(new ScriptTree.Struct(cursor.since(start.start), new Name(name.span(), name.text), packed, fields));
        cursor.accept(TokenKind.SEMICOLON);
    }

    /** Whether what follows is no field but the next declaration. */
    private boolean endsEarly() {
        Token token = cursor.current();
        return token.kind == TokenKind.CALLBACK
                || token.kind == TokenKind.STRUCT && token.startsLine && cursor.peek(2).kind != TokenKind.SEMICOLON
                || token.kind.isType()
                        && cursor.peek(1).kind == TokenKind.WORD
                        && cursor.peek(2).kind == TokenKind.LEFT_PAREN;
    }

    /** {@code u16 a, b;}. */
    private void fields(List<ScriptTree.Field> fields) {
        Token type = cursor.current();
        if (type.kind != TokenKind.WORD && (!type.kind.isType() || type.kind == TokenKind.VOID_TYPE)) {
            throw cursor.unexpected(
                    "the type of a field",
                    type.kind == TokenKind.STRUCT ? "structs do not nest" : "a field is written `u16 length;`");
        }
        cursor.advance();
        int start = type.start;
        while (true) {
            Token name = cursor.current();
            if (name.kind == TokenKind.VARIABLE) {
                cursor.error(
                        name.span(),
                        "expected the name of a field, got " + cursor.describe(name),
                        "fields carry no `$`: `" + Cursor.shorten(name.text) + "`");
            } else if (name.kind != TokenKind.WORD) {
                throw cursor.unexpected(
                        "the name of a field",
                        name.kind.isKeyword()
                                ? "`" + name.text + "` is a word of the language; choose another name"
                                : "");
            }
            cursor.advance();
            Expr size = null;
            if (cursor.accept(TokenKind.LEFT_BRACKET)) {
                if (cursor.at(TokenKind.RIGHT_BRACKET)) {
                    throw cursor.unexpected("a size", "`string name[16];` is 16 bytes of text");
                }
                size = expressions.expression();
                cursor.close(TokenKind.RIGHT_BRACKET, "the size");
            }
            fields.add(new ScriptTree.Field(
                    cursor.since(start), new TypeName(type.span(), type.text), new Name(name.span(), name.text), size));
            if (!cursor.accept(TokenKind.COMMA)) {
                break;
            }
            start = cursor.current().start;
        }
        cursor.semicolon(cursor.at(TokenKind.COLON) ? "fields are whole bytes; bits are cut out by `>>` and `&`" : "");
    }
}
