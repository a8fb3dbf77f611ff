package dev.domin.cli;

import dev.domin.cli.help.Help;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.plugins.BundledPlugins;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.ReaderGoneException;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of the command. Not reusable. The file is long because all commands share streams, plugins and exit
 * codes.
 */
public final class Cli {

    static final String CHECK = "check";
    static final String HELP = "help";

    private static final String USAGE = """
            usage: domin [options] FILE.dom [ARGS]       run a script
                   domin [options] -e 'STATEMENTS' [ARGS]  run statements; all plugins can be used
                   domin check FILE...                   find every error without running
                   domin check --emit OUT.class FILE     also write the compiled JVM class, for javap
                   domin help [PLUGIN[.Function]]        describe plugins and functions
                   domin help --markdown DIR [PLUGIN...] write the same as Markdown pages
                   domin --version
            options, before FILE.dom, and before or after check and help:
              --strict        check fails if there are warnings
              --fail-fast     the first error in a callback stops the script
              --plugins DIR   also look for plugins in the jars of a folder
              --allow LIST    let scripts use these plugins only, such as print,timer
              --              ends the options; no command follows
            """;

    private final OutputStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean ownsProcess;
    private final @Nullable ProcessStreams streams; // null if the caller owns the process
    /** In order of lookup: the later catalogs are not searched for a bundled plugin. */
    private PluginCatalog plugins = Plugins.inOrder(new BundledPlugins(), Plugins.installed());

    private boolean failFast;
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
        failFast = line.failFast();
        for (String folder : line.pluginFolders()) {
            try {
                plugins = Plugins.inOrder(plugins, Plugins.inDirectory(Path.of(folder)));
                alone = false;
            } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
                return wrongUse("cannot read the folder of plugins " + folder + ": " + reason(e));
            }
        }
        if (!line.allowedPlugins().isEmpty()) {
            String complaint = AllowedPlugins.complaint(plugins, line.allowedPlugins());
            if (!complaint.isEmpty()) {
                return wrongUse(complaint);
            }
            plugins = Plugins.only(plugins, line.allowedPlugins().toArray(String[]::new));
        }
        var operands = line.operands();
        return switch (line.action()) {
            case RUN -> runFile(operands);
            case STATEMENTS -> runScript(new SourceFile("-e", operands.getFirst()), true, withoutFirst(operands));
            case CHECK -> check(operands, line.emit(), line.strict());
            case HELP -> help(operands, line.markdown());
            case VERSION -> print(version()).code();
            case USAGE -> print(USAGE).code();
            case WRONG -> wrongUse(line.complaint());
            case NOTHING -> {
                err.print(USAGE);
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
        if (!word.equals(CHECK) && !word.equals(HELP)) {
            return false;
        }
        var file = Path.of(word);
        return !Files.exists(file) || Files.isDirectory(file);
    }

    private static <T> List<T> withoutFirst(List<T> list) {
        return list.subList(1, list.size());
    }

    private int runFile(List<String> fileAndArguments) {
        String name = fileAndArguments.getFirst();
        var arguments = withoutFirst(fileAndArguments);
        var source = read(name, arguments);
        return source.file == null ? source.status.code() : runScript(source.file, false, arguments);
    }

    private int runScript(SourceFile source, boolean statements, List<String> arguments) {
        Script script;
        try {
            script = statements ? Script.compileStatements(source, plugins) : Script.compile(source, plugins);
        } catch (RefusedException e) {
            return refused(e);
        }
        var run = script.start(RunOptions.builder()
                .arguments(arguments)
                .out(out)
                .err(err)
                .listener(new TerminalListener(err, colour))
                .failFast(failFast)
                .build());
        if (streams != null) {
            streams.onReaderGone(run::cancel);
        }
        var hook =
                ownsProcess ? SignalHook.register(run, err, streams == null ? () -> {} : streams::abandonStuck) : null;
        try {
            int status = run.await();
            alone &= hook == null || hook.unregister();
            return status;
        } catch (InterruptedException _) { // only a program that calls this class can interrupt this thread
            run.close();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private int check(List<String> files, String emitTo, boolean strict) {
        if (!emitTo.isEmpty() && files.size() != 1) {
            return wrongUse("check --emit takes the class file to write and one script, such as"
                    + " domin check --emit echo.class echo.dom");
        }
        if (!emitTo.isEmpty() && !emitTo.endsWith(".class")) {
            // most likely two scripts; the first must not be overwritten
            return wrongUse("check --emit cannot write to " + emitTo
                    + ": the file to write comes first, and its name must end in .class");
        }
        if (files.isEmpty()) {
            return wrongUse("check takes one or more files");
        }
        var worst = ExitCode.OK;
        for (String file : files) {
            var source = read(file, null);
            var status = source.status;
            if (source.file != null) {
                try {
                    var warnings = Script.check(source.file, plugins);
                    show(warnings);
                    status = print(MessageText.escape(file) + ": no errors" + count(warnings.size()) + "\n");
                    if (strict && !warnings.isEmpty() && status == ExitCode.OK) {
                        status = ExitCode.REFUSED;
                    } else if (!emitTo.isEmpty() && status == ExitCode.OK) {
                        status = emit(Script.compile(source.file, plugins), emitTo);
                    }
                } catch (RefusedException e) {
                    refused(e);
                    status = ExitCode.REFUSED;
                }
            }
            if (status.code() > worst.code()) {
                worst = status;
            }
        }
        return worst.code();
    }

    private static String count(int warnings) {
        return warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings";
    }

    private ExitCode emit(Script script, String target) {
        try {
            Files.write(Path.of(target), script.classFile());
            return ExitCode.OK;
        } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
            return wrongUseCode("cannot write " + target + ": " + reason(e));
        }
    }

    private int help(List<String> topics, String folder) {
        if (!folder.isEmpty()) {
            return answer(Help.write(plugins, folder, topics));
        }
        var answer = Help.answer(plugins, topics);
        return answer(topics.isEmpty() ? new Help.Answer(USAGE + "\n" + answer.text(), answer.complaint()) : answer);
    }

    private int answer(Help.Answer answer) {
        var status = print(answer.text());
        return answer.complaint().isEmpty() ? status.code() : wrongUse(answer.complaint());
    }

    /** A file that was read, or the exit code if it could not be read. */
    private record ReadResult(@Nullable SourceFile file, ExitCode status) {}

    /**
     * Reads a script. If its name may be a mistyped command, {@code rest} has the arguments after it; otherwise it is
     * null.
     */
    private ReadResult read(String name, @Nullable List<String> rest) {
        if (name.isEmpty()) {
            return new ReadResult(
                    null, wrongUseCode("the name of the script is empty; perhaps a shell variable has no value"));
        }
        try {
            return new ReadResult(SourceFile.read(name), ExitCode.OK);
        } catch (RefusedException e) { // not UTF-8
            refused(e);
            return new ReadResult(null, ExitCode.REFUSED);
        } catch (NoSuchFileException e) {
            String explanation = rest == null ? "" : UnknownCommand.explain(name, rest);
            return new ReadResult(
                    null, wrongUseCode(explanation.isEmpty() ? "cannot read " + name + ": " + reason(e) : explanation));
        } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
            return new ReadResult(null, wrongUseCode("cannot read " + name + ": " + reason(e)));
        }
    }

    private void show(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            err.println(ErrorRenderer.render(diagnostic, colour));
        }
    }

    private int refused(RefusedException e) {
        show(e.diagnostics());
        if (e.diagnostics().size() == Diagnostics.MAXIMUM_ERRORS) {
            err.println("domin: there may be more errors; checking stops after " + Diagnostics.MAXIMUM_ERRORS);
        }
        return ExitCode.REFUSED.code();
    }

    private ExitCode print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return ExitCode.OK;
        } catch (ReaderGoneException _) {
            return ExitCode.READER_GONE;
        } catch (IOException e) {
            err.println("domin: cannot write to the standard output: " + reason(e));
            return ExitCode.SCRIPT_FAILED;
        }
    }

    private int wrongUse(String sentence) {
        return wrongUseCode(sentence).code();
    }

    private ExitCode wrongUseCode(String sentence) {
        err.println("domin: " + MessageText.escape(sentence));
        err.println("run domin --help for usage");
        return ExitCode.USAGE;
    }

    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.NotDirectoryException _ -> "it is not a folder";
            case java.nio.file.FileSystemException f
            when f.getReason() != null -> f.getReason(); // its message names the file
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    private static String version() {
        try (var file = Cli.class.getResourceAsStream("version.txt")) {
            String version = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return "domin " + version + ", Java " + Runtime.version() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("the version cannot be read", e);
        }
    }
}
