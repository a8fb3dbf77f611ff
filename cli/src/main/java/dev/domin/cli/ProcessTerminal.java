package dev.domin.cli;

import dev.domin.cli.kit.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Makes the terminal of the commands for packets. Apart from {@link Cli}, whose lambdas are loaded at every start. */
final class ProcessTerminal {

    private ProcessTerminal() {}

    static Terminal of(OutputStream out, PrintStream err, boolean ownsProcess, @Nullable ProcessStreams streams) {
        return streams == null
                ? new Terminal(out, err, ownsProcess, _ -> {}, () -> {})
                : new Terminal(out, err, ownsProcess, streams::onReaderGone, streams::abandonStuck);
    }
}
