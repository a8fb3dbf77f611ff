package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses statements by recursive descent. After a mistake it continues with the next statement. */
final class StatementParser {

    private static final List<String> COMMANDS =
            List.of("if", "else", "while", "do", "for", "switch", "case", "default", "break", "continue", "return");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final DeclarationParser declarations;
    private @Nullable ControlParser control; // null before the first statement that needs it
    private @Nullable ForeignStatements foreign; // likewise

    StatementParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.declarations = new DeclarationParser(cursor, expressions);
    }

    /**
     * Parses a block.
     *
     * @return the block, with the statements that could be parsed
     */
    Stmt.Block block() {
        Token open = cursor.advance();
        List<Stmt> statements = new ArrayList<>();
        while (!cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.END)) {
            add(statements);
        }
        closeBlock(open);
        return new Stmt.Block(cursor.since(open.start), statements);
    }

    void closeBlock(Token open) {
        if (!cursor.accept(TokenKind.RIGHT_BRACE) && !cursor.isReported()) {
            cursor.error(open.span(), "this `{` is not closed", "add a `}`, at the end of the file at the latest");
            throw Abort.FILE; // the enclosing braces are not closed either
        }
    }

    /** Parses a statement and adds it to a list, or skips it if it is broken. */
    void add(List<Stmt> statements) {
        int depth = cursor.depth();
        int begun = cursor.taken();
        try {
            statements.add(statement());
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            Recovery.skipStatement(cursor, begun);
        }
    }

    /** {@return any statement} */
    Stmt statement() {
        cursor.enter(4);
        Stmt statement = unbounded();
        cursor.leave(4);
        return statement;
    }

    private Stmt unbounded() {
        Token token = cursor.current();
        return switch (token.kind) {
            case LEFT_BRACE -> block();
            case SEMICOLON -> {
                cursor.advance();
                yield new Stmt.Empty(token.span());
            }
            case IF -> control().ifStatement();
            case WHILE -> control().whileStatement();
            case DO -> control().doStatement();
            case FOR -> control().forStatement();
            case SWITCH -> new SwitchParser(cursor, expressions, this, control()).switchStatement();
            case BREAK, CONTINUE -> jump();
            case RETURN -> returnStatement();
            case REF -> declarations.reference();
            case ELSE -> {
                cursor.error(token.span(), "`else` without an `if`", "without braces, an `if` has only one statement");
                cursor.advance();
                yield statement();
            }
            case CASE, DEFAULT ->
                throw cursor.fail(token.span(), "`" + token.kind.text + "` outside of a `switch`", "");
            case CALLBACK -> throw nestedFunction("callback");
            case STRUCT -> struct();
            case WORD -> word();
            case VARIABLE -> isAssign() ? overlay() : evaluate();
            default -> token.kind.isType() && cursor.peek(1).kind != TokenKind.DOT ? typed() : evaluate();
        };
    }

    // ---- declarations

    private Stmt typed() {
        if (cursor.peek(1).kind == TokenKind.WORD && cursor.peek(2).kind == TokenKind.LEFT_PAREN) {
            throw nestedFunction("function");
        }
        Token type = cursor.advance();
        return declarations.declaration(new TypeName(type.span(), type.text));
    }

    private Abort nestedFunction(String what) {
        cursor.error(
                cursor.current().span(),
                "a " + what + " cannot begin inside another function",
                "is a `}` missing above?");
        return Abort.BLOCKS;
    }

    private Stmt struct() {
        Token struct = cursor.current();
        if (cursor.peek(1).kind == TokenKind.DOT) {
            return evaluate();
        }
        if (cursor.peek(1).kind == TokenKind.WORD && cursor.peek(2).kind != TokenKind.VARIABLE) {
            throw nestedFunction("struct");
        }
        throw structVariable(struct);
    }

    /** Reports a variable declared with a struct as its type. */
    Abort structVariable(Token type) {
        String name = type.kind == TokenKind.WORD ? Cursor.shorten(type.text) : "NAME";
        return cursor.fail(
                type.span(),
                "a variable cannot have a struct as its type",
                "lay the struct over a blob: `blob $B[structsize(" + name + ")]; $B assign " + name + ";`");
    }

    // ---- statements that begin with a name

    private boolean isAssign() {
        Token assign = cursor.peek(1);
        return assign.kind == TokenKind.WORD && assign.text.equals("assign");
    }

    private Stmt overlay() {
        Token variable = cursor.advance();
        boolean bare = variable.kind == TokenKind.WORD;
        if (bare) {
            expressions.requireReference(variable);
        }
        cursor.advance();
        Token struct = cursor.current();
        if (struct.kind != TokenKind.WORD) {
            throw cursor.unexpected(
                    "the name of a struct after `assign`",
                    struct.kind == TokenKind.STRUCT ? "leave out `struct`" : "use `=` to assign a value");
        }
        cursor.advance();
        cursor.semicolon("");
        return new Stmt.AssignOverlay(
                cursor.since(variable.start),
                new Expr.Variable(variable.span(), variable.text, bare),
                new Name(struct.span(), struct.text));
    }

    private Stmt word() {
        Token word = cursor.current();
        Token next = cursor.peek(1);
        if (isAssign()) {
            return overlay();
        }
        if (word.text.equals("plugin") && Parser.isPath(cursor, next)) {
            throw cursor.fail(
                    word.span(),
                    "plugin directives must be at the top of the file, before anything else",
                    "move this line up");
        }
        if (isForeign(word, next)) {
            return foreign().statement(word);
        }
        if (next.startsLine
                || next.kind != TokenKind.WORD && !next.kind.isKeyword() && !ExpressionParser.beginsValue(next)) {
            return evaluate();
        }
        return foreign().declaration(word, next);
    }

    boolean isForeign(Token word, Token next) {
        return ForeignWords.ofStatement(word.text) != null && foreign().isStatement(word, next);
    }

    private ControlParser control() {
        if (control == null) {
            control = new ControlParser(cursor, expressions, declarations, this);
        }
        return control;
    }

    private ForeignStatements foreign() {
        if (foreign == null) {
            foreign = new ForeignStatements(cursor, expressions, declarations, this);
        }
        return foreign;
    }

    /** Parses an expression and its semicolon. */
    Stmt evaluate() {
        Token start = cursor.current();
        Expr expression = expressions.expression();
        String help = "";
        if (expression instanceof Expr.Variable && start.kind == TokenKind.WORD) {
            String near = Suggestions.closest(start.text, COMMANDS);
            help = near == null ? "" : "did you mean `" + near + "`?";
        }
        cursor.semicolon(help);
        return new Stmt.Evaluate(cursor.since(start.start), expression);
    }

    private Stmt jump() {
        Token word = cursor.advance();
        cursor.semicolon("");
        Span span = cursor.since(word.start);
        return word.kind == TokenKind.BREAK ? new Stmt.Break(span) : new Stmt.Continue(span);
    }

    private Stmt returnStatement() {
        Token start = cursor.advance();
        Expr value = null;
        boolean missing = cursor.current().startsLine && cursor.current().kind.beginsStatement();
        if (!missing
                && !cursor.at(TokenKind.SEMICOLON)
                && !cursor.at(TokenKind.RIGHT_BRACE)
                && !cursor.at(TokenKind.END)) {
            value = expressions.expression();
        }
        cursor.semicolon("");
        return new Stmt.Return(cursor.since(start.start), value);
    }
}
