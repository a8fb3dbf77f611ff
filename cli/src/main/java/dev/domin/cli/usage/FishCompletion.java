package dev.domin.cli.usage;

import java.util.ArrayList;
import java.util.List;

/** The completion for fish. */
final class FishCompletion {

    private FishCompletion() {}

    static String write(List<String> plugins, List<String> functions) {
        var lines = new ArrayList<String>();
        lines.add("# Completes command lines of domin in fish. Written by `domin completion fish`.");
        lines.add("complete -c domin -f");
        lines.add("function __domin_first");
        lines.add("    not __fish_seen_subcommand_from " + Completion.commands());
        lines.add("    and not string match -q -- '*.dom' (commandline -opc)");
        lines.add("end");
        String scripts = " -k -a '(__fish_complete_suffix .dom)'";
        for (var command : Command.values()) {
            if (command != Command.RUN) {
                lines.add(
                        "complete -c domin -n __domin_first -a " + command.word() + " -d " + quote(command.summary()));
            }
        }
        lines.add("complete -c domin -n __domin_first" + scripts);
        lines.add("complete -c domin -n '__fish_seen_subcommand_from check trace'" + scripts);
        lines.add("complete -c domin -n '__fish_seen_subcommand_from replay stat'" + " -F");
        lines.add("complete -c domin -n '__fish_seen_subcommand_from help' -a "
                + quote(String.join(" ", plugins) + " " + Completion.commands()));
        lines.add("complete -c domin -n '__fish_seen_subcommand_from help; and string match -q -- \"*.*\" (commandline"
                + " -ct)' -a " + quote(String.join(" ", functions)));
        lines.add("complete -c domin -n '__fish_seen_subcommand_from completion' -a "
                + quote(String.join(" ", Completion.SHELLS)));
        for (var option : Option.values()) {
            if (option != Option.END) {
                lines.add("complete -c domin -n " + quote(condition(option)) + names(option) + value(option, plugins)
                        + " -d " + quote(option.text()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String condition(Option option) {
        String commands = String.join(" ", Completion.names(option::isFor));
        String seen = commands.isEmpty() ? "" : "__fish_seen_subcommand_from " + commands;
        if (!option.isFor(Command.RUN)) {
            return seen;
        }
        return "__domin_first" + (seen.isEmpty() ? "" : "; or " + seen);
    }

    private static String names(Option option) {
        var names = new StringBuilder();
        for (String word : List.of(option.word(), option.alias())) {
            if (word.startsWith("--")) {
                names.append(" -l ").append(word.substring(2));
            } else if (word.startsWith("-")) {
                names.append(" -s ").append(word.substring(1));
            }
        }
        return names.toString();
    }

    private static String value(Option option, List<String> plugins) {
        return switch (option) {
            case PLUGINS, MARKDOWN -> " -x -a '(__fish_complete_directories)'";
            case ALLOW -> " -x -a '(__fish_append , " + String.join(" ", plugins) + ")'";
            case EMIT -> " -r -k -a '(__fish_complete_suffix .class)'";
            case RECORD, SEND_FILE -> " -r -F";
            case JOURNAL -> " -F";
            default -> option.hasValue() ? " -x" : "";
        };
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
