package dev.domin.plugins.log;

import dev.domin.plugins.files.NamedFile;
import dev.domin.plugins.format.Formatter;
import dev.domin.plugins.print.FormatCheck;
import dev.domin.spi.Escapes;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Messages with levels. The file is long because every function carries its page of documentation; other types do the
 * work.
 */
@ScriptPlugin(
        namespace = "log",
        library = "LogPlugin",
        path = "../plugins/log/LogPlugin",
        doc = "Writes messages with a time and a level to the standard error, to files and to syslog. A script "
                + "that sets nothing logs to the standard error, from the level info on. Each message is one "
                + "line, written in one piece, whatever bytes it has: control characters, and what is not "
                + "UTF-8, are escaped, so that what comes from a packet may be logged. Times are UTC.")
public final class LogPlugin implements Plugin {

    private static final String PLAIN = "plain";
    private static final String JSON = "json";
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int MOST_KEPT = 1000;
    private static final long LONGEST_INTERVAL = 1_000_000_000;

    private ScriptContext context;
    private Level lowest = Level.INFO;
    private boolean json;
    private @Nullable Sinks sinks; // made at the first use

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "SetLevel",
            doc = "Sets from which level on messages are written: trace, debug, info, warn or error.",
            errors = "Any other word stops the script.",
            example = """
                    log.SetLevel("warn");
                    printf("%d %d\\n", log.Info("hidden"), log.Warn("port %d is taken", 5353));""",
            output = "0 1\n")
    public void setLevel(
            @Param(
                            value = "level",
                            doc = "The lowest level that is written.",
                            check = LevelCheck.class,
                            help = "give a word, as in \"debug\"")
                    String level) {
        lowest = Level.named(level);
    }

    @ScriptFunction(
            name = "GetLevel",
            doc = "Returns from which level on messages are written.",
            returns = "The level as a word.",
            example = "printf(\"%s\\n\", log.GetLevel());",
            output = "info\n",
            beyond = true)
    public String getLevel() {
        return lowest.word();
    }

    @ScriptFunction(
            name = "SetFormat",
            doc = "Sets how lines look: \"plain\" (time, level and message, with blanks between them) or \"json\" "
                    + "(an object with the fields ts, level and msg). In both, bytes that "
                    + "are not UTF-8 become \\xNN.",
            errors = "Any other word stops the script.",
            example = """
                    log.SetFormat("json");
                    printf("%d\\n", log.Info("started"));""",
            output = "1\n")
    public void setFormat(
            @Param(
                            value = "format",
                            doc = "The format.",
                            check = FormatNameCheck.class,
                            help = "give \"plain\" or \"json\"")
                    String format) {
        json = isJson(format);
    }

    static boolean isJson(String format) {
        return switch (format) {
            case PLAIN -> false;
            case JSON -> true;
            default ->
                throw new ScriptError(
                        "there is no format \"" + Escapes.quote(format) + "\"",
                        "the formats are \"plain\" and \"json\"");
        };
    }

    @ScriptFunction(
            name = "SetSink",
            doc = "Adds a sink; every message goes to all of them, at most 8. The first one takes the place of the "
                    + "standard error. A \"file\" is appended to. \"syslog\" sends datagrams by RFC 5424 to "
                    + "port 514 of 127.0.0.1, or to another port of it: Java cannot write to /dev/log, so "
                    + "the syslog server has to listen on UDP, and a message that nobody receives is lost "
                    + "unnoticed. A sink that is there already is not added again.",
            errors = "An unknown kind, a file that cannot be opened, a syslog target that is not on this machine, and "
                    + "a ninth sink stop the script.",
            example = """
                    log.SetSink("stderr", "");
                    log.SetSink("file", "domin-example.tmp");
                    log.Info("started");
                    printf("%d\\n", fileio.Delete("domin-example.tmp"));""",
            output = "1\n")
    public void setSink(
            @Param(
                            value = "kind",
                            doc = "\"stderr\", \"file\" or \"syslog\".",
                            check = SinkCheck.class,
                            help = "give \"stderr\", \"file\" or \"syslog\"")
                    String kind,
            @Param(
                            value = "target",
                            doc = "The path of the file; for syslog \"127.0.0.1:PORT\", or empty for port 514; for "
                                    + "stderr it is not looked at.",
                            defaultValue = "\"\"",
                            help = "give a string, as in \"app.log\"")
                    String target) {
        switch (kind) {
            case StderrSink.KIND -> sinks().add(StderrSink.KIND, () -> new StderrSink(context.err()));
            case FileSink.KIND -> file(target);
            case SyslogSink.KIND -> sinks().add(SyslogSink.key(target), () -> SyslogSink.open(target));
            default -> checkSink(kind, target);
        }
    }

    static void checkSink(String kind, String target) {
        switch (kind) {
            case StderrSink.KIND, FileSink.KIND -> {} // any target; whether a file can be opened shows at run time
            case SyslogSink.KIND -> SyslogSink.key(target);
            default ->
                throw new ScriptError(
                        "there is no kind of sink \"" + Escapes.quote(kind) + "\"",
                        "the kinds are \"stderr\", \"file\" and \"syslog\"");
        }
    }

    @ScriptFunction(
            name = "SetSinkRotate",
            doc = "Adds a file as a sink, or takes one that is there, and limits its length: before a message "
                    + "would make it longer, app.log becomes app.log.1, app.log.1 becomes app.log.2, and so "
                    + "on, and a new file is begun.",
            errors = "A file that cannot be opened, a folder with the name of an older file, a length "
                    + "below 1, and a number of files that is not 0 to 1000 "
                    + "stop the script.",
            example = """
                    log.SetSinkRotate("domin-example.tmp", 1000000, 3);
                    printf("%d %d\\n", log.Info("started"), fileio.Delete("domin-example.tmp"));""",
            output = "1 1\n")
    public void setSinkRotate(
            @Param(value = "path", doc = "The path of the file.", help = "give a string, as in \"app.log\"")
                    String path,
            @Param(value = "maxBytes", doc = "The most bytes of a file. A longer message has a file alone.", min = 1)
                    long maxBytes,
            @Param(value = "keep", doc = "How many older files are kept.", min = 0, max = MOST_KEPT) long keep) {
        if (maxBytes < 1) {
            throw new ScriptError("maxBytes is " + maxBytes + ", but it is 1 or more");
        }
        checkKeep(keep);
        var sink = file(path);
        sink.rotate(new Rotation(maxBytes, sink.rotation().intervalMillis(), (int) keep));
    }

    @ScriptFunction(
            name = "SetSinkRotateTime",
            doc = "Adds a file as a sink, or takes one that is there, and begins a new file with each interval of "
                    + "time, as SetSinkRotate does. Intervals are counted from the start of 1970, UTC: those "
                    + "of 86400 seconds begin at midnight UTC. The change comes with the first message of an "
                    + "interval.",
            errors = "A file that cannot be opened, a folder with the name of an older file, an "
                    + "interval that is not 1 to 1000000000, and a number of files "
                    + "that is not 0 to 1000 stop the script.",
            example = """
                    log.SetSinkRotateTime("domin-example.tmp", 86400, 7);
                    printf("%d %d\\n", log.Info("started"), fileio.Delete("domin-example.tmp"));""",
            output = "1 1\n")
    public void setSinkRotateTime(
            @Param(value = "path", doc = "The path of the file.", help = "give a string, as in \"app.log\"")
                    String path,
            @Param(
                            value = "intervalSeconds",
                            doc = "The length of an interval in seconds.",
                            min = 1,
                            max = LONGEST_INTERVAL)
                    long intervalSeconds,
            @Param(value = "keep", doc = "How many older files are kept.", min = 0, max = MOST_KEPT) long keep) {
        if (intervalSeconds < 1 || intervalSeconds > LONGEST_INTERVAL) {
            throw new ScriptError("intervalSeconds is " + intervalSeconds + ", but it is 1 to " + LONGEST_INTERVAL);
        }
        checkKeep(keep);
        var sink = file(path);
        sink.rotate(new Rotation(sink.rotation().maxBytes(), intervalSeconds * MILLIS_PER_SECOND, (int) keep));
    }

    @ScriptFunction(
            name = "Trace",
            doc = "Writes a message of the level trace. Its text and values are those of printf. A message below "
                    + "the level that is set is not even put together, so its format is not checked then.",
            returns = "1 if it was written; 0 if its level is below the one that is set.",
            errors = "What printf refuses, and a sink that cannot be written, stop the script. The other sinks have "
                    + "the message then.",
            example = "printf(\"%d\\n\", log.Trace(\"%s: %d packets\", \"127.0.0.1\", 3));",
            output = "0\n")
    public int trace(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return write(Level.TRACE, format, values);
    }

    @ScriptFunction(
            name = "Debug",
            doc = "Writes a message of the level debug. Its text and values are those of printf. A message below "
                    + "the level that is set is not even put together, so its format is not checked then.",
            returns = "1 if it was written; 0 if its level is below the one that is set.",
            errors = "What printf refuses, and a sink that cannot be written, stop the script. The other sinks have "
                    + "the message then.",
            example = "printf(\"%d\\n\", log.Debug(\"%s: %d packets\", \"127.0.0.1\", 3));",
            output = "0\n")
    public int debug(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return write(Level.DEBUG, format, values);
    }

    @ScriptFunction(
            name = "Info",
            doc = "Writes a message of the level info. Its text and values are those of printf. A message below "
                    + "the level that is set is not even put together, so its format is not checked then.",
            returns = "1 if it was written; 0 if its level is below the one that is set.",
            errors = "What printf refuses, and a sink that cannot be written, stop the script. The other sinks have "
                    + "the message then.",
            example = "printf(\"%d\\n\", log.Info(\"%s: %d packets\", \"127.0.0.1\", 3));",
            output = "1\n")
    public int info(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return write(Level.INFO, format, values);
    }

    @ScriptFunction(
            name = "Warn",
            doc = "Writes a message of the level warn. Its text and values are those of printf. A message below "
                    + "the level that is set is not even put together, so its format is not checked then.",
            returns = "1 if it was written; 0 if its level is below the one that is set.",
            errors = "What printf refuses, and a sink that cannot be written, stop the script. The other sinks have "
                    + "the message then.",
            example = "printf(\"%d\\n\", log.Warn(\"%s: %d packets\", \"127.0.0.1\", 3));",
            output = "1\n")
    public int warn(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return write(Level.WARN, format, values);
    }

    @ScriptFunction(
            name = "Error",
            doc = "Writes a message of the level error. Its text and values are those of printf. A message below "
                    + "the level that is set is not even put together, so its format is not checked then.",
            returns = "1 if it was written; 0 if its level is below the one that is set.",
            errors = "What printf refuses, and a sink that cannot be written, stop the script. The other sinks have "
                    + "the message then.",
            example = "printf(\"%d\\n\", log.Error(\"%s: %d packets\", \"127.0.0.1\", 3));",
            output = "1\n")
    public int error(
            @Param(value = "format", doc = "The text, with a place for each value.", check = FormatCheck.class)
                    String format,
            @Param(value = "values", doc = "The values, in the order of their places.") Object... values) {
        return write(Level.ERROR, format, values);
    }

    @ScriptFunction(
            name = "Close",
            doc = "Closes all sinks and forgets them. What is logged afterwards goes to the standard error again.",
            returns = "1 if there were sinks, else 0.",
            example = """
                    log.SetSink("stderr", "");
                    printf("%d %d\\n", log.Close(), log.Close());""",
            output = "1 0\n")
    public int close() {
        var open = sinks;
        if (open == null || open.isEmpty()) {
            return 0;
        }
        open.clear();
        return 1;
    }

    private int write(Level level, String format, Object[] values) {
        if (level.compareTo(lowest) < 0) {
            return 0;
        }
        String text = Formatter.format(context, format, values);
        if (text.endsWith("\n")) { // each message is a line, so many write its end by habit
            text = text.substring(0, text.length() - 1);
        }
        var message = new Message(System.currentTimeMillis(), level, text);
        var open = sinks;
        if (open == null || open.isEmpty()) {
            new StderrSink(context.err()).write(message, json);
        } else {
            open.write(message, json);
        }
        return 1;
    }

    private FileSink file(String path) {
        var file = NamedFile.of(path);
        return (FileSink) sinks().add(FileSink.key(file), () -> FileSink.open(file));
    }

    private Sinks sinks() {
        var open = sinks;
        if (open == null) {
            open = new Sinks();
            context.register(open);
            sinks = open;
        }
        return open;
    }

    private static void checkKeep(long keep) {
        if (keep < 0 || keep > MOST_KEPT) {
            throw new ScriptError("keep is " + keep + ", but it is 0 to " + MOST_KEPT);
        }
    }
}
