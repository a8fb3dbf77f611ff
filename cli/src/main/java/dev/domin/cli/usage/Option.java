package dev.domin.cli.usage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options. */
public enum Option {
    /** Runs statements instead of a file. */
    STATEMENTS(
            "-e",
            "",
            "STATEMENTS",
            "statements, such as domin -e 'printf(\"hello\\n\");'",
            "use these statements instead of a file; all plugins can be used without directives",
            Command.RUN,
            Command.TRACE,
            Command.CHECK),
    /** Stops at the first error of a callback. */
    FAIL_FAST("--fail-fast", "", "", "", "the first error in a callback stops the script", Command.RUN, Command.TRACE),
    /** Traces packets. */
    TRACE("--trace", "", "", "", "print a line for each packet, as trace does", Command.RUN, Command.TRACE),
    /** Adds plugins. */
    PLUGINS(
            "--plugins",
            "",
            "DIR",
            "a folder",
            "also look for plugins in the jars of a folder",
            Command.RUN,
            Command.TRACE,
            Command.CHECK,
            Command.HELP,
            Command.COMPLETION),
    /** Restricts plugins. */
    ALLOW(
            "--allow",
            "",
            "LIST",
            "the names of plugins, such as --allow print,timer",
            "let scripts use these plugins only, such as print,timer",
            Command.RUN,
            Command.TRACE,
            Command.CHECK),
    /** Makes warnings errors. */
    STRICT("--strict", "", "", "", "exit with 3 if there are warnings", Command.CHECK),
    /** Writes the compiled class. */
    EMIT(
            "--emit",
            "",
            "OUT.class",
            "the class file to write",
            "also write the compiled JVM class of the one FILE, for javap",
            Command.CHECK),
    /** Writes pages. */
    MARKDOWN(
            "--markdown",
            "",
            "DIR",
            "a folder to write to",
            "write the pages of all plugins, or of those named, as Markdown",
            Command.HELP),
    /** Describes a command. */
    HELP("--help", "-h", "", "", "describe the command and its options", Command.values()),
    /** Prints the version. */
    VERSION("--version", "-V", "", "", "print the version", Command.RUN),
    /** Ends the options. */
    END("--", "", "", "", "end the options; what follows is no command either", Command.values());

    private final String word;
    private final String alias;
    private final String value;
    private final String wanted;
    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which is immutable
    private final List<Command> commands;

    Option(String word, String alias, String value, String wanted, String text, Command... commands) {
        this.word = word;
        this.alias = alias;
        this.value = value;
        this.wanted = wanted;
        this.text = text;
        this.commands = List.of(commands);
    }

    /** {@return its name on the command line, with its dashes} */
    public String word() {
        return word;
    }

    /** {@return its shorter name; empty for none} */
    public String alias() {
        return alias;
    }

    /** {@return what its value is called; empty if it has none} */
    public String value() {
        return value;
    }

    /** {@return a description of its value, for messages} */
    public String wanted() {
        return wanted;
    }

    /** {@return what it does, in a few words} */
    public String text() {
        return text;
    }

    /** {@return whether it has a value} */
    public boolean hasValue() {
        return !value.isEmpty();
    }

    /** {@return whether it is given with a command} */
    public boolean isFor(Command command) {
        return commands.contains(command);
    }

    /** {@return its names and its value, as documentation shows them} */
    public String synopsis() {
        return (alias.isEmpty() ? "" : alias + ", ") + word + (value.isEmpty() ? "" : " " + value);
    }

    /** {@return what is wrong with giving it for another command} */
    public String misuse() {
        if (commands.contains(Command.RUN)) {
            return word + " can only be used to run " + (commands.contains(Command.CHECK) ? "or check " : "")
                    + "scripts";
        }
        var command = commands.getFirst();
        return word + " can only be used with " + command.word() + ": domin " + command.word() + " " + synopsis()
                + (command == Command.CHECK ? " FILE.dom" : "");
    }

    /** {@return the option of a name; null if there is none} */
    public static @Nullable Option of(String word) {
        for (var option : values()) {
            if (option.word.equals(word) || !option.alias.isEmpty() && option.alias.equals(word)) {
                return option;
            }
        }
        return null;
    }

    /** {@return all names} */
    public static List<String> words() {
        var words = new ArrayList<String>();
        for (var option : values()) {
            if (option != END) {
                words.add(option.word);
                if (!option.alias.isEmpty()) {
                    words.add(option.alias);
                }
            }
        }
        return words;
    }
}
