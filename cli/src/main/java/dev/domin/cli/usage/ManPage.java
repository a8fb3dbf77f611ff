package dev.domin.cli.usage;

import java.util.Map;

/** The manual page, in roff's {@code man} macros. */
public final class ManPage {

    private ManPage() {}

    /**
     * Writes the page.
     *
     * @param version the version of domin
     * @param exitCodes what each exit status means, in the order of the page
     * @return its text
     */
    public static String write(String version, Map<Integer, String> exitCodes) {
        var page = new StringBuilder(".\\\" Written by `domin man`.\n");
        page.append(".TH DOMIN 1 \"\" \"").append(text(version)).append("\" \"User Commands\"\n");
        page.append(".SH NAME\ndomin \\- run DominScript, a language for UDP servers on loopback\n");
        page.append(".SH SYNOPSIS\n");
        for (var command : Command.values()) {
            page.append(".B ").append(text(UsageText.synopsis(command))).append("\n.br\n");
        }
        page.append(".SH DESCRIPTION\n").append(text(Command.RUN.text())).append('\n');
        page.append("A script is checked completely before it starts; every error is reported with its place.\n");
        page.append(".SH COMMANDS\n");
        for (var command : Command.values()) {
            if (command != Command.RUN) {
                page.append(".TP\n.B ").append(text((command.word() + " " + command.operands()).strip()));
                page.append('\n').append(text(command.text())).append('\n');
            }
        }
        page.append(".SH OPTIONS\n");
        page.append("Options come before FILE.dom, and before or after the name of a command.\n");
        page.append("A value may follow after a blank or, for long options, after =.\n");
        for (var option : Option.values()) {
            page.append(".TP\n.B ").append(text(option.synopsis())).append('\n');
            page.append(text(sentence(option))).append('\n');
        }
        page.append(".SH EXIT STATUS\n");
        page.append("Without an error, the value that main returns.\n");
        exitCodes.forEach((code, meaning) -> page.append(".TP\n.B ")
                .append(code)
                .append('\n')
                .append(text(meaning))
                .append('\n'));
        page.append(".SH ENVIRONMENT\n");
        variable(page, "DOMIN_JAVA_HOME", "The JDK to use, 25 or later. Otherwise JAVA_HOME, then java on the PATH.");
        variable(page, "DOMIN_JAVA_OPTS", "Further options for java, separated by blanks.");
        variable(page, "NO_COLOR", "If it is not empty, errors are not coloured.");
        page.append(".SH EXAMPLES\n.nf\ndomin echo.dom\ndomin trace echo.dom\ndomin check --strict *.dom\n");
        page.append("domin help callbackudpserver.Open\n");
        page.append("domin \\-\\-faults loss=5%,seed=42 \\-\\-record run.pcapng echo.dom\n");
        page.append("domin proxy 5300 127.0.0.1:53 \\-\\-faults out.drop=1\n.fi\n");
        return page.toString();
    }

    private static String sentence(Option option) {
        var only = new StringBuilder();
        for (var command : Command.values()) {
            if (!option.isFor(Command.RUN) && option.isFor(command)) {
                only.append(only.isEmpty() ? "With " : ", ").append(command.word());
            }
        }
        String text = option.text();
        return (only.isEmpty() ? Character.toUpperCase(text.charAt(0)) + text.substring(1) : only + ": " + text) + ".";
    }

    private static void variable(StringBuilder page, String name, String meaning) {
        page.append(".TP\n.B ").append(name).append('\n').append(text(meaning)).append('\n');
    }

    /** Escapes what roff would interpret. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("`", "\\(ga")
                .replace("~", "\\(ti");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
