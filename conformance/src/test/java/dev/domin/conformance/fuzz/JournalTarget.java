package dev.domin.conformance.fuzz;

import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.domin.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sends any datagram to {@code domin echo --journal=FILE}, in this JVM: the request and its answer are each a line of
 * JSON by RFC 8259, without control characters, from which their bytes can be read again.
 */
final class JournalTarget implements FuzzTarget {

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)\n");
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int INPUTS_OF_A_FILE = 20_000;
    private static final int LONGEST = 2_000;

    private final DatagramSocket client;
    private final Path file;
    private Thread command = new Thread(() -> {});
    private RandomAccessFile lines;
    private int port;
    private int inputs;

    JournalTarget() {
        try {
            client = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            file = Files.createTempFile("domin-journal", ".jsonl");
            lines = new RandomAccessFile(file.toFile(), "r");
            start(); // here, since it takes long where classes are instrumented
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void run(byte[] data) throws IOException, InterruptedException {
        if (++inputs % INPUTS_OF_A_FILE == 0) {
            start();
        }
        byte[] payload = Arrays.copyOf(data, Math.min(data.length, LONGEST));
        client.send(
                new DatagramPacket(payload, payload.length, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        check(nextLine(), payload);
        check(nextLine(), payload);
    }

    private void start() throws IOException, InterruptedException {
        stop();
        Files.write(file, new byte[0]);
        lines = new RandomAccessFile(file.toFile(), "r");
        var out = new ByteArrayOutputStream();
        command = new Thread(() -> new Cli(out, new PrintStream(OutputStream.nullOutputStream(), false), false, false)
                .run("echo", "--port", "0", "--journal=" + file));
        command.setDaemon(true);
        command.start();
        long end = System.nanoTime() + PATIENCE_NANOS;
        var listening = LISTENING.matcher(out.toString(StandardCharsets.UTF_8));
        while (!listening.find()) {
            if (!command.isAlive() || System.nanoTime() - end > 0) {
                throw new AssertionError("does not listen: " + out);
            }
            Thread.sleep(1);
            listening = LISTENING.matcher(out.toString(StandardCharsets.UTF_8));
        }
        port = Integer.parseInt(listening.group(1));
    }

    private String nextLine() throws IOException, InterruptedException {
        var line = new ByteArrayOutputStream();
        long end = System.nanoTime() + PATIENCE_NANOS;
        byte[] buffer = new byte[1 << 13];
        while (true) {
            long start = lines.getFilePointer();
            int count = lines.read(buffer);
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, 0, i);
                    lines.seek(start + i + 1);
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line.toByteArray()))
                            .toString();
                }
            }
            if (count > 0) {
                line.write(buffer, 0, count);
            } else if (System.nanoTime() - end > 0) {
                throw new AssertionError("the journal ends with " + line);
            } else {
                Thread.sleep(0, 50_000);
            }
        }
    }

    private static void check(String line, byte[] payload) throws IOException {
        if (line.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
            throw new AssertionError("a control character: " + line);
        }
        var reader = new JsonReader(new StringReader(line));
        reader.setStrictness(Strictness.STRICT);
        JsonObject packet =
                new com.google.gson.Gson().getAdapter(JsonObject.class).read(reader);
        var _ = reader.peek(); // throws if the line does not end here
        if (packet.get("length").getAsInt() != payload.length
                || !packet.get("hex").getAsString().equals(HexFormat.of().formatHex(payload))) {
            throw new AssertionError(line);
        }
        var text = packet.get("text");
        if (text != null && !Arrays.equals(text.getAsString().getBytes(StandardCharsets.UTF_8), payload)
                || text == null && isText(payload)) {
            throw new AssertionError("another text: " + line);
        }
    }

    private static boolean isText(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .chars()
                    .allMatch(c -> !Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t');
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private void stop() throws IOException, InterruptedException {
        command.interrupt();
        command.join();
        lines.close();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        client.close();
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "text with \"quotes\", \\ and\ttabs\r\n",
                        "",
                        "\u0000\u0001\u007f",
                        "\u00e9 \u2028 \ud83d\ude00 \u0085",
                        "{\"hex\":\"\"}\n{}",
                        "\ufeff\ufffe")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> dictionary() {
        return List.of("\"", "\\", "\n", "\u2028", "\u2029", "\u0080", "\u009b", "\u007f", "\u00e9", "\\u0", "\",\"");
    }

    @Override
    public int rounds() {
        return 1_000;
    }
}
