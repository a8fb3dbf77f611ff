package dev.domin.cli.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options. The file is long because it lists all of them, each with its text. */
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
    /** Runs the script anew when it is saved. */
    WATCH(
            "--watch",
            "",
            "",
            "",
            "run the script again when its file is saved; its servers keep their ports",
            Command.RUN,
            Command.TRACE),
    /** Traces packets. */
    TRACE("--trace", "", "", "", "print a line for each packet, as trace does", Command.RUN, Command.TRACE),
    /** Records packets. */
    RECORD(
            "--record",
            "",
            "FILE",
            "a file to write to, such as run.pcapng",
            "record all packets, in a file that Wireshark opens",
            Command.RUN,
            Command.TRACE,
            Command.ECHO,
            Command.DUMP,
            Command.PROXY),
    /** Injects faults. */
    FAULTS(
            "--faults",
            "",
            "SPEC",
            "faults, such as loss=5%,delay=20ms,seed=42",
            "lose, delay or change packets, such as loss=5%,delay=20ms,out.drop=1,seed=42",
            Command.RUN,
            Command.TRACE,
            Command.ECHO,
            Command.PROXY),
    /** Prints or writes the journal. */
    JOURNAL(
            "--journal",
            "",
            "FILE",
            "a file to write to, such as run.jsonl",
            "print all packets and their fates at the end; with FILE, write each as a line of JSON",
            Command.RUN,
            Command.TRACE,
            Command.ECHO,
            Command.PROXY),
    /** Serves a page. */
    INSPECT(
            "--inspect",
            "",
            "PORT",
            "the port of the page, such as 8080",
            "show packets, output and errors live on a page for the browser; print its address",
            Command.RUN,
            Command.TRACE),
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
    /** Limits what scripts use. */
    LIMIT(
            "--limit",
            "",
            "NAME=N",
            "a name and a number, such as --limit value=128M",
            "limit what a script uses, see below; may be repeated",
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
    /** The port of a server. */
    PORT(
            "--port",
            "",
            "N",
            "a port",
            "the port of the server; without it, the system chooses one",
            Command.ECHO,
            Command.DUMP,
            Command.REPLAY),
    /** Prints packets in hexadecimal. */
    DUMP_HEX("--hex", "", "", "", "print each packet in one line, in hexadecimal", Command.DUMP),
    /** Prints packets as text. */
    DUMP_TEXT("--text", "", "", "", "print each packet in one line, as text", Command.DUMP),
    /** Sends bytes. */
    SEND_HEX("--hex", "", "DIGITS", "hexadecimal digits", "send these bytes, such as '0a 0b ff'", Command.SEND),
    /** Sends a file. */
    SEND_FILE("--file", "", "FILE", "a file", "send the content of a file; - is the standard input", Command.SEND),
    /** Expects a text. */
    EXPECT("--expect", "", "TEXT", "a text", "wait for an answer with exactly this text", Command.SEND),
    /** Expects bytes. */
    EXPECT_HEX(
            "--expect-hex",
            "",
            "DIGITS",
            "hexadecimal digits",
            "wait for an answer with exactly these bytes; ? is any digit, such as '?? ?? 85 80'",
            Command.SEND),
    /** Limits the waiting. */
    WITHIN(
            "--within",
            "",
            "TIME",
            "a time, such as 500ms or 2s",
            "how long to wait for each answer, such as 500ms; without it, 1s; with 0s, not at all",
            Command.SEND),
    /** Sends several packets. */
    COUNT("--count", "", "N", "a number", "send N packets", Command.SEND),
    /** Sends at a rate. */
    RATE("--rate", "", "R", "a number", "send R packets in a second, without waiting for answers", Command.SEND),
    /** The client's port. */
    FROM("--from", "", "PORT", "a port", "send from this port", Command.SEND),
    /** Replays as the server. */
    AS_SERVER("--as-server", "", "", "", "answer as the recorded server", Command.REPLAY),
    /** Replays as a client. */
    TO("--to", "", "HOST:PORT", "an address, such as 127.0.0.1:53", "send the recorded requests there", Command.REPLAY),
    /** Names the recorded server. */
    SERVER_PORT("--server-port", "", "N", "a port", "the port of the server in the capture", Command.REPLAY),
    /** Names fields that vary. */
    IGNORE(
            "--ignore",
            "",
            "AT:LENGTH",
            "offset and length of a field, such as 0:2",
            "do not compare the bytes there, such as 0:2; a server copies them from the request to the answer",
            Command.REPLAY),
    /** Answers in order. */
    IN_ORDER("--in-order", "", "", "", "as the server: answer the first packet as the first request", Command.REPLAY),
    /** Answers as late as recorded. */
    TIMED("--timed", "", "", "", "as the server: send answers as late as recorded, not at once", Command.REPLAY),
    /** Changes the speed. */
    SPEED(
            "--speed",
            "",
            "X",
            "a number, such as 2, or max",
            "as a client: X times as fast as recorded; max for no pauses",
            Command.REPLAY),
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

    /** {@return whether it must have a value} */
    public boolean hasValue() {
        return !value.isEmpty() && !mayHaveValue();
    }

    /** {@return whether it may have a value, after an equals sign only} */
    public boolean mayHaveValue() {
        return this == JOURNAL || this == INSPECT;
    }

    /** {@return whether it is given with a command} */
    public boolean isFor(Command command) {
        return commands.contains(command);
    }

    /** {@return its names and its value, as documentation shows them} */
    public String synopsis() {
        String shown = value.isEmpty() ? "" : mayHaveValue() ? "[=" + value + "]" : " " + value;
        return (alias.isEmpty() ? "" : alias + ", ") + word + shown;
    }

    /** {@return what is wrong with giving it for another command} */
    public String misuse() {
        String tools = Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .flatMap(each -> each.commands.stream())
                .filter(Command::isTool)
                .map(Command::word)
                .collect(Collectors.joining(", "));
        if (commands.contains(Command.RUN)) {
            return word + " can only be used to run " + (commands.contains(Command.CHECK) ? "or check " : "")
                    + "scripts" + (tools.isEmpty() ? "" : ", and with " + tools);
        }
        if (!tools.isEmpty()) {
            return word + " can only be used with " + tools + ", after the name of the command";
        }
        var command = commands.getFirst();
        return word + " can only be used with " + command.word() + ": domin " + command.word() + " " + synopsis()
                + (command == Command.CHECK ? " FILE.dom" : "");
    }

    /** {@return whether it is for commands for packets only} */
    public boolean isForToolsOnly() {
        return commands.stream().allMatch(Command::isTool);
    }

    /**
     * {@return the option of a name; null if there is none} Of two with the same name, it is the one for the command,
     * or else the first.
     *
     * @param word the name
     * @param command the command that is named so far
     */
    public static @Nullable Option of(String word, Command command) {
        Option first = null;
        for (var option : values()) {
            if (option.word.equals(word) || !option.alias.isEmpty() && option.alias.equals(word)) {
                if (option.isFor(command)) {
                    return option;
                }
                first = first == null ? option : first;
            }
        }
        return first;
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
