package dev.domin.inspector.script;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A script as the inspector shows it. Called from any thread; all methods return soon. */
public interface ScriptView {

    /** {@return the source, as it was read last, with what is wrong with it} */
    SourceText source();

    /**
     * Returns lines of output, oldest first.
     *
     * @param after the number of the first line
     * @return the lines that are still there, at most a thousand
     */
    List<OutputLine> output(long after);

    /** {@return the number that the next line of output gets} */
    long nextOutput();

    /** {@return the last reload} */
    Reload reload();

    /**
     * Returns what the script itself says of a server.
     *
     * @param server the server's address
     * @return the line of {@code callbackudpserver.Info}; empty if the script has no such server
     */
    Optional<String> info(InetSocketAddress server);

    /**
     * Returns the struct that a callback lays over its packets.
     *
     * @param callback the callback's name
     * @return the struct, or empty if there is none
     */
    Optional<StructView> struct(String callback);

    /**
     * Finds the failure of a packet.
     *
     * @param reason what {@link dev.domin.testkit.UdpTap#explain} got for the packet
     * @return the failure, or empty if it is unknown
     */
    Optional<Problem> failure(String reason);
}
