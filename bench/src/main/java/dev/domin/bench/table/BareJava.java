package dev.domin.bench.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two minimal programs on the JVM, each with its own AOT cache. Jar and caches are created at first use, which takes
 * some seconds.
 */
final class BareJava {

    /** The flags of the launcher {@code domin}, so that only the program differs. */
    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:Tier3InvocationThreshold=2000",
            "-XX:Tier3MinInvocationThreshold=1000",
            "-XX:Tier3CompileThreshold=10000",
            "-XX:ArchiveRelocationMode=0",
            "-XX:-AOTReplayTraining",
            "-Xlog:disable");

    private static final String HELLO = "BareHello";
    private static final String ECHO = "BareEcho";

    private final Workspace workspace;
    private final Load load;

    BareJava(Workspace workspace, Load load) {
        this.workspace = workspace;
        this.load = load;
    }

    /** {@return the command that prints a line} */
    List<String> hello() {
        if (!Files.exists(cache(HELLO))) {
            Commands.run(training(HELLO));
            requireCache(HELLO);
        }
        return command(HELLO);
    }

    /** {@return the command for an echo server on this port} */
    List<String> echo(int port) {
        if (!Files.exists(cache(ECHO))) {
            int trainingPort = Server.freePort();
            load.start(trainingPort, Commands.join(training(ECHO), Integer.toString(trainingPort)));
            requireCache(ECHO);
        }
        return Commands.join(command(ECHO), Integer.toString(port));
    }

    private Path jar() {
        var jar = workspace.work.resolve("bare.jar");
        if (!Files.exists(jar)) {
            var classes = workspace.work.resolve("bare").toString();
            Commands.run(List.of(
                    workspace.tool("javac"),
                    "-d",
                    classes,
                    workspace.bench("src/main/java/dev/domin/bench/peer/" + HELLO + ".java"),
                    workspace.bench("src/main/java/dev/domin/bench/peer/" + ECHO + ".java")));
            Commands.run(List.of(workspace.tool("jar"), "--create", "--file", jar.toString(), "-C", classes, "dev"));
        }
        return jar;
    }

    private Path cache(String program) {
        return workspace.work.resolve(program + ".aot");
    }

    private List<String> training(String program) {
        return java(program, "-XX:-AOTRecordTraining", "-XX:AOTCacheOutput=" + cache(program));
    }

    /** Makes java fail without the cache, so that no start without it is measured by mistake. */
    private List<String> command(String program) {
        return java(program, "-XX:AOTCache=" + cache(program), "-XX:AOTMode=on");
    }

    private List<String> java(String program, String... more) {
        var command = new ArrayList<>(List.of(workspace.tool("java")));
        command.addAll(FLAGS);
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", jar().toString(), "dev.domin.bench.peer." + program));
        return command;
    }

    private void requireCache(String program) {
        if (!Files.exists(cache(program))) {
            throw new BenchException("java created no AOT cache for " + program
                    + "; to see why, run this without -Xlog:disable: "
                    + String.join(" ", training(program)));
        }
    }
}
