package dev.domin.bench.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A running echo server, which is ready when the constructor returns. Closing it ends the process. */
final class Server implements AutoCloseable {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    final int port;
    private final Process process;

    private Server(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Makes sure that a process ends with this one. */
    static void remember(Process process) {
        RUNNING.removeIf(known -> !known.isAlive());
        RUNNING.add(process);
    }

    /** {@return a free port} */
    static int freePort() {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a peer, pinned to the first core if requested, and waits for its first answer. */
    static Server start(Peer peer, boolean pinned, Workspace workspace) {
        int port = freePort();
        var command = workspace.pinned(peer.command(port), pinned, 0);
        var log = workspace.work.resolve("server.log");
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .redirectError(log.toFile())
                    .start();
            remember(process);
            var server = new Server(port, process);
            if (!server.answers()) {
                server.close();
                throw new BenchException(
                        peer.label() + " does not answer: " + String.join(" ", command) + "\n" + Files.readString(log));
            }
            return server;
        } catch (IOException e) {
            throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage());
        }
    }

    /** Starts an endless loop, which uses one core. */
    static Server ofLoop(Workspace workspace) {
        try {
            var log = workspace.work.resolve("loop.log").toFile();
            var process = new ProcessBuilder("sh", "-c", "while :; do :; done")
                    .redirectOutput(log)
                    .redirectError(log)
                    .start();
            remember(process);
            return new Server(0, process);
        } catch (IOException e) {
            throw new BenchException("cannot start sh: " + e.getMessage());
        }
    }

    private boolean answers() {
        long begin = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - begin < TIMEOUT_NANOS) {
            if (echoes(port, 50)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a packet is echoed from this port in time} */
    static boolean echoes(int port, int timeoutMillis) {
        var sent = new byte[] {'d', 'o', 'm', 'i', 'n', 0, (byte) (port >> 8), (byte) port};
        try (var client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(timeoutMillis);
            client.send(new DatagramPacket(sent, sent.length, InetAddress.getLoopbackAddress(), port));
            var reply = new DatagramPacket(new byte[64], 64);
            client.receive(reply);
            return Arrays.equals(sent, Arrays.copyOf(reply.getData(), reply.getLength()));
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** {@return resident memory in MiB} */
    double residentMebibytes() {
        return residentMebibytes(process.pid());
    }

    static double residentMebibytes(long pid) {
        for (var line : lines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new BenchException("/proc has no memory figures for process " + pid);
    }

    /** {@return processor time of all live threads, in nanoseconds} */
    long processorNanos() {
        long sum = 0;
        try (var tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid()), "task"))) {
            for (var task : tasks) {
                var stat = lines(task.resolve("schedstat"));
                sum += stat.isEmpty() ? 0 : Long.parseLong(stat.getFirst().split(" ")[0]);
            }
        } catch (IOException e) {
            throw new BenchException("/proc has no processor time for process " + pid() + ": " + e.getMessage());
        }
        return sum;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // a thread that has just ended
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new BenchException("interrupted");
        }
    }
}
