package dev.domin.conformance.fuzz;

import dev.domin.conformance.Project;
import dev.domin.runtime.RunListener;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.ScriptServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Sends any datagram to an example, in this JVM: its callback must not fail, and the datagram is counted. */
final class DatagramTarget implements FuzzTarget {

    private static final List<String> EXAMPLES = List.of(
            "echo", "dns", "coap", "stun", "radius", "delay", "sip", "game", "gelf", "snmp", "tftp", "syslog",
            "statsd");
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, ScriptRun> runs = new HashMap<>();
    private final DatagramSocket client;

    DatagramTarget() {
        try {
            client = new DatagramSocket(0, java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void run(byte[] data) throws IOException, InterruptedException, TimeoutException {
        if (data.length == 0) {
            return;
        }
        String example = EXAMPLES.get((data[0] & 0xFF) % EXAMPLES.size());
        var run = runs.get(example);
        if (run == null) {
            run = Script.compile(Project.file("examples/" + example + ".dom"))
                    .start(RunOptions.builder()
                            .out(OutputStream.nullOutputStream())
                            .err(OutputStream.nullOutputStream())
                            .listener(new RunListener() {})
                            .build());
            runs.put(example, run);
        }
        var server = run.awaitServer(Duration.ofSeconds(30));
        long before = server.handled() + server.dropped();
        client.send(new DatagramPacket(data, 1, data.length - 1, server.address()));
        await(example, server, before);
        if (!run.failures().isEmpty()) {
            throw new AssertionError(example + ": " + run.failures().getFirst().message());
        }
    }

    private static void await(String example, ScriptServer server, long before) {
        long begin = System.nanoTime();
        while (server.handled() + server.dropped() == before) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                throw new AssertionError(example + " has not counted the packet");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "00" + "68656c6c6f",
                        "01" + "beef01000001000000000000076578616d706c6504746573740000010001",
                        "02" + "42011234abcdb568656c6c6f",
                        "02" + "44011237aabbccddbb2e77656c6c2d6b6e6f776e04636f7265",
                        "03" + "000100082112a4420102030405060708090a0b0c8022000464",
                        "04" + "0107001900000000000000000000000000000000" + "0105616e6e",
                        "05" + "31",
                        "06" + text("OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: v\r\nTo: t\r\n\r\n"),
                        "07" + text("move 1 2"),
                        "08" + text("{\"host\":\"web\",\"short_message\":\"the roof\"}"),
                        "08" + "1e0f" + "0102030405060708" + "0002" + "7b7d",
                        "09" + "302902010104067075626c6963a51c020412345678020100020120300e300c06082b060102010108000500",
                        "0a" + "0001" + text("blocks.bin") + "00" + text("octet") + "00",
                        "0b" + text("<165>1 2003-10-11T22:14:15.003Z host app 4711 ID47 [a@1 k=\"x ] \\\" y\"] text"),
                        "0c" + text("hits:1|c|@0.1\nload:-7|g\nanswer:20.5|ms\nusers:ann|s"))
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public int rounds() {
        return 1_500;
    }

    @Override
    public void close() {
        runs.values().forEach(ScriptRun::close);
        client.close();
    }
}
