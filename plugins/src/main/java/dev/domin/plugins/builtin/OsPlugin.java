package dev.domin.plugins.builtin;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.Limit;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the process gives to the script: arguments, environment and input, and the end of the script. */
@ScriptPlugin(
        namespace = "os",
        library = "builtin:os",
        doc = "The arguments after the script's file on the command line, the environment, the standard input, and "
                + "the end of the script.")
public final class OsPlugin implements Plugin {

    private ScriptContext context;
    private List<String> arguments = List.of();
    private @Nullable InputLines lines; // made when the script first asks for its input

    @Override
    public void start(ScriptContext run) {
        context = run;
        arguments = run.arguments();
    }

    @ScriptFunction(
            name = "ArgCount",
            doc = "Counts the arguments that the script was started with, without the script's own name.",
            returns = "The number of arguments.",
            example = "printf(\"%d\\n\", os.ArgCount());",
            output = "0\n",
            beyond = true)
    public int argCount() {
        return arguments.size();
    }

    @ScriptFunction(
            name = "Arg",
            doc = "Returns an argument that the script was started with. In `domin echo.dom 9000` the "
                    + "argument 0 is 9000. Bytes that are not UTF-8 are replaced by U+FFFD.",
            returns = "The argument, as a string.",
            errors = "An index outside 0 to os.ArgCount() - 1 stops the script.",
            example = """
                    if (os.ArgCount() > 0) {
                      printf("port %s\\n", os.Arg(0));
                    } else {
                      printf("any port\\n");
                    }""",
            output = "any port\n",
            beyond = true)
    public String arg(@Param(value = "index", doc = "The index of the argument, from 0.", min = 0) long index) {
        if (index < 0 || index >= arguments.size()) {
            throw new ScriptError(
                    "there is no argument " + index + "; the script was started with " + arguments.size(),
                    "call os.ArgCount() first");
        }
        return arguments.get((int) index);
    }

    @ScriptFunction(
            name = "Exit",
            doc = "Ends the script at once: `main` and all callbacks are cancelled, and servers are closed as at "
                    + "the end of `main`. It works in `main`, in a callback and in a timer's callback, and "
                    + "does not return.",
            example = """
                    printf("before\\n");
                    os.Exit(0);
                    printf("never\\n");""",
            output = "before\n",
            beyond = true)
    public void exit(
            @Param(
                            value = "code",
                            doc = "The exit status, of which the low 8 bits count. If a callback has failed "
                                    + "before, the status is 1 all the same.")
                    long code) {
        context.exit((int) code & 0xFF);
    }

    @ScriptFunction(
            name = "Env",
            doc = "Returns a variable of the environment that the script was started in. Bytes that are not UTF-8 "
                    + "are replaced by U+FFFD.",
            returns = "Its value; an empty string if it is not set.",
            example = """
                    string $level[16];
                    $level = os.Env("NO_SUCH_VARIABLE");
                    if ($level == "") { $level = "info"; }
                    printf("%s\\n", $level);""",
            output = "info\n",
            beyond = true)
    public static String env(
            @Param(value = "name", doc = "The variable's name.", help = "give the name as a string, as in \"HOME\"")
                    String name) {
        String value = variable(ByteStrings.toText(name));
        return value == null ? "" : ByteStrings.fromText(value);
    }

    /** {@return a variable of the environment that the command was started in; null if it is not set} */
    private static @Nullable String variable(String name) {
        // the launcher gives java another LC_ALL, and passes the user's in this property
        String own = name.equals("LC_ALL") ? System.getProperty("domin.lc_all") : null;
        return own == null ? System.getenv(name) : own;
    }

    @ScriptFunction(
            name = "ReadLine",
            doc = "Reads a line from the standard input, waiting until it is there; meanwhile callbacks run. A "
                    + "last line without a line end is one, too. As every string it ends at its first 0 byte.",
            returns = "The line, without its line end (a line feed, perhaps behind a carriage return); an empty string "
                    + "at the end of the input, which os.AtEnd() distinguishes from an empty line.",
            errors = "An input that cannot be read, and a line over the limit for a value, stop the script.",
            example = """
                    while (!os.AtEnd()) {
                      printf("got %s\\n", os.ReadLine());
                    }""",
            beyond = true)
    public String readLine() {
        return ByteStrings.fromBytes(context.blocking(input()::take));
    }

    @ScriptFunction(
            name = "AtEnd",
            doc = "Checks whether the standard input has no further line. It waits until there is one, or the input "
                    + "has ended; meanwhile callbacks run.",
            returns = "1 at the end of the input; 0 if os.ReadLine() has a line to give.",
            errors = "An input that cannot be read, and a line over the limit for a value, stop the script.",
            example = """
                    if (os.AtEnd()) { printf("no input\\n"); }""",
            beyond = true)
    public int atEnd() {
        return context.blocking(input()::isAtEnd) ? 1 : 0;
    }

    private InputLines input() {
        if (lines == null) {
            var fresh = new InputLines(context.in(), context.limit(Limit.VALUE));
            context.register(fresh);
            try {
                fresh.start();
            } catch (OutOfMemoryError e) {
                context.unregister(fresh);
                throw new ScriptError("cannot start the thread that reads the standard input: " + e.getMessage());
            }
            lines = fresh;
        }
        return lines;
    }
}
