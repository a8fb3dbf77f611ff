package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.usage.Option;
import dev.domin.lang.source.MessageText;
import dev.domin.testkit.Match;
import dev.domin.testkit.Packet;
import dev.domin.testkit.UdpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code domin send}: sends packets to a server and prints the answers. */
record SendCommand(Arguments arguments, Terminal terminal) {

    private static final String STANDARD_INPUT = "-";
    private static final int SHOWN = 5;

    int run() throws ToolException {
        arguments.checkOperands(1, 2, "send takes an address and a text, such as domin send 127.0.0.1:9999 hello");
        var target = Targets.parse("send", arguments.operands().getFirst());
        byte[] payload = payload();
        var expected = expected();
        var within = arguments.time(Option.WITHIN, Duration.ofSeconds(1));
        long count = arguments.count(Option.COUNT, 1);
        double rate = arguments.number(Option.RATE, 0);
        int port = arguments.port(Option.FROM, 1);
        try (var client = open(target, port)) {
            var answers = new Answers(expected);
            if (rate > 0) {
                sendAtRate(client, payload, answers, count, rate, within);
            } else {
                for (long i = 0; i < count; i++) {
                    client.send(payload);
                    receive(client, answers, i + 1, within);
                }
            }
            return report(answers, count, within);
        }
    }

    private static UdpClient open(InetSocketAddress target, int port) throws ToolException {
        try {
            return UdpClient.to(target, port);
        } catch (UncheckedIOException e) {
            throw ToolException.failed(FileErrors.reason(e));
        }
    }

    private byte[] payload() throws ToolException {
        var payloads = new ArrayList<byte[]>();
        for (String text : arguments.operands().subList(1, arguments.operands().size())) {
            payloads.add(Arguments.checkLength(text.getBytes(StandardCharsets.UTF_8)));
        }
        for (String digits : arguments.all(Option.SEND_HEX)) {
            payloads.add(Arguments.bytes(Option.SEND_HEX, digits));
        }
        for (String file : arguments.all(Option.SEND_FILE)) {
            payloads.add(Arguments.checkLength(content(file)));
        }
        if (payloads.size() != 1) {
            throw ToolException.usage("send takes one of a text, --hex DIGITS and --file FILE, such as domin send"
                    + " 127.0.0.1:9999 hello" + (payloads.isEmpty() ? "" : ", and got " + payloads.size()));
        }
        return payloads.getFirst();
    }

    private static byte[] content(String file) throws ToolException {
        try {
            return file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(Arguments.path(file));
        } catch (IOException e) {
            throw ToolException.usage("cannot read " + file + ": " + FileErrors.reason(e));
        }
    }

    private Optional<Match> expected() throws ToolException {
        var text = arguments.last(Option.EXPECT);
        var hex = arguments.last(Option.EXPECT_HEX);
        if (text.isPresent() && hex.isPresent()) {
            throw ToolException.usage("send takes --expect or --expect-hex, not both");
        }
        try {
            return text.isPresent() ? text.map(Match::text) : hex.map(Match::hexExactly);
        } catch (IllegalArgumentException e) {
            throw ToolException.usage("--expect-hex: " + e.getMessage());
        }
    }

    /** Prints answers until there are as many that count, or the time is over. */
    private void receive(UdpClient client, Answers answers, long wanted, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (answers.counted < wanted && poll(client, answers, end)) {
            // The condition has done it.
        }
    }

    /** Receives and prints one answer; {@return false if the time is over} */
    private boolean poll(UdpClient client, Answers answers, long end) {
        long left = end - System.nanoTime();
        var answer = left <= 0 ? Optional.<Packet>empty() : client.poll(Duration.ofNanos(left));
        answer.ifPresent(packet -> {
            answers.add(packet);
            terminal.print(text(packet));
        });
        return answer.isPresent();
    }

    private void sendAtRate(
            UdpClient client, byte[] payload, Answers answers, long count, double rate, Duration within) {
        long start = System.nanoTime();
        for (long sent = 0; sent < count; ) {
            long due = Math.min(count, 1 + (long) ((System.nanoTime() - start) / 1e9 * rate));
            for (; sent < due; sent++) {
                client.send(payload);
            }
            long next = start + (long) (sent / rate * 1e9);
            while (sent < count && poll(client, answers, next)) {
                // The condition has done it.
            }
        }
        receive(client, answers, count, within);
    }

    private int report(Answers answers, long count, Duration within) {
        if (count > 1) {
            terminal.say("sent " + count + " packets, got " + answers.all + " answers"
                    + (answers.expected.isPresent() ? ", " + answers.counted + " as expected" : ""));
        }
        if (answers.counted >= count) {
            return Tools.OK;
        }
        if (answers.expected.isEmpty()) {
            if (count == 1 && !within.isZero()) {
                terminal.say("no answer within " + milliseconds(within));
            }
            return Tools.OK;
        }
        var expected = answers.expected.get();
        terminal.say("expected " + expected + " within " + milliseconds(within) + "; "
                + (answers.wrong.isEmpty() ? "no answer came" : "this came instead:"));
        for (var packet : answers.wrong) {
            expected.explain(packet).lines().forEach(line -> terminal.err().println("  " + MessageText.escape(line)));
        }
        return Tools.FAILED;
    }

    private static String milliseconds(Duration time) {
        return time.toMillis() + " ms";
    }

    /** {@return a payload for people and programs: its text, or else its bytes in lines of sixteen} */
    private static String text(Packet packet) {
        String text = JournalFile.printable(packet.payload());
        if (text == null) {
            return packet.hexDump().stripTrailing();
        }
        var lines = new StringBuilder();
        text.lines()
                .forEach(line -> lines.append(lines.isEmpty() ? "" : "\n")
                        .append(MessageText.escape(line.replace("\t", "    "))));
        return lines.toString();
    }

    /** The answers so far. */
    private static final class Answers {

        final Optional<Match> expected;
        final List<Packet> wrong = new ArrayList<>(); // the first ones
        long all;
        long counted; // those as expected, or all if nothing is expected

        Answers(Optional<Match> expected) {
            this.expected = expected;
        }

        void add(Packet packet) {
            all++;
            if (expected.isEmpty() || expected.get().matches(packet)) {
                counted++;
            } else if (wrong.size() < SHOWN) {
                wrong.add(packet);
            }
        }
    }
}
