package dev.domin.lang.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses {@code switch}. */
final class SwitchParser {

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final ControlParser control;

    SwitchParser(Cursor cursor, ExpressionParser expressions, StatementParser statements, ControlParser control) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
        this.control = control;
    }

    Stmt switchStatement() {
        Token start = cursor.advance();
        Expr selector = control.condition("switch");
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
                            "every statement in a `switch` follows a label: `case 1:`");
                }
                statements.add(new ArrayList<>());
            }
        }
        statements.closeBlock(open);
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
                        cursor.error(label.span(), "this `switch` already has a `default`", "");
                    }
                    isDefault = true;
                }
                if (!cursor.accept(TokenKind.COLON)) {
                    throw cursor.fail(
                            cursor.behind(),
                            "expected `:` after " + cursor.describe(cursor.previous()),
                            cursor.at(TokenKind.COMMA) ? "write one label for each value: `case 1: case 2:`" : "");
                }
            } catch (Abort abort) {
                if (abort != Abort.STATEMENT) {
                    throw abort;
                }
                cursor.resetDepth(depth);
                skipLabel();
            }
        }
        List<Stmt> inside = new ArrayList<>();
        while (!cursor.at(TokenKind.CASE)
                && !cursor.at(TokenKind.DEFAULT)
                && !cursor.at(TokenKind.RIGHT_BRACE)
                && !cursor.at(TokenKind.END)) {
            statements.add(inside);
        }
        return new Stmt.Case(cursor.since(start.start), labels, isDefault, inside);
    }

    /** Skips a broken label on its line. */
    private void skipLabel() {
        while (!cursor.current().startsLine && !cursor.at(TokenKind.RIGHT_BRACE) && !cursor.at(TokenKind.SEMICOLON)) {
            if (cursor.advance().kind == TokenKind.COLON) {
                return;
            }
        }
    }
}
