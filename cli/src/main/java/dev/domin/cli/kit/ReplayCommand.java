package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.usage.Option;
import dev.domin.lang.source.MessageText;
import dev.domin.testkit.ByteRange;
import dev.domin.testkit.Recording;
import dev.domin.testkit.Replay;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.capture.CaptureFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** {@code domin replay}: replays a capture as the server or as its clients. */
record ReplayCommand(Arguments arguments, Terminal terminal) {

    private static final List<Option> SERVER_ONLY = List.of(Option.PORT, Option.IN_ORDER, Option.TIMED);

    int run() throws ToolException {
        arguments.checkOperands(1, 1, "replay takes a capture, such as domin replay run.pcapng --as-server");
        boolean server = arguments.has(Option.AS_SERVER);
        if (server == arguments.has(Option.TO)) {
            throw ToolException.usage("replay takes one of --as-server, to answer as the recorded server, and --to"
                    + " HOST:PORT, to send the recorded requests there");
        }
        for (var option : SERVER_ONLY) {
            if (!server && arguments.has(option)) {
                throw ToolException.usage(option.word() + " can only be used with --as-server");
            }
        }
        if (server && arguments.has(Option.SPEED)) {
            throw ToolException.usage("--speed can only be used with --to; a server with --timed answers as recorded");
        }
        return server ? runServer() : runClient();
    }

    private Recording read() throws ToolException {
        String file = arguments.operands().getFirst();
        var ignored = ignored();
        int port = arguments.port(Option.SERVER_PORT, 1);
        try {
            var recording = Recording.read(Arguments.path(file)).ignoring(ignored);
            if (port > 0) {
                recording = recording.ofServer(port);
            }
            if (recording.exchanges().isEmpty()) {
                throw ToolException.usage(file + " has no request to replay; it contains " + recording.leftOut());
            }
            return recording;
        } catch (IllegalArgumentException e) {
            throw ToolException.usage(String.valueOf(e.getMessage()));
        } catch (CaptureFormatException e) { // names the file
            throw ToolException.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw ToolException.usage("cannot read " + file + ": " + FileErrors.reason(e));
        }
    }

    private ByteRange[] ignored() throws ToolException {
        var ranges = new ArrayList<ByteRange>();
        for (String text : arguments.all(Option.IGNORE)) {
            try {
                if (text.matches("[0-9]+:[0-9]+")) {
                    String[] parts = text.split(":", -1);
                    ranges.add(ByteRange.bytes(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
                    continue;
                }
            } catch (IllegalArgumentException _) { // reported below
            }
            throw ToolException.usage("--ignore takes " + Option.IGNORE.wanted() + ", got `" + text + "`");
        }
        return ranges.toArray(ByteRange[]::new);
    }

    private int runServer() throws ToolException {
        int port = arguments.port(Option.PORT, 0);
        var recording = read();
        recording = arguments.has(Option.IN_ORDER) ? recording.inOrder() : recording;
        recording = arguments.has(Option.TIMED) ? recording.timed() : recording;
        var server = UdpServer.replaying(recording).port(port);
        var lifetime = Lifetime.begin(terminal);
        try {
            server.start();
            lifetime.onEnd(() -> close(server));
            terminal.print("listening on " + Targets.text(server.address()) + "\n" + recording);
            return lifetime.await() ? Tools.INTERRUPTED : Tools.OK;
        } catch (UncheckedIOException e) {
            throw Serving.cannotOpen(port, e);
        } finally {
            lifetime.end();
        }
    }

    private void close(UdpServer server) {
        server.close();
        var stats = server.stats();
        var unmatched = server.journal().unmatched();
        terminal.err()
                .println("replay on " + Targets.text(server.address()) + ": received=" + stats.received() + " sent="
                        + stats.sent() + " unmatched=" + unmatched.size());
        if (!unmatched.isEmpty()) {
            terminal.say("the recording has no such request: " + unmatched.getFirst());
        }
    }

    private int runClient() throws ToolException {
        var target = Targets.parse("--to", arguments.last(Option.TO).orElseThrow());
        double speed = arguments.last(Option.SPEED).orElse("").equals("max")
                ? Double.POSITIVE_INFINITY
                : arguments.number(Option.SPEED, 1);
        var report = Replay.of(read()).speed(speed).to(target);
        report.toString().lines().forEach(line -> terminal.print(MessageText.escape(line)));
        return report.differences().isEmpty() ? Tools.OK : Tools.FAILED;
    }
}
