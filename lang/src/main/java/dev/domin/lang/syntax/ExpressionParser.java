package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses expressions by precedence climbing; {@link OperandParser} parses the operands. */
final class ExpressionParser {

    private final Cursor cursor;
    private final OperandParser operands;
    final Set<String> references = new HashSet<>(); // bare words that may be variables
    final Set<String> functions = new HashSet<>(); // the functions of the script that are declared above
    private final Set<String> structs = new HashSet<>(); // likewise

    /**
     * The height of the tree of the expression parsed last. A long chain of operators is nested only in the tree, over
     * which the later stages recurse.
     */
    int height;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor, this);
    }

    /**
     * Registers a word as a local reference, from here to the end of the file; the binder checks whether it is visible.
     *
     * @param name the word
     */
    void declareReference(String name) {
        references.add(name);
    }

    /** Reports a bare word unless it is a reference declared above. */
    void requireReference(Token word) {
        if (!references.contains(word.text)) {
            UnknownWord.report(cursor, this, word);
        }
    }

    /** {@return whether a bare word may be a variable} */
    boolean isReference(String word) {
        return references.contains(word);
    }

    /** Registers the name of a struct, to explain a variable declared with it. */
    void declareStruct(String name) {
        structs.add(name);
    }

    /** {@return whether a struct of that name is declared above} */
    boolean isStruct(String word) {
        return structs.contains(word);
    }

    /** Registers the name of a function, to explain its use without `()`. */
    void declareFunction(String name) {
        functions.add(name);
    }

    /** {@return any expression} */
    Expr expression() {
        return expression(TokenKind.ASSIGNMENT);
    }

    /** {@return an expression without an assignment, as after {@code case}} */
    Expr constant() {
        return expression(TokenKind.CONDITIONAL);
    }

    private Expr expression(int weakest) {
        cursor.enter(2);
        int start = cursor.current().start;
        Expr left = unary();
        while (true) {
            Token operator = cursor.current();
            TokenKind kind = operator.kind == TokenKind.WORD ? spelledOut(operator) : operator.kind;
            int precedence = kind.precedence;
            if (precedence == 0 || precedence < weakest) {
                cursor.leave(2);
                return left;
            }
            int leftHeight = height;
            if (precedence == TokenKind.ASSIGNMENT) {
                left = assignment(start, left, operator);
            } else if (kind == TokenKind.QUESTION) {
                left = conditional(start, left);
            } else {
                cursor.advance();
                Expr right = expression(precedence + 1);
                Span span = cursor.since(start);
                left = kind.op == null
                        ? new Expr.Logical(span, kind == TokenKind.AND_ALSO, left, right)
                        : new Expr.Binary(span, kind.op, operator.span(), left, right);
            }
            grow(leftHeight, operator);
        }
    }

    /** Computes the height of a node from that of one part and that of the part parsed last. */
    void grow(int other, Token place) {
        height = Math.max(height, other) + 1;
        cursor.checkDepth(height, place.span());
    }

    private TokenKind spelledOut(Token word) {
        TokenKind kind = ForeignWords.ofOperator(word.text);
        if (kind == null || kind == TokenKind.NOT || word.startsLine) {
            return TokenKind.WORD;
        }
        cursor.error(word.span(), "unknown operator `" + word.text + "`", "write `" + kind.text + "`");
        return kind;
    }

    private Expr assignment(int start, Expr left, Token operator) {
        Expr.Assignable target = target(left, operator);
        cursor.advance();
        Expr value = expression(TokenKind.ASSIGNMENT);
        Span span = cursor.since(start);
        if (operator.kind == TokenKind.ASSIGN) {
            return new Expr.Assign(span, target, value);
        }
        if (operator.kind == TokenKind.FILL) {
            return new Expr.Fill(span, target, value);
        }
        return new Expr.CompoundAssign(span, Objects.requireNonNull(operator.kind.op), operator.span(), target, value);
    }

    /** {@return the expression if it can be assigned; otherwise {@link Expr.Broken}, and an error is reported} */
    Expr.Assignable target(Expr expr, Token operator) {
        if (expr instanceof Expr.Assignable target) {
            return target;
        }
        cursor.error(
                expr.span(),
                "`" + operator.kind.text + "` can change only a variable, byte, slice or field",
                operator.kind == TokenKind.ASSIGN ? "`==` compares" : "");
        return new Expr.Broken(expr.span());
    }

    private Expr conditional(int start, Expr condition) {
        cursor.advance();
        Expr whenTrue = expression(TokenKind.ASSIGNMENT);
        int trueHeight = height;
        if (!cursor.accept(TokenKind.COLON)) {
            throw cursor.unexpected("`:` and the second value of `?`", "write `condition ? first : second`");
        }
        Expr whenFalse = expression(TokenKind.CONDITIONAL);
        height = Math.max(height, trueHeight);
        return new Expr.Conditional(cursor.since(start), condition, whenTrue, whenFalse);
    }

    private Expr unary() {
        Token token = cursor.current();
        return switch (token.kind) {
            case MINUS -> {
                Token operand = cursor.peek(1);
                yield operand.kind == TokenKind.INTEGER && operand.value == Long.MIN_VALUE
                        ? lowest(token)
                        : prefix(token, UnaryOp.MINUS);
            }
            case PLUS -> prefix(token, UnaryOp.PLUS);
            case NOT -> prefix(token, UnaryOp.NOT);
            case COMPLEMENT -> prefix(token, UnaryOp.COMPLEMENT);
            case INCREMENT, DECREMENT -> prefix(token, null);
            case WORD -> {
                if (ForeignWords.ofOperator(token.text) == TokenKind.NOT
                        && cursor.peek(1).kind != TokenKind.LEFT_BRACE) {
                    cursor.error(token.span(), "unknown operator `" + token.text + "`", "write `!`");
                    yield prefix(token, UnaryOp.NOT);
                }
                yield operands.postfix();
            }
            case LEFT_PAREN -> {
                if (cursor.peek(2).kind == TokenKind.RIGHT_PAREN) {
                    Token type = cursor.peek(1);
                    if (type.kind.isType() || type.kind == TokenKind.WORD && ForeignWords.ofType(type.text) != null) {
                        yield cast(token, type);
                    }
                }
                yield operands.postfix();
            }
            default -> operands.postfix();
        };
    }

    /** Parses the lowest {@code i64}: a minus sign and the only number beyond {@code i64} that may follow it. */
    private Expr lowest(Token minus) {
        cursor.advance();
        cursor.advance();
        height = 1;
        return new Expr.IntLiteral(cursor.since(minus.start), Long.MIN_VALUE, true);
    }

    private Expr prefix(Token operator, @Nullable UnaryOp op) {
        cursor.enter(2);
        cursor.advance();
        Expr operand = unary();
        cursor.leave(2);
        Span span = cursor.since(operator.start);
        Expr expr = op == null
                ? new Expr.IncDec(span, target(operand, operator), operator.kind == TokenKind.INCREMENT ? 1 : -1, true)
                : new Expr.Unary(span, op, operand);
        grow(0, operator);
        return expr;
    }

    private Expr cast(Token open, Token type) {
        if (type.kind == TokenKind.WORD) {
            cursor.error(
                    type.span(),
                    "there is no type `" + type.text + "`",
                    Objects.requireNonNull(ForeignWords.ofType(type.text)));
        } else if (type.kind != TokenKind.I32_TYPE
                && type.kind != TokenKind.I64_TYPE
                && type.kind != TokenKind.DOUBLE_TYPE) {
            cursor.error(
                    new Span(open.start, cursor.peek(2).end),
                    "there is no cast to " + type.text,
                    "a cast converts to i32, i64 or double; plugins such as `str` and `blob` have functions for other"
                            + " conversions");
        }
        cursor.enter(2);
        cursor.advance();
        cursor.advance();
        cursor.advance();
        Expr operand = unary();
        cursor.leave(2);
        grow(0, open);
        return new Expr.Cast(cursor.since(open.start), new TypeName(type.span(), type.text), operand);
    }

    static boolean beginsValue(Token token) {
        return switch (token.kind) {
            case VARIABLE, INTEGER, DOUBLE, STRING -> true;
            default -> false;
        };
    }
}
