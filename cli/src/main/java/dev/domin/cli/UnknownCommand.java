package dev.domin.cli;

import dev.domin.cli.usage.Command;
import dev.domin.lang.source.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Explains a first argument that is neither a command nor a file. */
final class UnknownCommand {

    private static final String EXTENSION = ".dom";
    private static final List<String> NAMES = Arrays.stream(Command.values())
            .map(Command::word)
            .filter(word -> !word.isEmpty())
            .toList();

    private UnknownCommand() {}

    /**
     * Explains the argument.
     *
     * @param word the argument
     * @param rest the arguments after it
     * @return a sentence; empty if the argument can only be a file and there is nothing to suggest
     */
    static String explain(String word, List<String> rest) {
        if (Command.isName(word)) { // after -- or another command
            var command = Command.of(word);
            return "there is no file `" + word + "`; for the command write `domin " + word
                    + (command.operands().isEmpty() ? "" : " " + command.operands()) + "`";
        }
        boolean isWord = word.indexOf('.') < 0 && word.indexOf('/') < 0 && word.indexOf('\\') < 0;
        String suggestion = suggestion(word, rest, isWord);
        if (!isWord) {
            return suggestion.isEmpty() ? "" : "there is no file " + word + suggestion;
        }
        return "there is no command `" + word + "`, and no file of that name" + suggestion;
    }

    private static String suggestion(String word, List<String> rest, boolean isWord) {
        if (isFile(word + EXTENSION)) {
            return didYouMean(word + EXTENSION, rest);
        }
        if (!isWord) {
            return "";
        }
        String near = Suggestions.closest(word, NAMES);
        String command = near != null ? near : fromOtherPrograms(word);
        if (command.equals("run")) {
            return rest.isEmpty()
                    ? "; a script is run without a command: `domin FILE.dom`"
                    : "; a script is run without a command: `domin " + String.join(" ", rest) + "`";
        }
        return command.isEmpty() ? "" : didYouMean(command, rest);
    }

    /**
     * {@return the command for a name that is used in other programs; {@code run} for those that run a script; empty if
     * unknown}
     */
    private static String fromOtherPrograms(String word) {
        return switch (word) {
            case "run", "exec", "execute", "start", "play", "launch", "go", "do", "script", "domin", "open", "serve" ->
                "run";
            case "compile", "build", "verify", "validate", "lint", "test", "vet", "parse", "syntax" ->
                Command.CHECK.word();
            case "doc", "docs", "info", "explain", "describe", "list", "ls", "plugins", "functions", "usage", "?" ->
                Command.HELP.word();
            case "nc", "netcat", "ncat", "socat", "ask", "ping", "client" -> Command.SEND.word();
            case "forward", "relay", "toxiproxy" -> Command.PROXY.word();
            case "capinfos", "stats", "statistics", "flows" -> Command.STAT.word();
            case "tcpreplay" -> Command.REPLAY.word();
            case "hexdump", "receive" -> Command.DUMP.word();
            case "tcpdump", "sniff", "packets", "strace", "debug", "log" -> Command.TRACE.word();
            case "completions", "complete", "autocomplete" -> Command.COMPLETION.word();
            case "version", "ver" -> "--version";
            case "eval", "repl", "print" -> "-e";
            default -> "";
        };
    }

    private static String didYouMean(String command, List<String> rest) {
        return "; did you mean `domin " + command + (rest.isEmpty() ? "" : " " + String.join(" ", rest)) + "`?";
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (RuntimeException _) { // an invalid path
            return false;
        }
    }
}
