package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Parses statements by recursive descent. After a mistake it goes on with the next statement. */
final class StatementParser {

    private static final String FOR_HELP = "a loop is written `for ($i = 0; $i < 10; $i++) { ... }`";
    private static final List<String> COMMANDS =
            List.of("if", "else", "while", "do", "for", "switch", "case", "default", "break", "continue", "return");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final DeclarationParser declarations;
    private ForeignStatements foreign; // made for the first statement that needs it, which few scripts have

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

    private void closeBlock(Token open) {
        if (!cursor.accept(TokenKind.RIGHT_BRACE) && !cursor.isReported()) {
            cursor.error(
                    open.span(), "this `{` is never closed", "a `}` is missing, at the end of the file at the latest");
            throw Abort.FILE; // the braces around it are not closed either
        }
    }

    /** Parses a statement into a list, or leaves it out where it is broken. */
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
            cursor.skipStatement(begun);
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
            case IF -> ifStatement();
            case WHILE -> whileStatement();
            case DO -> doStatement();
            case FOR -> forStatement();
            case SWITCH -> switchStatement();
            case BREAK, CONTINUE -> jump();
            case RETURN -> returnStatement();
            case REF -> declarations.reference();
            case ELSE -> {
                cursor.error(token.span(), "`else` without an `if`", "without braces one statement belongs to an `if`");
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
                "perhaps a `}` is missing above");
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

    /** Reports a variable whose type would be a struct, at its type. */
    Abort structVariable(Token type) {
        String name = type.kind == TokenKind.WORD ? Cursor.shorten(type.text) : "NAME";
        return cursor.fail(
                type.span(),
                "there are no variables of a struct's type",
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
                    struct.kind == TokenKind.STRUCT ? "leave out `struct`" : "values are assigned by `=`");
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
                    "plugin directives stand at the top of the file, before anything else",
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

    private boolean isForeign(Token word, Token next) {
        return Habits.ofStatement(word.text) != null && foreign().isStatement(word, next);
    }

    private ForeignStatements foreign() {
        if (foreign == null) {
            foreign = new ForeignStatements(cursor, expressions, declarations, this);
        }
        return foreign;
    }

    /** An expression and its semicolon. */
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

    // ---- control flow

    /** {@code if} and all its {@code else if}, in a loop: a long chain of them nests in the tree, not in the text. */
    private Stmt ifStatement() {
        List<Token> starts = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        List<Stmt> bodies = new ArrayList<>();
        Stmt last = null;
        while (true) {
            cursor.enter(1);
            starts.add(cursor.advance());
            conditions.add(condition(cursor.previous().text));
            bodies.add(body("if", conditions.getLast()));
            if (isElseIf()) {
                cursor.error(
                        cursor.current().span(),
                        "`" + cursor.current().text + "` is no word of the language",
                        "write `else if`");
                continue;
            }
            if (!cursor.accept(TokenKind.ELSE)) {
                break;
            }
            if (!cursor.at(TokenKind.IF)) {
                last = body("else", null);
                break;
            }
        }
        for (int i = starts.size() - 1; i >= 0; i--) {
            last = new Stmt.If(cursor.since(starts.get(i).start), conditions.get(i), bodies.get(i), last);
        }
        cursor.leave(starts.size());
        return last;
    }

    private boolean isElseIf() {
        Token token = cursor.current();
        return token.kind == TokenKind.WORD
                && (token.text.equals("elif") || token.text.equals("elsif") || token.text.equals("elseif"));
    }

    private Stmt whileStatement() {
        Token start = cursor.advance();
        Expr condition = condition("while");
        Stmt body = body("while", condition);
        return new Stmt.While(cursor.since(start.start), condition, body);
    }

    private Stmt doStatement() {
        Token start = cursor.advance();
        Stmt body = body("do", null);
        cursor.expect(TokenKind.WHILE, "after the body of `do`", "a loop is written `do { ... } while (condition);`");
        Expr condition = condition("while");
        cursor.semicolon("");
        return new Stmt.DoWhile(cursor.since(start.start), body, condition);
    }

    private Stmt forStatement() {
        Token start = cursor.advance();
        Stmt initializer = null;
        Expr condition = null;
        Expr update = null;
        int depth = cursor.depth();
        boolean parenthesis = cursor.at(TokenKind.LEFT_PAREN);
        try {
            cursor.expect(TokenKind.LEFT_PAREN, "after `for`", FOR_HELP);
            initializer = forInitializer();
            condition = cursor.at(TokenKind.SEMICOLON) ? null : expressions.expression();
            forSemicolon("the condition");
            update = cursor.at(TokenKind.RIGHT_PAREN) ? null : expressions.expression();
            if (cursor.at(TokenKind.COMMA)) {
                throw cursor.unexpected("`)`", "there is no comma operator: put one of the two into the body");
            }
            cursor.close(TokenKind.RIGHT_PAREN, "the head of `for`");
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            cursor.skipHead(parenthesis);
            condition = new Expr.Broken(cursor.since(start.start));
        }
        Stmt body = body("for", condition);
        return new Stmt.For(cursor.since(start.start), initializer, condition, update, body);
    }

    private Stmt forInitializer() {
        Token start = cursor.current();
        if (cursor.accept(TokenKind.SEMICOLON)) {
            return null;
        }
        if (start.kind.isType() && cursor.peek(1).kind != TokenKind.DOT) {
            cursor.advance();
            TypeName type = new TypeName(start.span(), start.text);
            List<Stmt.Variable> variables = declarations.variables(type);
            Span span = cursor.since(start.start);
            forSemicolon("the start");
            return new Stmt.Declare(span, variables);
        }
        if (start.kind == TokenKind.WORD
                && (cursor.peek(1).kind == TokenKind.VARIABLE || cursor.peek(1).kind == TokenKind.WORD)
                && Habits.ofType(start.text) != null) {
            throw cursor.fail(start.span(), "there is no type `" + start.text + "`", Habits.ofType(start.text));
        }
        Expr expression = expressions.expression();
        Span span = cursor.since(start.start);
        forSemicolon("the start");
        return new Stmt.Evaluate(span, expression);
    }

    private void forSemicolon(String what) {
        if (cursor.accept(TokenKind.SEMICOLON)) {
            return;
        }
        throw cursor.fail(
                cursor.behind(),
                "expected `;` after " + what + " of `for`",
                cursor.at(TokenKind.COMMA)
                        ? "there is no comma operator: put one of the two before the loop"
                        : FOR_HELP);
    }

    private Stmt switchStatement() {
        Token start = cursor.advance();
        Expr selector = condition("switch");
        Token open = cursor.current();
        if (open.kind != TokenKind.LEFT_BRACE) {
            throw cursor.unexpected("`{` after the value of `switch`", "");
        }
        cursor.advance();
        List<Stmt.Case> cases = new ArrayList<>();
        boolean hasDefault = false;
        while (!cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.END)) {
            if (cursor.at(TokenKind.CASE) || cursor.at(TokenKind.DEFAULT)) {
                Stmt.Case group = caseGroup(hasDefault);
                hasDefault |= group.isDefault();
                cases.add(group);
            } else {
                if (!cursor.isReported()) {
                    cursor.error(
                            cursor.current().span(),
                            "expected `case` or `default`, got " + cursor.describe(cursor.current()),
                            "what stands in a `switch` stands behind a label: `case 1:`");
                }
                add(new ArrayList<>());
            }
        }
        closeBlock(open);
        return new Stmt.Switch(cursor.since(start.start), selector, cases);
    }

    private Stmt.Case caseGroup(boolean hasDefault) {
        Token start = cursor.current();
        List<Expr> labels = new ArrayList<>();
        boolean isDefault = false;
        int depth = cursor.depth();
        while (cursor.at(TokenKind.CASE) || cursor.at(TokenKind.DEFAULT)) {
            Token label = cursor.advance();
            try {
                if (label.kind == TokenKind.CASE) {
                    labels.add(expressions.constant());
                } else {
                    if (hasDefault || isDefault) {
                        cursor.error(label.span(), "this `switch` has a `default` already", "");
                    }
                    isDefault = true;
                }
                if (!cursor.accept(TokenKind.COLON)) {
                    throw cursor.fail(
                            cursor.behind(),
                            "expected `:` after " + cursor.describe(cursor.previous()),
                            cursor.at(TokenKind.COMMA) ? "each value has its own label: `case 1: case 2:`" : "");
                }
            } catch (Abort abort) {
                if (abort != Abort.STATEMENT) {
                    throw abort;
                }
                cursor.resetDepth(depth);
                skipLabel();
            }
        }
        List<Stmt> statements = new ArrayList<>();
        while (!cursor.at(TokenKind.CASE)
                && !cursor.at(TokenKind.DEFAULT)
                && !cursor.at(TokenKind.RIGHT_BRACE)
                && !cursor.at(TokenKind.END)) {
            add(statements);
        }
        return new Stmt.Case(cursor.since(start.start), labels, isDefault, statements);
    }

    /** Skips a broken label on its line. */
    private void skipLabel() {
        while (!cursor.current().startsLine && !cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.SEMICOLON)) {
            if (cursor.advance().kind == TokenKind.COLON) {
                return;
            }
        }
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

    /** A condition between parentheses; after a mistake in it the body is still parsed. */
    private Expr condition(String what) {
        int depth = cursor.depth();
        int start = cursor.current().start;
        boolean parenthesis = cursor.at(TokenKind.LEFT_PAREN);
        try {
            if (!parenthesis) {
                throw cursor.unexpected(
                        "`(` after `" + what + "`",
                        what.equals("switch") ? "" : "the condition stands between parentheses");
            }
            cursor.advance();
            Expr condition = expressions.expression();
            if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
                cursor.close(TokenKind.RIGHT_PAREN, "the `(` of `" + what + "`");
            }
            return condition;
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            cursor.skipHead(parenthesis);
            return new Expr.Broken(cursor.since(start));
        }
    }

    /**
     * The one statement that belongs to a head; a declaration would be of no use to anybody.
     *
     * @param what the head
     * @param head its condition, {@link Expr.Broken} where it has been reported
     */
    private Stmt body(String what, Expr head) {
        mark(what);
        Token token = cursor.current();
        if (token.kind == TokenKind.RIGHT_BRACE || token.kind == TokenKind.END) {
            if (head instanceof Expr.Broken) {
                throw Abort.STATEMENT;
            }
            throw cursor.fail(cursor.behind(), "expected a statement for `" + what + "`", "an empty one is `{}`");
        }
        int begun = cursor.taken();
        int depth = cursor.depth();
        Stmt body;
        try {
            body = statement();
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            cursor.skipStatement(begun);
            return new Stmt.Empty(token.span());
        }
        if ((body instanceof Stmt.Declare || body instanceof Stmt.DeclareRef) && !cursor.isReported()) {
            cursor.error(
                    token.span(),
                    "a declaration cannot be all that belongs to `" + what + "`",
                    "put braces around it, or declare the variable before");
        }
        return body;
    }

    /** Takes what other languages have between a head and its statement. */
    private void mark(String what) {
        Token token = cursor.current();
        if (token.kind == TokenKind.COLON) {
            cursor.error(
                    token.span(),
                    "`:` does not belong behind `" + what + "`",
                    "the statements stand between `{` and `}`");
            cursor.advance();
        } else if (cursor.atWord("then") && isForeign(token, cursor.peek(1))) {
            cursor.error(token.span(), "`then` is no word of the language", Habits.ofStatement("then"));
            cursor.advance();
        }
    }
}
