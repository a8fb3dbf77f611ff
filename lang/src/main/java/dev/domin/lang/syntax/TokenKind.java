package dev.domin.lang.syntax;

import org.jspecify.annotations.Nullable;

/** The kinds of tokens. */
enum TokenKind {
    END("the end of the file"),
    /** Characters without a meaning, which have been reported. */
    BAD("a stray character"),
    WORD("a name"),
    VARIABLE("a variable"),
    INTEGER("a number"),
    DOUBLE("a number"),
    STRING("a string"),

    CALLBACK("callback"),
    STRUCT("struct"),
    REF("ref"),
    IF("if"),
    ELSE("else"),
    WHILE("while"),
    DO("do"),
    FOR("for"),
    SWITCH("switch"),
    CASE("case"),
    DEFAULT("default"),
    BREAK("break"),
    CONTINUE("continue"),
    RETURN("return"),
    STRUCTSIZE("structsize"),

    VOID_TYPE("void"),
    I32_TYPE("i32"),
    I64_TYPE("i64"),
    DOUBLE_TYPE("double"),
    STRING_TYPE("string"),
    BLOB_TYPE("blob"),

    LEFT_PAREN("("),
    RIGHT_PAREN(")"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    SEMICOLON(";"),
    COMMA(","),
    DOT("."),
    ARROW("->"),
    COLON(":"),
    HASH("#"),
    NOT("!"),
    COMPLEMENT("~"),
    INCREMENT("++"),
    DECREMENT("--"),

    ASSIGN("=", 1, null),
    FILL(":=", 1, null),
    ADD_ASSIGN("+=", 1, BinaryOp.ADD),
    SUBTRACT_ASSIGN("-=", 1, BinaryOp.SUBTRACT),
    MULTIPLY_ASSIGN("*=", 1, BinaryOp.MULTIPLY),
    DIVIDE_ASSIGN("/=", 1, BinaryOp.DIVIDE),
    REMAINDER_ASSIGN("%=", 1, BinaryOp.REMAINDER),
    AND_ASSIGN("&=", 1, BinaryOp.AND),
    OR_ASSIGN("|=", 1, BinaryOp.OR),
    XOR_ASSIGN("^=", 1, BinaryOp.XOR),
    SHIFT_LEFT_ASSIGN("<<=", 1, BinaryOp.SHIFT_LEFT),
    SHIFT_RIGHT_ASSIGN(">>=", 1, BinaryOp.SHIFT_RIGHT),
    QUESTION("?", 2, null),
    OR_ELSE("||", 3, null),
    AND_ALSO("&&", 4, null),
    OR("|", 5, BinaryOp.OR),
    XOR("^", 6, BinaryOp.XOR),
    AND("&", 7, BinaryOp.AND),
    EQUAL("==", 8, BinaryOp.EQUAL),
    NOT_EQUAL("!=", 8, BinaryOp.NOT_EQUAL),
    LESS("<", 9, BinaryOp.LESS),
    LESS_EQUAL("<=", 9, BinaryOp.LESS_EQUAL),
    GREATER(">", 9, BinaryOp.GREATER),
    GREATER_EQUAL(">=", 9, BinaryOp.GREATER_EQUAL),
    SHIFT_LEFT("<<", 10, BinaryOp.SHIFT_LEFT),
    SHIFT_RIGHT(">>", 10, BinaryOp.SHIFT_RIGHT),
    PLUS("+", 11, BinaryOp.ADD),
    MINUS("-", 11, BinaryOp.SUBTRACT),
    MULTIPLY("*", 12, BinaryOp.MULTIPLY),
    DIVIDE("/", 12, BinaryOp.DIVIDE),
    REMAINDER("%", 12, BinaryOp.REMAINDER);

    /** The precedence of assignments, the lowest. */
    static final int ASSIGNMENT = 1;

    /** The precedence of {@code ?:}. */
    static final int CONDITIONAL = 2;

    /** Its text in scripts, or its name in messages. */
    final String text;

    /** Its precedence as a binary operator; 0 if it is none. */
    final int precedence;

    /** Its operation as a binary operator or compound assignment, or null. */
    final @Nullable BinaryOp op;

    TokenKind(String text) {
        this(text, 0, null);
    }

    TokenKind(String text, int precedence, @Nullable BinaryOp op) {
        this.text = text;
        this.precedence = precedence;
        this.op = op;
    }

    /** {@return whether it is a keyword} */
    boolean isKeyword() {
        return isType() || beginsStatement() || this == ELSE || this == STRUCTSIZE;
    }

    /** {@return whether it is the keyword of a type, including {@code void}} */
    boolean isType() {
        return switch (this) {
            case VOID_TYPE, I32_TYPE, I64_TYPE, DOUBLE_TYPE, STRING_TYPE, BLOB_TYPE -> true;
            default -> false;
        };
    }

    /** {@return whether it is a keyword that can only begin a statement or declaration} */
    boolean beginsStatement() {
        return switch (this) {
            case CALLBACK, STRUCT, REF, IF, WHILE, DO, FOR, SWITCH, CASE, DEFAULT, BREAK, CONTINUE, RETURN -> true;
            default -> false;
        };
    }

    /**
     * Finds a keyword.
     *
     * @param word a name
     * @return its kind, {@link #WORD} if it is not a keyword
     */
    static TokenKind ofWord(String word) {
        return switch (word) {
            case "callback" -> CALLBACK;
            case "struct" -> STRUCT;
            case "ref" -> REF;
            case "if" -> IF;
            case "else" -> ELSE;
            case "while" -> WHILE;
            case "do" -> DO;
            case "for" -> FOR;
            case "switch" -> SWITCH;
            case "case" -> CASE;
            case "default" -> DEFAULT;
            case "break" -> BREAK;
            case "continue" -> CONTINUE;
            case "return" -> RETURN;
            case "structsize" -> STRUCTSIZE;
            case "void" -> VOID_TYPE;
            case "i32" -> I32_TYPE;
            case "i64" -> I64_TYPE;
            case "double" -> DOUBLE_TYPE;
            case "string" -> STRING_TYPE;
            case "blob" -> BLOB_TYPE;
            default -> WORD;
        };
    }
}
