package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.kit.Arguments;
import dev.domin.cli.kit.RunObservers;
import dev.domin.cli.kit.Terminal;
import dev.domin.cli.kit.Tools;
import dev.domin.cli.usage.Command;
import dev.domin.cli.usage.Option;
import dev.domin.cli.usage.UsageText;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.plugins.BundledPlugins;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.spi.Limits;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One invocation of the command: it selects the command, and runs scripts. Not reusable. */
public final class Cli {

    /** The name of the standard input on the command line. */
    static final String STANDARD_INPUT = "-";

    private final OutputStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean ownsProcess;
    private final @Nullable ProcessStreams streams; // null if the caller owns the process
    /** In order of lookup: the later catalogs are not searched for a bundled plugin. */
    private PluginCatalog plugins = Plugins.inOrder(new BundledPlugins(), Plugins.installed());

    private boolean failFast;
    private @Nullable GivenLimits limits; // null: the standard ones

    @Nullable
    CommandLine observed; // null: nothing observes the packets of a run

    private boolean alone = true;

    /**
     * Creates an invocation.
     *
     * @param out the output of scripts and of help
     * @param err the output for errors
     * @param colour whether errors are coloured
     * @param ownsProcess whether to handle Ctrl-C and SIGTERM
     */
    public Cli(OutputStream out, PrintStream err, boolean colour, boolean ownsProcess) {
        this(out, err, colour, ownsProcess, null);
    }

    /** Creates an invocation that owns the process: a run ends when its output is no longer read. */
    Cli(ProcessStreams streams, boolean colour) {
        this(streams.out(), streams.err(), colour, true, streams);
    }

    private Cli(
            OutputStream out, PrintStream err, boolean colour, boolean ownsProcess, @Nullable ProcessStreams streams) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.ownsProcess = ownsProcess;
        this.streams = streams;
    }

    /**
     * Executes the command line.
     *
     * @param args the arguments
     * @return the exit status: the script's, or that of an {@link ExitCode}
     */
    public int run(String... args) {
        if (args.length > 0 && !args[0].startsWith("-") && !isCommand(args[0])) {
            return runFile(Arrays.asList(args)); // the most frequent case, without parsing
        }
        var line = CommandLine.parse(args);
        failFast = line.has(Option.FAIL_FAST);
        observed = line.observes() ? line : null;
        if (!line.pluginFolders().isEmpty() || !line.allowedPlugins().isEmpty()) {
            var chosen = new ChosenPlugins(plugins, line, err);
            if (!chosen.complaint().isEmpty()) {
                return wrongUse(chosen.complaint());
            }
            plugins = chosen.catalog();
            alone = line.pluginFolders().isEmpty();
        }
        if (!line.limits().isEmpty()) {
            limits = new GivenLimits(line.limits());
            if (!limits.complaint().isEmpty()) {
                return wrongUse(limits.complaint());
            }
        }
        var operands = line.operands();
        return switch (line.action()) {
            case RUN -> line.has(Option.WATCH) ? new Watching(this).run(operands) : runFile(operands);
            case STATEMENTS -> runStatements(operands);
            case CHECK ->
                new Checking(
                                this,
                                plugins,
                                line.emit(),
                                line.has(Option.STRICT),
                                limits == null ? Limits.DEFAULTS : limits.limits())
                        .check(operands, line.statements())
                        .code();
            case TOOL -> {
                alone = false;
                yield Tools.run(line.command(), new Arguments(line.options(), operands), terminal());
            }
            case HELP, COMPLETION, MAN, VERSION, USAGE ->
                new Describing(this, plugins).describe(line).code();
            case WRONG -> wrongUse(line.complaint());
            case NOTHING -> {
                err.print(UsageText.all());
                yield ExitCode.USAGE.code();
            }
        };
    }

    /**
     * {@return whether only domin's own plugins have run, and no signal is ending the process, so that it may end by
     * returning from main}
     */
    boolean isAlone() {
        return alone;
    }

    /** {@return whether a word names a command, and not a file of the same name} */
    static boolean isCommand(String word) {
        if (!Command.isName(word)) {
            return false;
        }
        var file = Path.of(word);
        return !Files.exists(file) || Files.isDirectory(file);
    }

    private int runStatements(List<String> all) {
        return runScript(new SourceFile("-e", all.getFirst()), true, all.subList(1, all.size()));
    }

    private int runFile(List<String> fileAndArguments) {
        var arguments = fileAndArguments.subList(1, fileAndArguments.size());
        var source = read(fileAndArguments.getFirst(), arguments);
        return source.file == null ? source.status.code() : runScript(source.file, false, arguments);
    }

    private int runScript(SourceFile source, boolean statements, List<String> arguments) {
        Script script;
        try {
            script = compile(source, statements);
        } catch (RefusedException e) {
            return messages().refused(e).code();
        }
        var options = options(arguments);
        RunObservers observers = observed == null ? null : openObservers(observed, options);
        if (observed != null && observers == null) {
            return ExitCode.USAGE.code();
        }
        var hook = signalHook(observers);
        var run = hook == null ? script.start(options.build()) : hook.startRun(script, options.build());
        if (observers != null) {
            observers.started(source, run);
        }
        onReaderGone(run::cancel);
        try {
            int status = run.await();
            if (observers != null) {
                observers.run();
                status = observers.isComplete() || status != 0 ? status : ExitCode.SCRIPT_FAILED.code();
            }
            ended(hook);
            return status;
        } catch (InterruptedException _) { // only a program that calls this class can interrupt this thread
            run.close();
            if (observers != null) {
                observers.run();
            }
            return ExitCode.INTERRUPTED.code();
        }
    }

    /** Removes the hook, when nothing runs any more. */
    void ended(@Nullable SignalHook hook) {
        alone &= hook == null || hook.unregister();
    }

    /** {@return the options of a run, without observers} */
    RunOptions.Builder options(List<String> arguments) {
        var options = RunOptions.builder()
                .arguments(arguments)
                .out(out)
                .err(err)
                .listener(new TerminalListener(err, colour))
                .failFast(failFast);
        if (limits != null) {
            limits.applyTo(options);
        }
        return options;
    }

    /** {@return the observers that are asked for; null if the arguments are wrong, which has been printed} */
    @Nullable
    RunObservers openObservers(CommandLine line, RunOptions.Builder options) {
        alone = false;
        return RunObservers.open(new Arguments(line.options(), List.of()), line.traces(), options, terminal());
    }

    /** {@return what ends a run on Ctrl-C and SIGTERM; null if the caller owns the process} */
    @Nullable
    SignalHook signalHook(@Nullable RunObservers observers) {
        return ownsProcess
                ? SignalHook.register(err, streams == null ? () -> {} : streams::abandonStuck, observers)
                : null;
    }

    /** Sets what ends a run when its output is no longer read. */
    void onReaderGone(Runnable action) {
        if (streams != null) {
            streams.onReaderGone(action);
        }
    }

    Script compile(SourceFile source, boolean statements) {
        if (limits == null) { // the most frequent case, which loads no limits
            return statements ? Script.compileStatements(source, plugins) : Script.compile(source, plugins);
        }
        return statements
                ? Script.compileStatements(source, plugins, limits.limits())
                : Script.compile(source, plugins, limits.limits());
    }

    /** A file that was read, or the exit code if it could not be read. */
    record ReadResult(@Nullable SourceFile file, ExitCode status) {}

    /**
     * Reads a script. If its name may be a mistyped command, {@code rest} has the arguments after it; otherwise it is
     * null.
     */
    ReadResult read(String name, @Nullable List<String> rest) {
        if (name.isEmpty()) {
            return new ReadResult(
                    null,
                    messages().wrongUse("the name of the script is empty; perhaps a shell variable has no value"));
        }
        if (name.indexOf(FileErrors.REPLACEMENT) >= 0) {
            return unreadable(name, FileErrors.undecoded(name));
        }
        try {
            var file = name.equals(STANDARD_INPUT) ? SourceFile.read(System.in, "<stdin>") : SourceFile.read(name);
            return new ReadResult(file, ExitCode.OK);
        } catch (RefusedException e) { // not UTF-8
            return new ReadResult(null, messages().refused(e));
        } catch (NoSuchFileException e) {
            String explanation = rest == null ? "" : UnknownCommand.explain(name, rest);
            return explanation.isEmpty()
                    ? unreadable(name, e)
                    : new ReadResult(null, messages().wrongUse(explanation));
        } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
            return FileErrors.isFolder(name)
                    ? new ReadResult(
                            null, messages().wrongUse(name + " is a folder; give a script in it, such as echo.dom"))
                    : unreadable(name, e);
        }
    }

    private ReadResult unreadable(String name, Exception reason) {
        return new ReadResult(null, messages().wrongUse("cannot read " + name + ": " + FileErrors.reason(reason)));
    }

    /** Prints a text to the standard output. */
    ExitCode print(String text) {
        return messages().print(text, out);
    }

    /** {@return what the commands for packets print to} */
    private Terminal terminal() {
        return ProcessTerminal.of(out, err, ownsProcess, streams);
    }

    /** {@return what prints errors} */
    Messages messages() {
        return new Messages(err, colour);
    }

    private int wrongUse(String sentence) {
        return messages().wrongUse(sentence).code();
    }
}
