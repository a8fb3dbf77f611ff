package dev.domin.cli;

import dev.domin.cli.usage.Command;
import dev.domin.cli.usage.Option;
import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The parsed arguments. Options may come before and after the name of a command. Arguments after a script's file are
 * those of the script. {@code --} ends the options.
 */
final class CommandLine {

    /** The requested action. */
    enum Action {
        /** Run a script: the first operand, and its arguments. */
        RUN,
        /** Run statements: the first operand, and their arguments. */
        STATEMENTS,
        CHECK,
        /** Run a command for packets. */
        TOOL,
        HELP,
        COMPLETION,
        MAN,
        VERSION,
        /** Describe the command, or all commands. */
        USAGE,
        /** There are no arguments. */
        NOTHING,
        /** The arguments are wrong, see {@link #complaint}. */
        WRONG
    }

    private final Map<Option, List<String>> options = new EnumMap<>(Option.class);
    private final List<String> allowed = new ArrayList<>();
    private Action action = Action.NOTHING;
    private Command command = Command.RUN;
    private List<String> operands = new ArrayList<>();
    private String complaint = "";

    private CommandLine() {}

    /**
     * Parses the arguments.
     *
     * @param args the arguments of {@code domin}
     * @return the parsed arguments
     */
    static CommandLine parse(String... args) {
        var line = new CommandLine();
        line.read(args);
        line.check();
        return line;
    }

    Action action() {
        return action;
    }

    /** {@return the command that is named; {@link Command#RUN} if none is} */
    Command command() {
        return command;
    }

    /** {@return the file or the statements and their arguments, the files to check, or the topics of the help} */
    List<String> operands() {
        return operands;
    }

    /** {@return the statements that {@code check} is to check, instead of files} */
    List<String> statements() {
        return options.getOrDefault(Option.STATEMENTS, List.of());
    }

    /** {@return whether it runs or checks scripts} */
    boolean runsOrChecks() {
        return action == Action.RUN || action == Action.STATEMENTS || action == Action.CHECK;
    }

    /** {@return the folders with plugins, in order} */
    List<String> pluginFolders() {
        return options.getOrDefault(Option.PLUGINS, List.of());
    }

    /** {@return the namespaces of the plugins that scripts may use; empty for all} */
    List<String> allowedPlugins() {
        return allowed;
    }

    /** {@return what limits scripts, such as {@code value=128M}, in order} */
    List<String> limits() {
        return options.getOrDefault(Option.LIMIT, List.of());
    }

    /** {@return whether an option is given} */
    boolean has(Option option) {
        return options.containsKey(option);
    }

    /** {@return whether packets are traced} */
    boolean traces() {
        return has(Option.TRACE) || command == Command.TRACE;
    }

    /** {@return whether packets are traced, recorded, impaired, kept in a journal or inspected} */
    boolean observes() {
        return traces() || has(Option.RECORD) || has(Option.FAULTS) || has(Option.JOURNAL) || has(Option.INSPECT);
    }

    /** {@return all options with their values, in order; a flag has none} */
    Map<Option, List<String>> options() {
        return options;
    }

    /** {@return the class file that {@code check} writes; empty for none} */
    String emit() {
        return last(Option.EMIT);
    }

    /** {@return the folder that {@code help} writes pages to; empty for none} */
    String markdown() {
        return last(Option.MARKDOWN);
    }

    /** {@return the error message} */
    String complaint() {
        return complaint;
    }

    private String last(Option option) {
        var values = options.get(option);
        return values == null ? "" : values.getLast();
    }

    private void read(String... args) {
        boolean mayBeOption = true;
        int next = 0;
        while (next < args.length && !isDecided()) {
            String arg = args[next++];
            if (mayBeOption && arg.equals(Option.END.word())) {
                mayBeOption = false;
            } else if (mayBeOption && arg.startsWith("-") && arg.length() > 1) {
                next = option(arg, args, next);
            } else if (command != Command.RUN && !command.runs()) {
                operands.add(arg);
            } else if (command == Command.RUN && mayBeOption && Cli.isCommand(arg)) {
                name(Command.of(arg));
            } else {
                action = Action.RUN;
                operands = Arrays.asList(args).subList(next - 1, args.length);
            }
        }
        if (action == Action.VERSION) {
            if (!operands.isEmpty() || next < args.length && !args[next].startsWith("-")) {
                wrong("--version takes no operand, and got " + (operands.isEmpty() ? args[next] : operands.getFirst()));
            }
        } else if (command == Command.TRACE && action == Action.NOTHING) {
            wrong("trace takes a script, such as domin trace echo.dom");
        }
    }

    private void name(Command named) {
        command = named;
        action = switch (named) {
            case CHECK -> Action.CHECK;
            case HELP -> Action.HELP;
            case COMPLETION -> Action.COMPLETION;
            case MAN -> Action.MAN;
            case ECHO, DUMP, SEND, PROXY, REPLAY, STAT -> Action.TOOL;
            case RUN, TRACE -> Action.NOTHING; // until the script's file is read
        };
    }

    private boolean isDecided() {
        return switch (action) {
            case NOTHING, CHECK, TOOL, HELP, COMPLETION, MAN -> false;
            default -> true;
        };
    }

    /** Reads an option; {@return the index of the next argument} */
    private int option(String arg, String[] args, int next) {
        int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
        String name = equals < 0 ? arg : arg.substring(0, equals);
        var option = Option.of(name, command);
        if (option == null) {
            String near = name.equals("-v") ? "--version" : Suggestions.closest(name, Option.words());
            wrong("unknown option " + name + (near == null ? "" : "; did you mean " + near + "?"));
            return next;
        }
        if (option.mayHaveValue() && equals >= 0) {
            String value = arg.substring(equals + 1);
            if (value.isEmpty()) {
                wrong(name + " takes " + option.wanted() + ", and got an empty "
                        + (option == Option.INSPECT ? "text" : "name"));
            } else {
                add(option, value);
            }
            return next;
        }
        if (!option.hasValue()) {
            if (equals >= 0) {
                wrong(name + " takes no value");
            } else {
                flag(option);
            }
            return next;
        }
        if (equals < 0 && next == args.length) {
            wrong(name + " takes " + option.wanted());
            return next;
        }
        String value = equals < 0 ? args[next] : arg.substring(equals + 1);
        if (option == Option.STATEMENTS && command != Command.CHECK) {
            statements(Arrays.asList(args).subList(next, args.length));
        } else if (value.isEmpty() && option != Option.STATEMENTS && option != Option.EXPECT) {
            wrong(name + " takes " + option.wanted() + ", and got an empty "
                    + (option.isForToolsOnly() || option == Option.FAULTS ? "text" : "name"));
        } else {
            add(option, value);
            if (option == Option.ALLOW) {
                allow(value);
            }
        }
        return equals < 0 ? next + 1 : next;
    }

    private void allow(String names) {
        for (String each : names.split(",", -1)) {
            String name = each.strip();
            if (name.isEmpty()) {
                wrong("--allow takes names with commas between them, and got an empty one in `" + names + "`");
                return;
            }
            allowed.add(name);
        }
    }

    private void flag(Option option) {
        switch (option) {
            case VERSION -> action = Action.VERSION;
            case HELP -> action = Action.USAGE;
            case JOURNAL, INSPECT -> add(option, ""); // without a file or a port
            default -> options.put(option, List.of());
        }
    }

    private void add(Option option, String value) {
        options.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
    }

    private void statements(List<String> statementsAndArguments) {
        if (!command.runs()) {
            wrong("-e runs statements, so it cannot be combined with " + command.word());
            return;
        }
        action = Action.STATEMENTS;
        operands = statementsAndArguments;
        String next = operands.size() > 1 ? operands.get(1) : "";
        int equals = next.indexOf('=');
        if (next.equals("--")) {
            operands = new ArrayList<>(operands);
            operands.remove(1);
        } else if (Option.of(equals < 0 ? next : next.substring(0, equals), command) != null) {
            // silently, an option such as --allow would have no effect
            wrong("put " + next
                    + " before -e: what follows the statements are the script's arguments; write -- before an"
                    + " argument that looks like an option");
        }
    }

    /** Checks for options that cannot be combined. */
    private void check() {
        boolean hasTask = action == Action.RUN || action == Action.STATEMENTS || command != Command.RUN;
        for (var option : options.keySet()) {
            if (hasTask
                    && action != Action.USAGE
                    && action != Action.WRONG
                    && option != Option.PLUGINS
                    && !option.isFor(command)) {
                wrong(option.misuse());
            }
        }
        boolean noFile = action == Action.STATEMENTS
                || action == Action.RUN && operands.getFirst().equals(Cli.STANDARD_INPUT);
        if (has(Option.WATCH) && noFile) {
            wrong("--watch needs a script in a file, which it runs again when the file is saved");
        }
    }

    private void wrong(String sentence) {
        action = Action.WRONG;
        complaint = sentence;
    }
}
