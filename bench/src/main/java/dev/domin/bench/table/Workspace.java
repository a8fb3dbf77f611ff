package dev.domin.bench.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/** The files for the measurements, and the builds that are needed first. */
final class Workspace {

    private static final String NETTY_CLASS = "dev.domin.bench.peer.NettyEcho";

    final Path root;
    final Path work;
    final Build domin;

    /** The checkout to compare with. */
    final Optional<Build> old;

    private final boolean canPin;

    private Workspace(Path root, Path work, Optional<Path> against) {
        this.root = root;
        this.work = work;
        domin = Build.of(Peers.DOMIN_PROGRAM, root);
        old = against.map(folder ->
                Build.of(Peers.old(Peers.DOMIN_PROGRAM), folder.toAbsolutePath().normalize()));
        canPin = Commands.find("taskset").isPresent() && mayUse(0) && mayUse(1);
    }

    private static boolean mayUse(int core) {
        return Commands.tryRun(List.of("taskset", "-c", Integer.toString(core), "true"))
                        .code()
                == 0;
    }

    /** Compiles the C programs and the Java programs, and starts domin once, so that it is built and has its cache. */
    static Workspace prepare(Options options) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new BenchException("the load generator needs Linux");
        }
        var root = Path.of(System.getProperty("domin.home", "")).toAbsolutePath();
        Files.createDirectories(root.resolve("bench/target"));
        var work = Files.createTempDirectory(root.resolve("bench/target"), "table-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work)));
        var workspace = new Workspace(root, work, options.against());
        var compiler = Commands.find("cc")
                .orElseThrow(() -> new BenchException("there is no C compiler `cc`, which the load generator needs;"
                        + " Debian has it in the packages gcc and libc6-dev"));
        for (var program : List.of("echo", "load")) {
            Commands.run(List.of(
                    compiler, "-O2", "-o", work.resolve(program).toString(), workspace.bench("c/" + program + ".c")));
        }
        Commands.run(List.of(
                workspace.tool("javac"),
                "-d",
                work.toString(),
                workspace.bench("src/main/java/dev/domin/bench/peer/Compute.java")));
        // The example's script, with another timeout.
        var script = Files.readString(root.resolve("examples/echo.dom"));
        var limited = script.replace("Open(\"OnPacket\", -1,", "Open(\"OnPacket\", 200,");
        if (limited.equals(script)) {
            throw new BenchException("examples/echo.dom no longer opens its server with a timeout of -1");
        }
        Files.writeString(work.resolve("echo200.dom"), limited);
        workspace.builds().forEach(build -> build.prepare(workspace.example("hello.dom")));
        return workspace;
    }

    /** {@return a file of this module} */
    String bench(String path) {
        return root.resolve("bench").resolve(path).toString();
    }

    String loadProgram() {
        return work.resolve("load").toString();
    }

    /** {@return a program of the JDK that this one runs on} */
    String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** {@return an example of this checkout; other builds also run it, so that all do the same work} */
    Path example(String name) {
        return root.resolve("examples").resolve(name);
    }

    /** {@return the builds of domin to measure: this one, and the one to compare with, if any} */
    List<Build> builds() {
        var builds = new ArrayList<>(List.of(domin));
        old.ifPresent(builds::add);
        return builds;
    }

    /** {@return the command, pinned to one core if requested and possible} */
    List<String> pinned(List<String> command, boolean pin, int core) {
        if (!pin || !canPin) {
            return command;
        }
        var all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        all.addAll(command);
        return all;
    }

    boolean canPin() {
        return canPin;
    }

    /** {@return the jar that contains Netty; it is built unless this is a smoke test} */
    Optional<Path> netty(boolean build) {
        var jar = root.resolve("bench/target/benchmarks.jar");
        if (build && !hasNetty(jar)) {
            System.err.println("building the jar with Netty...");
            var output = Commands.tryRun(List.of(
                    root.resolve("mvnw").toString(),
                    "-f",
                    root.resolve("pom.xml").toString(),
                    "-q",
                    "-B",
                    "-Pbench",
                    "-Dfast",
                    "-Dmaven.test.skip=true",
                    "-pl",
                    "bench",
                    "-am",
                    "package"));
            if (output.code() != 0) {
                System.err.println(output.text());
            }
        }
        return hasNetty(jar) ? Optional.of(jar) : Optional.empty();
    }

    List<String> nettyCommand(Path jar, int port) {
        return List.of(
                tool("java"),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                jar.toString(),
                NETTY_CLASS,
                Integer.toString(port));
    }

    private static boolean hasNetty(Path jar) {
        if (!Files.isReadable(jar)) {
            return false;
        }
        try (var file = new JarFile(jar.toFile())) {
            return file.getEntry(NETTY_CLASS.replace('.', '/') + ".class") != null
                    && file.getEntry("io/netty/channel/epoll/EpollIoHandler.class") != null;
        } catch (IOException e) {
            return false; // it is being written
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It is in target/, so `./mvnw clean` deletes it.
        }
    }
}
