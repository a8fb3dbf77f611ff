package dev.domin.plugins.builtin;

import dev.domin.plugins.format.Formatter;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.StringRef;

/** What the language itself knows of a string. */
@ScriptPlugin(
        namespace = "string",
        library = "builtin:string",
        doc = "What the language itself knows of a string, and strings made by a format.")
public final class StringPlugin implements Plugin {

    private ScriptContext run;

    @Override
    public void start(ScriptContext context) {
        run = context;
    }

    @ScriptFunction(
            name = "Overflow",
            doc =
                    "Tells whether the last `:=` to a string had to leave bytes out because they were more than the string was "
                            + "declared with.",
            returns = "1 if bytes were left out; 0 if not, or if the string was last assigned in another way.",
            example = """
                    string $t[4];
                    $t := "abcdefgh";
                    printf("%s %d\\n", $t, string.Overflow($t));""",
            output = "abcd 1\n")
    public static int overflow(
            @Param(value = "string", doc = "The variable that was assigned.", help = "pass a string variable")
                    StringRef string) {
        return string.overflowed() ? 1 : 0;
    }

    @ScriptFunction(
            name = "Capacity",
            doc =
                    "Tells how many bytes a string variable has room for: what it was declared with, or more where `=` has made "
                            + "it grow.",
            returns = "The capacity in bytes.",
            example = """
                    string $s[16] = "Hello";
                    printf("%d of %d\\n", $s.Length, string.Capacity($s));""",
            output = "5 of 16\n")
    public static int capacity(
            @Param(value = "string", doc = "The variable.", help = "pass a string variable") StringRef string) {
        return string.capacity();
    }

    @ScriptFunction(
            name = "Format",
            doc =
                    "Makes a string of a text and of values put into its places, which are those of printf: `%d`, `%x`, `%f`, "
                            + "`%s` and `%%`, with an optional width and precision.",
            returns = "The string that printf would have written.",
            errors =
                    "A place without a value or a value without a place, a value of another type than its place takes, or an "
                            + "unknown place stops the script.",
            example = """
                    string $line[32];
                    $line = string.Format("%s=%.3d", "id", 7);
                    printf("%s\\n", $line);""",
            output = "id=007\n")
    public String format(
            @Param(value = "format", doc = "The text, with a place for each value.") String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return Formatter.format(run, format, values);
    }
}
