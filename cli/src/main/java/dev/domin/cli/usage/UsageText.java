package dev.domin.cli.usage;

/** What {@code --help} prints. */
public final class UsageText {

    private static final int WIDTH = 100;
    private static final int COLUMN = 20;

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
        for (var option : Option.values()) {
            String only = option.isFor(Command.RUN) ? "" : option == Option.MARKDOWN ? "help: " : "check: ";
            append(text, option, only);
        }
        return text.append("`domin COMMAND --help` describes a command.\n").toString();
    }

    /** {@return the usage of one command} */
    public static String of(Command command) {
        if (command == Command.RUN) {
            return all();
        }
        var text = new StringBuilder("usage: " + synopsis(command) + "\n\n");
        wrap(text, command.text(), 0);
        text.append("\noptions:\n");
        for (var option : Option.values()) {
            if (option.isFor(command)) {
                append(text, option, "");
            }
        }
        return text.toString();
    }

    /** {@return how a command is called} */
    static String synopsis(Command command) {
        return ("domin " + (command == Command.RUN ? "[options]" : command.word()) + " " + command.operands()).strip();
    }

    private static void append(StringBuilder text, Option option, String prefix) {
        int start = text.length();
        text.append("  ").append(option.synopsis());
        text.repeat(' ', Math.max(1, COLUMN - (text.length() - start)));
        wrap(text, prefix + option.text(), COLUMN);
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
