package dev.domin.cli;

import dev.domin.cli.help.Help;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.plugins.BundledPlugins;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.spi.PluginCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One use of the command. Not reusable. */
public final class Cli {

    private static final String USAGE = """
            usage: domin [options] FILE.dom [ARGS]       run a script
                   domin [options] -e 'STATEMENTS' [ARGS]  run statements, with all plugins at hand
                   domin check FILE...                   find every error without running
                   domin check --emit OUT.class FILE     also write the JVM class it becomes, for javap
                   domin help [PLUGIN[.Function]]        what the plugins can do
                   domin help --markdown DIR [PLUGIN...] the same as pages of Markdown
                   domin --version
            options:
              --fail-fast     the first error in a callback stops the script
              --plugins DIR   also look for plugins in the jars of a folder
            """;

    private final OutputStream out;
    private final PrintStream err;
    private final boolean colour;
    private final boolean ownsProcess;
    /** Whatever is asked for first; what comes last is not even looked at for a bundled plugin. */
    private PluginCatalog plugins = Plugins.inOrder(new BundledPlugins(), Plugins.installed());

    private boolean failFast;
    private boolean alone = true;

    /**
     * Prepares a use.
     *
     * @param out where scripts and help write
     * @param err where errors go
     * @param colour whether errors are coloured
     * @param ownsProcess whether Ctrl-C and SIGTERM are for us to handle
     */
    public Cli(OutputStream out, PrintStream err, boolean colour, boolean ownsProcess) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.ownsProcess = ownsProcess;
    }

    /**
     * Does what the arguments say.
     *
     * @param args the arguments
     * @return the exit status: the script's, or that of an {@link ExitCode}
     */
    public int run(String... args) {
        int next = 0;
        while (next < args.length && args[next].startsWith("-") && args[next].length() > 1) {
            String option = args[next++];
            switch (option) {
                case "--fail-fast" -> failFast = true;
                case "--plugins" -> {
                    if (next == args.length) {
                        return wrongUse("--plugins takes a folder");
                    }
                    String folder = args[next++];
                    try {
                        plugins = Plugins.inOrder(plugins, Plugins.inDirectory(Path.of(folder)));
                        alone = false;
                    } catch (IOException e) {
                        return wrongUse("cannot read the folder of plugins " + folder + ": " + reason(e));
                    }
                }
                case "-e" -> {
                    if (next == args.length) {
                        return wrongUse("-e takes statements, such as domin -e 'printf(\"hello\\n\");'");
                    }
                    return runScript(new SourceFile("-e", args[next]), true, argumentsFrom(args, next + 1));
                }
                case "--version", "-V" -> {
                    return print(version());
                }
                case "--help", "-h" -> {
                    return print(USAGE);
                }
                default -> {
                    return wrongUse("unknown option " + option);
                }
            }
        }
        if (next == args.length) {
            err.print(USAGE);
            return ExitCode.USAGE.code();
        }
        String first = args[next];
        if (first.equals("check") && !Files.exists(Path.of("check"))) {
            return check(argumentsFrom(args, next + 1));
        }
        if (first.equals("help") && !Files.exists(Path.of("help"))) {
            return help(argumentsFrom(args, next + 1));
        }
        var source = read(first);
        return source.file == null
                ? source.status.code()
                : runScript(source.file, false, argumentsFrom(args, next + 1));
    }

    /**
     * {@return whether nothing but ours has run, and no signal is ending the process, so that it may stop where it stands}
     */
    boolean isAlone() {
        return alone;
    }

    private static List<String> argumentsFrom(String[] args, int start) {
        return Arrays.asList(args).subList(start, args.length);
    }

    private int runScript(SourceFile source, boolean statements, List<String> arguments) {
        Script script;
        try {
            script = statements ? Script.compileStatements(source, plugins) : Script.compile(source, plugins);
        } catch (RefusedException e) {
            return refused(e);
        }
        var run = script.start(new RunOptions(arguments, out, new TerminalListener(err, colour), failFast));
        var guard = ownsProcess ? EndBySignal.guard(run, err) : null;
        try {
            int status = run.await();
            alone &= guard == null || guard.done();
            return status;
        } catch (InterruptedException _) { // only an embedder can interrupt this thread
            run.close();
            return ExitCode.INTERRUPTED.code();
        }
    }

    private int check(List<String> arguments) {
        var files = arguments;
        String emitTo = null;
        if (!files.isEmpty() && files.getFirst().equals("--emit")) {
            if (files.size() != 3) {
                return wrongUse("check --emit takes the class file to write and one script, such as"
                        + " domin check --emit echo.class echo.dom");
            }
            emitTo = files.get(1);
            if (!emitTo.endsWith(".class")) { // most likely two scripts, and the first must not be written over
                return wrongUse("check --emit cannot write to " + emitTo
                        + ": the file to write comes first, and its name has to end in .class");
            }
            files = files.subList(2, 3);
        }
        if (files.isEmpty()) {
            return wrongUse("check takes one or more files");
        }
        var worst = ExitCode.OK;
        for (String file : files) {
            var source = read(file);
            var status = source.status;
            if (source.file != null) {
                try {
                    var script = Script.compile(source.file, plugins);
                    print(file + ": no errors\n");
                    if (emitTo != null) {
                        status = emit(script, emitTo);
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

    private ExitCode emit(Script script, String target) {
        try {
            Files.write(Path.of(target), script.classFile());
            return ExitCode.OK;
        } catch (IOException | RuntimeException e) { // a name that can be no path at all is a RuntimeException
            return wrongUseCode("cannot write " + target + ": " + reason(e));
        }
    }

    private int help(List<String> arguments) {
        var answer = Help.answer(plugins, arguments);
        int status = print(arguments.isEmpty() ? USAGE + "\n" + answer.text() : answer.text());
        return answer.complaint().isEmpty() ? status : wrongUse(answer.complaint());
    }

    /** A file that was read, or why it was not. */
    private record ReadResult(SourceFile file, ExitCode status) {}

    private ReadResult read(String name) {
        try {
            return new ReadResult(SourceFile.read(name), ExitCode.OK);
        } catch (CharacterCodingException _) {
            err.println("domin: " + name + " is not UTF-8 text, as a script has to be");
            return new ReadResult(null, ExitCode.REFUSED);
        } catch (IOException | RuntimeException e) { // a name that can be no path at all is a RuntimeException
            return new ReadResult(null, wrongUseCode("cannot read " + name + ": " + reason(e)));
        }
    }

    private int refused(RefusedException e) {
        for (Diagnostic diagnostic : e.diagnostics()) {
            err.println(ErrorRenderer.render(diagnostic, colour));
        }
        if (e.diagnostics().size() == Diagnostics.MAXIMUM_ERRORS) {
            err.println("domin: there may be more; after " + Diagnostics.MAXIMUM_ERRORS + " errors the search stops");
        }
        return ExitCode.REFUSED.code();
    }

    private int print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return ExitCode.OK.code();
        } catch (IOException e) {
            return wrongUse("cannot write: " + reason(e));
        }
    }

    private int wrongUse(String sentence) {
        return wrongUseCode(sentence).code();
    }

    private ExitCode wrongUseCode(String sentence) {
        err.println("domin: " + sentence);
        err.println("domin --help tells how to use it");
        return ExitCode.USAGE;
    }

    private static String reason(Exception e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "there is no such file or folder";
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
