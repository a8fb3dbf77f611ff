package dev.domin.plugins.print;

import dev.domin.plugins.format.Formatter;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Formatted output to the script's standard output. */
@ScriptPlugin(
        namespace = "print",
        library = "PrintPlugin",
        aliases = "builtin:print",
        path = "../plugins/print/PrintPlugin",
        doc = "Formatted output to the standard output, as C's printf writes it.")
public final class PrintPlugin implements Plugin {

    private ScriptContext run;
    private OutputStream out = OutputStream.nullOutputStream();

    @Override
    public void start(ScriptContext context) {
        run = context;
        out = context.out();
    }

    @ScriptFunction(
            name = "printf",
            aliases = "PrintF",
            global = true,
            doc = "Formats values and writes the text to the standard output, in one piece and at "
                    + "once. A place in the format is `%`, an optional width, an optional precision after "
                    + "a point, and one letter: `%d` an integer in decimal, `%x` an integer in lower-case "
                    + "hexadecimal (a negative one as two's complement of its 32 or 64 bits), `%f` a "
                    + "double, `%s` a string; `%%` is a percent sign. The width pads with spaces on the "
                    + "left. The precision is the number of decimals for `%f` (default 6), the largest "
                    + "number of bytes for `%s` and the smallest number of digits for `%d` and `%x`. Beyond "
                    + "DominScript: `%X` is an integer in upper-case hexadecimal, `%c` the byte of an "
                    + "integer from 0 to 255; in front of the width, `-` pads on the right, and `0` pads a "
                    + "number with zeros.",
            returns = "The number of bytes written.",
            errors = "Too few or too many values, a value of another type than its place, an unknown "
                    + "place, or an output that cannot be written stops the script.",
            example = """
                    printf("%s has %d bytes, %5.2f KiB\\n", "a.txt", 1536, 1.5);
                    printf("0x%.4x|%6d|100%%\\n", 255, -42);
                    printf("%02X|%-6s|%05d|%c\\n", 10, "ab", -42, 'x');""",
            output = "a.txt has 1536 bytes,  1.50 KiB\n0x00ff|   -42|100%\n0A|ab    |-0042|x\n")
    public int printf(
            @Param(value = "format", doc = "The text to write, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        byte[] bytes = Formatter.format(run, format, values).getBytes(StandardCharsets.ISO_8859_1);
        try {
            out.write(bytes, 0, bytes.length);
            out.flush();
        } catch (IOException e) {
            throw new ScriptError("cannot write to the standard output: " + e.getMessage());
        }
        return bytes.length;
    }
}
