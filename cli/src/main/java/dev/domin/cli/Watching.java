package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.kit.RunObservers;
import dev.domin.cli.watch.ReloadListener;
import dev.domin.cli.watch.Watch;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --watch}: runs a script, and runs it anew when it is saved, until a signal ends the process. */
final class Watching {

    private final Cli cli;

    Watching(Cli cli) {
        this.cli = cli;
    }

    /** Runs a file with its arguments; {@return the exit code} */
    int run(List<String> fileAndArguments) {
        String name = fileAndArguments.getFirst();
        var arguments = fileAndArguments.subList(1, fileAndArguments.size());
        var first = cli.read(name, arguments);
        if (first.file() == null && first.status() != ExitCode.REFUSED) {
            return first.status().code();
        }
        if (!Files.isRegularFile(FileErrors.path(name))) {
            return cli.messages()
                    .wrongUse("--watch needs a file that can be saved, and " + name + " is none")
                    .code();
        }
        var options = cli.options(arguments);
        var line = cli.observed;
        RunObservers observers = line == null ? null : cli.openObservers(line, options);
        if (line != null && observers == null) {
            return ExitCode.USAGE.code();
        }
        var host = new Host(cli, observers);
        var listener = observers == null ? new ReloadListener() {} : observers.reloads();
        var watch = new Watch(name, options, host, host::say, listener);
        var hook = cli.signalHook(observers);
        if (hook != null) {
            hook.startRuns(watch::stop);
        }
        cli.onReaderGone(() -> cancel(watch.stop()));
        try {
            watch.run(first.file());
            return ExitCode.INTERRUPTED.code(); // a signal has ended it, and the JVM exits with its own status
        } catch (InterruptedException _) { // only a program that calls this class can interrupt this thread
            return ExitCode.INTERRUPTED.code();
        } finally {
            if (observers != null) {
                observers.run();
            }
            cli.ended(hook);
        }
    }

    private static void cancel(@Nullable ScriptRun run) {
        if (run != null) {
            run.cancel();
        }
    }

    private record Host(Cli cli, @Nullable RunObservers observers) implements Watch.Host {

        @Override
        public Script compile(SourceFile source) {
            return cli.compile(source, false);
        }

        @Override
        public void refused(RefusedException errors) {
            cli.messages().refused(errors);
        }

        @Override
        public String reason(IOException problem) {
            return FileErrors.reason(problem);
        }

        void say(String sentence) {
            cli.messages().err().println("domin: " + MessageText.escape(sentence));
            if (observers != null) {
                observers.say(sentence);
            }
        }

        @Override
        public void nextRun() {
            if (observers != null) {
                observers.nextRun();
            }
        }
    }
}
