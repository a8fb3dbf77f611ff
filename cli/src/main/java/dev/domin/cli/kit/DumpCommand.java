package dev.domin.cli.kit;

import dev.domin.cli.trace.TraceTime;
import dev.domin.cli.usage.Option;
import dev.domin.lang.source.MessageText;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Packet;
import java.util.HexFormat;

/** {@code domin dump}: a server that prints each packet. */
record DumpCommand(Arguments arguments, Terminal terminal) {

    int run() throws ToolException {
        arguments.checkOperands(0, 0, "dump takes no operand");
        int port = arguments.port(Option.PORT, 0);
        if (arguments.has(Option.DUMP_HEX) && arguments.has(Option.DUMP_TEXT)) {
            throw ToolException.usage("dump takes --hex or --text, not both; without them it prints both");
        }
        return new Serving(terminal, Taps.open(arguments, terminal, this::show), "dump", port).run(packet -> {});
    }

    private void show(Packet packet) {
        if (packet.direction() == Direction.IN) {
            terminal.print(TraceTime.of(packet.time()) + " " + Targets.text(packet.peer()) + " " + packet.length()
                    + " B" + payload(packet));
        }
    }

    private String payload(Packet packet) {
        if (arguments.has(Option.DUMP_HEX)) {
            return " " + HexFormat.of().formatHex(packet.payload());
        }
        if (arguments.has(Option.DUMP_TEXT)) {
            return " \""
                    + MessageText.escape(packet.text().replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
        }
        return packet.length() == 0 ? "" : "\n" + packet.hexDump().stripTrailing();
    }
}
