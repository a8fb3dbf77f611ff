package dev.domin.conformance.fuzz;

import dev.domin.testkit.Match;
import dev.domin.testkit.UdpServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Passes any text to the parts of the test kit that read one: it is accepted, or refused with a sentence. */
final class KitTarget implements FuzzTarget {

    private static final List<Function<String, Object>> READERS = List.of(
            text -> UdpServer.create().faults().apply(text),
            text -> UdpServer.create().faults().requests().matching(Match.hex(text)),
            Match::hex,
            Match::hexExactly,
            text -> Match.hexAt(text.length(), text),
            Match::matching,
            text -> Match.text(text)
                    .and(Match.prefix(text))
                    .or(Match.not(Match.contains(text)))
                    .as(text));

    @Override
    public void run(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        try {
            var read = READERS.get((data[0] & 0xFF) % READERS.size()).apply(text);
            if (read.toString().isEmpty() && !text.isEmpty() && !text.startsWith("seed=")) { // a seed alone is no rule
                throw new AssertionError("without a description: " + text);
            }
        } catch (IllegalArgumentException refused) {
            if (refused.getMessage() == null || refused.getMessage().length() < 10) {
                throw new AssertionError("without a reason", refused);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "0loss=5%,delay=20ms",
                        "0in.loss=0.5,out.delay=1s..2s,seed=7",
                        "0drop=3,drop-every=2,truncate=10",
                        "0rate=10kbit,profile=wifi,reorder=1%,duplicate=2%,corrupt=3%",
                        "0delay=20ms+-5ms",
                        "1?? ?? 01 00",
                        "2beef",
                        "3a? ?b",
                        "4^a.*[0-9]+(b|c)$",
                        "5text")
                .map(text -> {
                    var seed = text.getBytes(StandardCharsets.UTF_8);
                    seed[0] = (byte) (seed[0] - '0');
                    return seed;
                })
                .toList();
    }

    @Override
    public List<String> dictionary() {
        return List.of(
                "loss=",
                "delay=",
                "drop=",
                "drop-every=",
                "duplicate=",
                "reorder=",
                "corrupt=",
                "truncate=",
                "rate=",
                "profile=",
                "seed=",
                "in.",
                "out.",
                "%",
                "ms",
                "ns",
                "s",
                "kbit",
                "gbit/s",
                "wifi",
                "3g",
                "satellite",
                "..",
                "9223372036854775808",
                "1e9",
                "-1",
                "NaN",
                ",",
                "?",
                "\u00b5s");
    }

    @Override
    public int rounds() {
        return 5_000;
    }
}
