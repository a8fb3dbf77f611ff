package dev.domin.conformance.fuzz;

import java.util.Locale;

/** All targets. The long form finds them by name. */
public enum FuzzTargets {
    /** Any text is refused with errors, or becomes a class that the JVM verifies. */
    SOURCE,
    /** A program without mistakes prints what an interpreter predicts. */
    PROGRAM,
    /** A call of a plugin's function with any arguments returns, or fails with an error of the script. */
    PLUGIN,
    /** A format of printf gives the text that its description says. */
    FORMAT,
    /** JSON is read by RFC 8259, and written so that it can be read again. */
    JSON,
    /** A capture is read, or refused with what was expected. */
    CAPTURE,
    /** A capture that is read is replayed, as the server and as its clients. */
    REPLAY,
    /** A line of a journal is JSON with the bytes of its packet. */
    JOURNAL,
    /** The test kit accepts a text, or refuses it with a sentence. */
    KIT,
    /** A datagram makes no callback of an example fail. */
    DATAGRAM;

    /** {@return a new target} */
    public FuzzTarget make() {
        return switch (this) {
            case SOURCE -> new SourceTarget();
            case PROGRAM -> new ProgramTarget();
            case PLUGIN -> new PluginTarget();
            case FORMAT -> new FormatTarget();
            case JSON -> new JsonTarget();
            case CAPTURE -> new CaptureTarget();
            case REPLAY -> new ReplayTarget();
            case JOURNAL -> new JournalTarget();
            case KIT -> new KitTarget();
            case DATAGRAM -> new DatagramTarget();
        };
    }

    /** {@return the name of its folder among the kept inputs} */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
