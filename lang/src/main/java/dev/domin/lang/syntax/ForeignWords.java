package dev.domin.lang.syntax;

import org.jspecify.annotations.Nullable;

/** The help for words of other languages. */
final class ForeignWords {

    private static final String BLOCKS = "a block of statements is enclosed in `{` and `}`";

    private ForeignWords() {}

    /** {@return the help for the name of a type in other languages, or null} */
    static @Nullable String ofType(String word) {
        return switch (word) {
            case "int", "short", "signed", "unsigned", "byte", "int8_t", "int16_t", "int32_t", "uint8_t", "uint16_t" ->
                "whole numbers are `i32`, or `i64` with 64 bits";
            case "long", "int64_t", "uint32_t", "uint64_t", "size_t", "ssize_t" ->
                "whole numbers are `i64`, or `i32` with 32 bits";
            case "u8", "i8", "u16", "i16", "u32", "u64" ->
                "variables are `i32` or `i64`; narrower ones exist as fields of a struct";
            case "float", "f32", "f64", "number" -> "use `double` for floating-point numbers";
            case "bool", "boolean", "_Bool" -> "there is no boolean type: use an `i32`, 0 or 1";
            case "char" -> "use an `i32` for a byte, a `string` for text";
            case "String", "str", "text" -> "use a `string` for text";
            case "bytes", "buffer", "Blob" -> "use a `blob` for bytes";
            default -> null;
        };
    }

    /** {@return the help for a word that begins a declaration or statement in other languages, or null} */
    static @Nullable String ofStatement(String word) {
        return switch (word) {
            case "var", "let", "auto", "const", "static", "final", "extern", "volatile", "register", "global" ->
                "a declaration begins with its type: `i32 $count = 0;`";
            case "function", "func", "fn", "def", "fun", "sub", "public", "private", "inline" ->
                "a function begins with its result type: `i32 Name(i32 $a) { ... }`";
            case "elif", "elsif", "elseif" -> "write `else if`";
            case "then" -> "omit it: `if (condition) { ... }`";
            case "begin", "end", "endif", "fi", "done", "endwhile", "endfor", "wend", "pass" -> BLOCKS;
            case "import", "include", "using", "require" ->
                "plugins are loaded at the top: `plugin \"../plugins/print/PrintPlugin\";`";
            case "enum", "typedef" -> "constants are written `#define NAME value`";
            case "union", "class", "interface", "record" -> "layouts are written `struct NAME packet { ... }`";
            case "goto" -> "use `break`, `continue` or `return`";
            case "try", "catch", "throw" -> "an error stops the script and cannot be caught";
            case "foreach", "loop", "until", "repeat" -> "use `while`, `do` or `for`";
            case "unless" -> "write `if (!...)`";
            case "async", "await", "yield" -> "one function runs at a time; servers and timers call callbacks";
            case "new", "delete" -> ForeignCalls.help("free");
            default -> null;
        };
    }

    /** {@return whether the word is a modifier of declarations in other languages} */
    static boolean isModifier(String word) {
        return switch (word) {
            case "const",
                    "static",
                    "final",
                    "extern",
                    "volatile",
                    "register",
                    "public",
                    "private",
                    "inline",
                    "global" -> true;
            default -> false;
        };
    }

    /** {@return whether the word begins a function in other languages} */
    static boolean beginsFunction(String word) {
        return switch (word) {
            case "function", "func", "fn", "def", "fun", "sub", "public", "private", "inline", "static", "async" ->
                true;
            default -> false;
        };
    }

    /** {@return the help for a word that is a value in other languages, or null} */
    static @Nullable String ofValue(String word) {
        return switch (word) {
            case "true", "True", "TRUE" -> "there is no boolean type: write 1";
            case "false", "False", "FALSE" -> "there is no boolean type: write 0";
            case "NULL", "null", "nil", "None", "nullptr", "undefined" ->
                "there is no null: use the empty string `\"\"`, or a number such as 0 or -1";
            case "this", "self" -> "there are no objects: a function has only its parameters and variables";
            case "cout", "cerr", "endl", "stdout", "stderr", "console", "print", "println", "echo", "puts", "say" ->
                ForeignCalls.help(word);
            case "argc", "argv", "args", "exit", "quit" -> ForeignCalls.help(word);
            default -> ofStatement(word);
        };
    }

    /** {@return the operator that the word is in other languages, or null} */
    static @Nullable TokenKind ofOperator(String word) {
        return switch (word) {
            case "and", "AND" -> TokenKind.AND_ALSO;
            case "or", "OR" -> TokenKind.OR_ELSE;
            case "not", "NOT" -> TokenKind.NOT;
            default -> null;
        };
    }
}
