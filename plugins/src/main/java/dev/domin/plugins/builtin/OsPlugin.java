package dev.domin.plugins.builtin;

import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.util.List;

/** The command line that the script was started with. */
@ScriptPlugin(
        namespace = "os",
        library = "builtin:os",
        doc = "The arguments after the script's file on the command line.")
public final class OsPlugin implements Plugin {

    private List<String> arguments = List.of();

    @Override
    public void start(ScriptContext context) {
        arguments = context.arguments();
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
                    + "argument 0 is 9000.",
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
    public String arg(@Param(value = "index", doc = "The index of the argument, from 0.") long index) {
        if (index < 0 || index >= arguments.size()) {
            throw new ScriptError(
                    "there is no argument " + index + "; the script was started with " + arguments.size(),
                    "call os.ArgCount() first");
        }
        return arguments.get((int) index);
    }
}
