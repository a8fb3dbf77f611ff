package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.usage.Command;
import java.io.UncheckedIOException;

/** Runs the commands for packets. */
public final class Tools {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 130;

    private Tools() {}

    /**
     * Runs a command.
     *
     * @param command the command
     * @param arguments its arguments
     * @param terminal where it prints
     * @return the exit code
     */
    public static int run(Command command, Arguments arguments, Terminal terminal) {
        try {
            return switch (command) {
                case ECHO -> new EchoCommand(arguments, terminal).run();
                case DUMP -> new DumpCommand(arguments, terminal).run();
                case SEND -> new SendCommand(arguments, terminal).run();
                case PROXY -> new ProxyCommand(arguments, terminal).run();
                case REPLAY -> new ReplayCommand(arguments, terminal).run();
                case STAT -> new StatCommand(arguments, terminal).run();
                default -> throw new IllegalArgumentException(command.word());
            };
        } catch (ToolException e) {
            return report(e, terminal);
        } catch (UncheckedIOException e) {
            return report(ToolException.failed(FileErrors.reason(e)), terminal);
        }
    }

    /** Prints why a command has ended; {@return the exit code} */
    static int report(ToolException e, Terminal terminal) {
        terminal.say(e.sentence());
        if (e.isUsage()) {
            terminal.err().println("run domin --help for usage");
        }
        return e.isUsage() ? USAGE : FAILED;
    }
}
