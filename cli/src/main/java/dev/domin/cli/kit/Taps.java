package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.usage.Option;
import dev.domin.lang.source.MessageText;
import dev.domin.testkit.Packet;
import dev.domin.testkit.UdpTap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --record}, {@code --faults} and {@code --journal} ask for. Closed once, when no packet comes any more.
 */
public final class Taps {

    /** What is kept where no journal is printed, so that a packet that the system refuses is found. */
    private static final int FEW = 1_000;

    /** What is kept for the inspector: several seconds at 10,000 packets per second. */
    private static final int MANY = 100_000;

    private static final long MANY_BYTES = 64L << 20;

    private final Terminal terminal;
    private final UdpTap tap;
    private final List<JournalFile> files;
    private final List<String> names; // of the files, and the last one of the recording
    private final boolean printing;
    private boolean closed; // guarded by this, as the next
    private boolean complete = true;

    private Taps(Terminal terminal, UdpTap tap, List<JournalFile> files, List<String> names, boolean printing) {
        this.terminal = terminal;
        this.tap = tap;
        this.files = files;
        this.names = names;
        this.printing = printing;
    }

    /** Opens what the arguments ask for, after a complete check. */
    static Taps open(Arguments arguments, Terminal terminal) throws ToolException {
        return open(arguments, terminal, null);
    }

    /** Opens what the arguments ask for, and notifies a listener of each packet, too. */
    static Taps open(Arguments arguments, Terminal terminal, @Nullable Consumer<Packet> listener) throws ToolException {
        String faults = String.join(",", arguments.all(Option.FAULTS));
        check(faults);
        var builder = UdpTap.builder();
        var printing = arguments.all(Option.JOURNAL).contains("");
        boolean inspected = arguments.has(Option.INSPECT);
        if (inspected) {
            builder.keep(MANY, MANY_BYTES);
        } else if (!printing) {
            builder.keep(FEW, FEW * 1_000L);
        }
        if (faults.isEmpty() && !inspected) {
            builder.withoutFaults();
        }
        var files = new ArrayList<JournalFile>();
        var names = new ArrayList<String>();
        for (String name : arguments.all(Option.JOURNAL)) {
            if (!name.isEmpty()) {
                files.add(journal(name));
                names.add(name);
            }
        }
        var listeners = new ArrayList<Consumer<Packet>>(files);
        if (listener != null) {
            listeners.add(listener);
        }
        if (!listeners.isEmpty()) {
            builder.onDecided(packet -> listeners.forEach(each -> each.accept(packet)));
        }
        String recording = arguments.last(Option.RECORD).orElse("");
        names.add(recording);
        var taps = new Taps(terminal, build(builder, recording), files, names, printing);
        if (!faults.isEmpty()) {
            taps.apply(faults);
        }
        return taps;
    }

    /** Checks faults before any file is created. */
    private static void check(String faults) throws ToolException {
        if (!faults.isEmpty()) {
            try (var scratch = UdpTap.builder().keep(0, 0).build()) {
                scratch.faults().apply(faults);
            } catch (IllegalArgumentException e) {
                throw ToolException.usage("--faults: " + e.getMessage());
            } catch (IOException e) {
                throw new IllegalStateException("a tap without files writes none", e);
            }
        }
    }

    private static JournalFile journal(String name) throws ToolException {
        try {
            return new JournalFile(Arguments.path(name));
        } catch (IOException e) {
            throw ToolException.usage("cannot write " + name + ": " + FileErrors.reason(e));
        }
    }

    private static UdpTap build(UdpTap.Builder builder, String recording) throws ToolException {
        try {
            if (!recording.isEmpty()) {
                builder.recordTo(Arguments.path(recording));
            }
            return builder.build();
        } catch (IOException e) {
            throw ToolException.usage("cannot write " + recording + ": " + FileErrors.reason(e));
        }
    }

    private void apply(String spec) {
        var faults = tap.faults().apply(spec);
        boolean seeded = spec.toLowerCase(Locale.ROOT).contains("seed");
        terminal.err()
                .println(MessageText.escape("domin: faults: "
                        + faults.toString().lines().findFirst().orElse("")));
        faults.toString().lines().skip(1).forEach(line -> terminal.err().println(MessageText.escape(line)));
        terminal.err()
                .println(MessageText.escape(
                        "  the same again: --faults '" + spec + (seeded ? "" : ",seed=" + faults.seed()) + "'"));
    }

    /** {@return the tap} */
    UdpTap tap() {
        return tap;
    }

    /**
     * Completes the files and prints the journal. Closing again does nothing.
     *
     * @return false if a file is not complete
     */
    synchronized boolean close() {
        if (closed) {
            return complete;
        }
        closed = true;
        close(tap, "the recording " + names.getLast()); // first: it decides what is still delayed
        for (int i = 0; i < files.size(); i++) {
            close(files.get(i), "the journal " + names.get(i));
        }
        if (printing) {
            terminal.err().println("journal:\n" + tap.journal().toString().strip());
        }
        return complete;
    }

    private void close(AutoCloseable file, String name) {
        try {
            file.close();
        } catch (Exception e) {
            complete = false;
            terminal.say(name + " is not complete: " + FileErrors.reason(e));
        }
    }
}
