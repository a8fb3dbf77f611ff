package dev.domin.cli;

import dev.domin.lang.source.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        HELP,
        VERSION,
        USAGE,
        /** There are no arguments. */
        NOTHING,
        /** The arguments are wrong, see {@link #complaint}. */
        WRONG
    }

    private static final String FAIL_FAST = "--fail-fast";
    private static final String STRICT = "--strict";
    private static final String PLUGINS = "--plugins";
    private static final String ALLOW = "--allow";
    private static final String EMIT = "--emit";
    private static final String MARKDOWN = "--markdown";
    private static final List<String> OPTIONS =
            List.of(FAIL_FAST, STRICT, PLUGINS, ALLOW, EMIT, MARKDOWN, "-e", "--version", "-V", "--help", "-h");

    private final List<String> folders = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private Action action = Action.NOTHING;
    private List<String> operands = new ArrayList<>();
    private boolean failFast;
    private boolean strict;
    private String emitted = "";
    private String pages = "";
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

    /** {@return the file or the statements and their arguments, the files to check, or the topics of the help} */
    List<String> operands() {
        return operands;
    }

    /** {@return the folders with plugins, in order} */
    List<String> pluginFolders() {
        return folders;
    }

    /** {@return the namespaces of the plugins that scripts may use; empty for all} */
    List<String> allowedPlugins() {
        return allowed;
    }

    boolean failFast() {
        return failFast;
    }

    /** {@return whether {@code check} fails if there are warnings} */
    boolean strict() {
        return strict;
    }

    /** {@return the class file that {@code check} writes; empty for none} */
    String emit() {
        return emitted;
    }

    /** {@return the folder that {@code help} writes pages to; empty for none} */
    String markdown() {
        return pages;
    }

    /** {@return the error message} */
    String complaint() {
        return complaint;
    }

    private void read(String... args) {
        boolean mayBeOption = true;
        int next = 0;
        while (next < args.length && !isDecided()) {
            String arg = args[next++];
            if (mayBeOption && arg.equals("--")) {
                mayBeOption = false;
            } else if (mayBeOption && arg.startsWith("-") && arg.length() > 1) {
                next = option(arg, args, next);
            } else if (action != Action.NOTHING) {
                operands.add(arg);
            } else if (mayBeOption && Cli.isCommand(arg)) {
                action = arg.equals(Cli.CHECK) ? Action.CHECK : Action.HELP;
            } else {
                action = Action.RUN;
                operands = Arrays.asList(args).subList(next - 1, args.length);
            }
        }
    }

    private boolean isDecided() {
        return action != Action.NOTHING && action != Action.CHECK && action != Action.HELP;
    }

    /** Reads an option; {@return the index of the next argument} */
    private int option(String arg, String[] args, int next) {
        int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
        String name = equals < 0 ? arg : arg.substring(0, equals);
        String description = valueOf(name);
        if (description.isEmpty()) {
            if (equals >= 0 && OPTIONS.contains(name)) {
                wrong(name + " takes no value");
            } else {
                flag(name);
            }
            return next;
        }
        if (equals < 0 && next == args.length) {
            wrong(name + " takes " + description);
            return next;
        }
        String value = equals < 0 ? args[next] : arg.substring(equals + 1);
        if (name.equals("-e")) {
            statements(Arrays.asList(args).subList(next, args.length));
        } else if (value.isEmpty()) {
            wrong(name + " takes " + description + ", and got an empty name");
        } else if (name.equals(PLUGINS)) {
            folders.add(value);
        } else if (name.equals(ALLOW)) {
            allow(value);
        } else if (name.equals(EMIT)) {
            emitted = value;
        } else {
            pages = value;
        }
        return equals < 0 ? next + 1 : next;
    }

    /** {@return a description of an option's value; empty for none} */
    private static String valueOf(String option) {
        return switch (option) {
            case PLUGINS -> "a folder";
            case ALLOW -> "the names of plugins, such as --allow print,timer";
            case EMIT -> "the class file to write";
            case MARKDOWN -> "a folder to write to";
            case "-e" -> "statements, such as domin -e 'printf(\"hello\\n\");'";
            default -> "";
        };
    }

    private void allow(String names) {
        for (String each : names.split(",", -1)) {
            String name = each.strip();
            if (name.isEmpty()) {
                wrong(ALLOW + " takes names with commas between them, and got an empty one in `" + names + "`");
                return;
            }
            allowed.add(name);
        }
    }

    private void flag(String name) {
        switch (name) {
            case FAIL_FAST -> failFast = true;
            case STRICT -> strict = true;
            case "--version", "-V" -> action = Action.VERSION;
            case "--help", "-h" -> action = Action.USAGE;
            default -> {
                String near = name.equals("-v") ? "--version" : Suggestions.closest(name, OPTIONS);
                wrong("unknown option " + name + (near == null ? "" : "; did you mean " + near + "?"));
            }
        }
    }

    private void statements(List<String> statementsAndArguments) {
        if (action != Action.NOTHING) {
            wrong("-e runs statements, so it cannot be combined with "
                    + action.name().toLowerCase(java.util.Locale.ROOT));
            return;
        }
        action = Action.STATEMENTS;
        operands = statementsAndArguments;
    }

    /** Checks for options that cannot be combined. */
    private void check() {
        boolean runs = action == Action.RUN || action == Action.STATEMENTS;
        if (!emitted.isEmpty() && (runs || action == Action.HELP)) {
            wrong(EMIT + " can only be used with check: domin check --emit OUT.class FILE.dom");
        } else if (!pages.isEmpty() && (runs || action == Action.CHECK)) {
            wrong(MARKDOWN + " can only be used with help: domin help --markdown DIR");
        } else if (!allowed.isEmpty() && action == Action.HELP) {
            wrong(ALLOW + " can only be used to run or check scripts");
        }
    }

    private void wrong(String sentence) {
        action = Action.WRONG;
        complaint = sentence;
    }
}
