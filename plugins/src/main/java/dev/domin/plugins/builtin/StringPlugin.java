package dev.domin.plugins.builtin;

import dev.domin.plugins.format.Formatter;
import dev.domin.plugins.print.FormatCheck;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.StringRef;

/** What the language itself knows about a string. */
@ScriptPlugin(
        namespace = "string",
        library = "builtin:string",
        doc = "What the language itself knows about a string, and formatted strings.")
public final class StringPlugin implements Plugin {

    private ScriptContext run;

    @Override
    public void start(ScriptContext context) {
        run = context;
    }

    @ScriptFunction(
            name = "Overflow",
            doc = "Returns whether the last `:=` to a string cut the value to the declared capacity of "
                    + "the string.",
            returns = "1 if it was cut; 0 if not, or if the last assignment was another one.",
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
            doc = "Returns the capacity of a string variable: the declared one, or a larger one if `=` "
                    + "has assigned a longer value.",
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
            doc = "Formats values as printf does, with the same places, and returns the text.",
            returns = "The formatted text, up to the first 0 byte if `%c` writes one.",
            errors = "Too few or too many values, a value of another type than its place, or an unknown "
                    + "place stops the script.",
            example = """
                    string $line[32];
                    $line = string.Format("%s=%.3d", "id", 7);
                    printf("%s\\n", $line);""",
            output = "id=007\n")
    public String format(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        String text = Formatter.format(run, format, values);
        int end = text.indexOf('\0'); // which `%c` may write
        return end < 0 ? text : text.substring(0, end);
    }
}
