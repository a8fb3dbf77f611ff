package dev.domin.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program that the launcher runs once while the JVM records the ahead-of-time cache: a script with the usual
 * features, a client that exchanges packets with its server, and a few scripts with errors. Every class in the cache
 * slows down every start, so what few scripts use is omitted, and so are batches of packets, which are loaded in the
 * background, and {@code check}. The exit status is
 * 0 if everything succeeded.
 */
final class Training {

    private static final int ANSWER_MILLIS = 200;
    private static final int TRIES = 100;

    private Training() {}

    /**
     * Runs the training.
     *
     * @param args ignored
     * @throws Exception if the training cannot run
     */
    public static void main(String[] args) throws Exception {
        StartupProperties.set();
        int status = runScripts();
        if (status != ExitCode.OK.code()) {
            System.exit(status);
        }
        Main.main(new String[] {"-e", "printf(\"trained\\n\");"}); // the real main method, which ends the process
    }

    private static int runScripts() throws IOException, InterruptedException {
        var out = new FirstLine();
        var scriptFile = Files.createTempFile("domin-training", ".dom");
        try (var script = Training.class.getResourceAsStream("training.dom")) {
            Files.write(scriptFile, script.readAllBytes());
            var client = new Thread(() -> exchangePackets(out), "training-client");
            client.start();
            int status = command(out, scriptFile);
            client.join();
            Files.writeString(scriptFile, "i32 main() { i32 $x = \"text\"; retrun(0); }\n");
            command(new ByteArrayOutputStream(), scriptFile);
            Files.writeString(scriptFile, "i32 main() { i32 $zero = 0; return(1 / $zero); }\n");
            command(new ByteArrayOutputStream(), scriptFile);
            return status;
        } finally {
            Files.deleteIfExists(scriptFile); // so nothing may end the process earlier
        }
    }

    private static int command(ByteArrayOutputStream out, Path... arguments) {
        var words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        var err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Cli(out, err, false, false).run(words);
    }

    private static void exchangePackets(FirstLine out) {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            int port = out.awaitNumber();
            for (int i = 0; i < TRIES; i++) {
                byte[] request = (i < TRIES / 2 ? "hello" : "quit").getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
                var answer = new DatagramPacket(new byte[64], 64);
                try {
                    socket.receive(answer);
                } catch (SocketTimeoutException _) {
                    continue; // UDP packets may be lost; try again
                }
                if (answer.getLength() == request.length && request[0] == 'q') {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the training's client failed", e);
        }
    }

    /** The output of the script; another thread waits for its first line. */
    private static final class FirstLine extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        synchronized int awaitNumber() throws InterruptedException {
            while (true) {
                String soFar = toString(StandardCharsets.US_ASCII);
                int end = soFar.indexOf('\n');
                if (end >= 0) {
                    return Integer.parseInt(soFar.substring(0, end));
                }
                wait();
            }
        }
    }
}
