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

    /**
     * {@return whether a word is the name of a command} Asked at every start, so it must not load the commands; a test
     * compares the two.
     */
    public static boolean isName(String word) {
        return switch (word) {
            case "check", "trace", "help", "completion", "man" -> true;
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
