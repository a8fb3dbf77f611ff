package dev.domin.cli.usage;

/** The commands. */
public enum Command {
    /** Runs a script; without a name on the command line. */
    RUN(
            "",
            "FILE.dom [ARGS]",
            "run a script",
            "Runs a script. FILE.dom is its file, or - for the standard input. ARGS are passed to the "
                    + "script, which reads them with os.Arg. All options come before FILE.dom."),
    /** Checks scripts. */
    CHECK(
            "check",
            "FILE...",
            "find errors and warnings without running",
            "Reports every error of the scripts, and warns of what will fail when they run or was "
                    + "hardly meant: literal formats, callback names and numbers that do not fit, conditions "
                    + "that assign, empty statements, comparisons as statements, variables that are never read, "
                    + "functions that are never called. Warnings do not change the exit status, except with "
                    + "--strict. FILE may be - for the standard input."),
    /** Runs a script with a line for each packet. */
    TRACE(
            "trace",
            "FILE.dom [ARGS]",
            "run a script, with a line for each packet",
            "Runs a script and prints one line to the standard error for each packet of its servers "
                    + "and clients: the time, the name of the callback, the sender, the packet's fate, how long "
                    + "that took, its length and beginning, and those of the answer. Control characters are "
                    + "escaped. `domin --trace` is the same."),
    /** Sends packets back. */
    ECHO(
            "echo",
            "",
            "run a server that sends each packet back",
            "Sends each packet back to its sender, until Ctrl-C, and prints how many packets there were at the "
                    + "end. The first line of the output is `listening on 127.0.0.1:PORT`."),
    /** Prints packets. */
    DUMP(
            "dump",
            "",
            "run a server that prints each packet",
            "Prints each packet that comes, until Ctrl-C: time, sender, length, and all bytes in hexadecimal and as "
                    + "text. Nothing is answered. Control characters are escaped. The first line of the output is "
                    + "`listening on 127.0.0.1:PORT`."),
    /** Sends a packet. */
    SEND(
            "send",
            "HOST:PORT [TEXT]",
            "send packets, and print the answers",
            "Sends TEXT, the bytes of --hex or the content of --file to a server on loopback, and prints the answer. "
                    + "It waits for one answer to each packet, up to --within; with --expect or --expect-hex, for one "
                    + "that is as expected. Several packets are sent one after the other, each when the one before is "
                    + "answered or its time is over; with --rate, that many in a second. HOST: may be left out. "
                    + "Exits with 1 if an expected answer did not come, and prints how those that came differ. "
                    + "Without an expectation, a missing answer is no error."),
    /** Forwards packets. */
    PROXY(
            "proxy",
            "PORT TARGET",
            "forward packets to a server, with faults",
            "Receives packets on PORT (0: any free one), forwards them to the server at TARGET, such as "
                    + "127.0.0.1:53, and sends its answers back, until Ctrl-C. Each client gets a socket of its own "
                    + "towards the server, which is closed after 60 seconds without a packet; there are at most 1,000. "
                    + "Faults with in. apply to packets from clients, those with out. to answers. Recording and "
                    + "journal show the addresses of clients and of PORT. Both sides are on loopback."),
    /** Replays a recording. */
    REPLAY(
            "replay",
            "FILE",
            "replay a capture as the server or a client",
            "Reads a capture, pcapng or pcap. With --as-server, answers as the recorded server did, until Ctrl-C. With "
                    + "--to, sends the recorded requests to a server, with the recorded pauses between them, compares "
                    + "its answers with the recorded ones, and exits with 1 if one is missing, different or was not "
                    + "recorded. The server is who got the first datagram of the capture, unless --server-port names "
                    + "another one."),
    /** Describes a recording. */
    STAT(
            "stat",
            "FILE",
            "describe what a capture contains",
            "Reads a capture, pcapng or pcap, and prints how many datagrams and bytes it contains, from where to "
                    + "where, and what was left out, and why. FILE may be - for the standard input."),
    /** Describes plugins, functions and commands. */
    HELP(
            "help",
            "[TOPIC...]",
            "describe plugins, functions and commands",
            "Without a topic: lists commands, options and plugins. A topic is a plugin, a function "
                    + "such as timer.SleepMs, or a command."),
    /** Prints a completion script. */
    COMPLETION(
            "completion",
            "bash|zsh|fish",
            "print a script that completes command lines",
            "Prints a script with which a shell completes commands, options, scripts and plugins. For "
                    + "bash: `source <(domin completion bash)` in ~/.bashrc. For zsh: `source <(domin "
                    + "completion zsh)` in ~/.zshrc, after compinit. For fish: `domin completion fish > "
                    + "~/.config/fish/completions/domin.fish`."),
    /** Prints the manual page. */
    MAN("man", "", "print the manual page", "Prints the manual page. To read it: `domin man | man -l -`.");

    private final String word;
    private final String operands;
    private final String summary;
    private final String text;

    Command(String word, String operands, String summary, String text) {
        this.word = word;
        this.operands = operands;
        this.summary = summary;
        this.text = text;
    }

    /** {@return its name on the command line; empty for {@link #RUN}} */
    public String word() {
        return word;
    }

    /** {@return what follows its name} */
    public String operands() {
        return operands;
    }

    /** {@return what it does, in a few words} */
    public String summary() {
        return summary;
    }

    /** {@return what it does, in sentences} */
    public String text() {
        return text;
    }

    /** {@return whether it runs a script} */
    public boolean runs() {
        return this == RUN || this == TRACE;
    }

    /** {@return whether it is a command for packets, without a script} */
    public boolean isTool() {
        return switch (this) {
            case ECHO, DUMP, SEND, PROXY, REPLAY, STAT -> true;
            default -> false;
        };
    }

    /**
     * {@return whether a word is the name of a command} Asked at every start, so it must not look through the commands;
     * a test compares the two.
     */
    public static boolean isName(String word) {
        return switch (word) {
            case "check", "trace", "help", "completion", "man" -> true;
            case "echo", "dump", "send", "proxy", "replay", "stat" -> true;
            default -> false;
        };
    }

    /** {@return the command of a name} */
    public static Command of(String word) {
        for (var command : values()) {
            if (command.word.equals(word)) {
                return command;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
