package dev.domin.cli.kit;

import dev.domin.cli.usage.Option;

/** {@code domin echo}: a server that sends each packet back. */
record EchoCommand(Arguments arguments, Terminal terminal) {

    int run() throws ToolException {
        arguments.checkOperands(0, 0, "echo takes no operand");
        int port = arguments.port(Option.PORT, 0);
        return new Serving(terminal, Taps.open(arguments, terminal), "echo", port)
                .run(packet -> packet.reply(packet.array(), packet.offset(), packet.length()));
    }
}
