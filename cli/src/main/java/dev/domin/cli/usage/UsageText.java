package dev.domin.cli.usage;

import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import java.util.Arrays;
import java.util.List;

/** What {@code --help} prints. */
public final class UsageText {

    private static final int WIDTH = 100;

    private UsageText() {}

    /** {@return the usage of all commands} */
    public static String all() {
        var text = new StringBuilder();
        for (var command : Command.values()) {
            String line = (text.isEmpty() ? "usage: " : "       ") + synopsis(command);
            text.append(line)
                    .repeat(' ', 40 - line.length())
                    .append(command.summary())
                    .append('\n');
        }
        text.append("options, before FILE.dom, and before or after the name of a command:\n");
        var options = Arrays.stream(Option.values())
                .filter(each -> !each.isForToolsOnly())
                .toList();
        int column = column(options);
        for (var option : options) {
            String only = option.isFor(Command.RUN) ? "" : option == Option.MARKDOWN ? "help: " : "check: ";
            append(text, option, only, column);
        }
        appendLimits(text);
        return text.append("`domin COMMAND --help` describes a command and its further options.\n")
                .toString();
    }

    /** {@return the usage of one command} */
    public static String of(Command command) {
        if (command == Command.RUN) {
            return all();
        }
        var text = new StringBuilder("usage: " + synopsis(command) + "\n\n");
        wrap(text, command.text(), 0);
        text.append("\noptions:\n");
        var options = Arrays.stream(Option.values())
                .filter(each -> each.isFor(command))
                .toList();
        int column = column(options);
        options.forEach(option -> append(text, option, "", column));
        return text.toString();
    }

    /** {@return how a command is called} */
    static String synopsis(Command command) {
        return ("domin " + (command == Command.RUN ? "[options]" : command.word()) + " " + command.operands()).strip();
    }

    private static int column(List<Option> options) {
        return 4
                + options.stream()
                        .mapToInt(each -> each.synopsis().length())
                        .max()
                        .orElse(0);
    }

    private static void appendLimits(StringBuilder text) {
        text.append("limits, for --limit, with their values without it in brackets; `none` removes a limit:\n");
        for (var limit : Limit.values()) {
            append(text, limit.word(), limit.text() + " [" + shown(limit) + "]");
        }
        append(text, "duration", "milliseconds of a run [none]");
    }

    private static void append(StringBuilder text, String name, String words) {
        text.append("  ").append(name).repeat(' ', 10 - name.length());
        wrap(text, words, 12);
    }

    private static String shown(Limit limit) {
        long number = limit.standard();
        if (number == Limits.NONE) {
            return "none";
        }
        return limit.isBytes() ? (number >> 20) + "M" : Long.toString(number);
    }

    private static void append(StringBuilder text, Option option, String prefix, int column) {
        int start = text.length();
        text.append("  ").append(option.synopsis());
        text.repeat(' ', column - (text.length() - start));
        wrap(text, prefix + option.text(), column);
    }

    private static void wrap(StringBuilder text, String words, int indent) {
        int column = indent;
        boolean first = true;
        for (String word : words.split(" ")) {
            if (!first && column + 1 + word.length() > WIDTH) {
                text.append('\n').repeat(' ', indent);
                column = indent;
            } else if (!first) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
            first = false;
        }
        text.append('\n');
    }
}
