package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.lang.source.MessageText;
import dev.domin.testkit.capture.CaptureFormatException;
import dev.domin.testkit.capture.CaptureReader;
import dev.domin.testkit.capture.CaptureStatistics;
import dev.domin.testkit.capture.CaptureStatistics.Traffic;
import java.io.IOException;
import java.util.Locale;

/** {@code domin stat}: describes what a capture contains. */
record StatCommand(Arguments arguments, Terminal terminal) {

    private static final String STANDARD_INPUT = "-";

    int run() throws ToolException {
        arguments.checkOperands(1, 1, "stat takes a capture, such as domin stat run.pcapng");
        String file = arguments.operands().getFirst();
        CaptureStatistics found;
        try (var reader = file.equals(STANDARD_INPUT)
                ? CaptureReader.open(System.in)
                : CaptureReader.open(Arguments.path(file))) {
            found = CaptureStatistics.of(reader);
        } catch (CaptureFormatException e) { // names the file
            throw ToolException.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw ToolException.usage("cannot read " + file + ": " + FileErrors.reason(e));
        }
        var text = new StringBuilder(MessageText.escape(found.summary().describe()));
        found.total().ifPresent(total -> {
            text.append("\ntime: ").append(total.first()).append(" to ").append(total.last());
            text.append("\ntotal: ").append(describe(total));
            text.append("\nflows: ").append(found.flows().size());
            text.append(found.others().isPresent() ? " and more" : "");
        });
        for (var flow : found.flows()) {
            text.append("\n  ").append(flow.addresses()).append(": ").append(describe(flow.traffic()));
        }
        found.others().ifPresent(others -> text.append("\n  others: ").append(describe(others)));
        terminal.print(text.toString());
        return Tools.OK;
    }

    private static String describe(Traffic traffic) {
        double seconds = traffic.duration().toNanos() / 1e9;
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d %s, %,d bytes",
                traffic.datagrams(),
                traffic.datagrams() == 1 ? "datagram" : "datagrams",
                traffic.bytes()));
        text.append(
                traffic.shortest() == traffic.longest()
                        ? " (" + traffic.longest() + " each)"
                        : " (" + traffic.shortest() + " to " + traffic.longest() + " each)");
        if (seconds > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    ", %.3f s, %,.1f datagrams/s, %,.0f bytes/s",
                    seconds,
                    traffic.datagrams() / seconds,
                    traffic.bytes() / seconds));
        }
        return text.toString();
    }
}
