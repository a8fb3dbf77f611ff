package dev.domin.plugins.log;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server on this machine, which gets each message as a datagram by RFC 5424. The JDK has no sockets of the
 * kind that /dev/log is. Whether anybody receives the datagrams is not known. Safe for use by several threads.
 */
final class SyslogSink implements Sink {

    static final String KIND = "syslog";

    private static final int DEFAULT_PORT = 514;
    private static final int MOST_BYTES = 65_507;

    /** The facility of user programs. */
    private static final int USER = 1;

    private final InetSocketAddress target;
    private @Nullable DatagramSocket socket; // null: closed
    private boolean ended;

    private SyslogSink(int port) {
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Makes ready to send.
     *
     * @param target {@code 127.0.0.1:PORT}, or empty for port 514
     * @throws ScriptError if the target is no such thing, or there is no socket for it
     */
    static SyslogSink open(String target) {
        var sink = new SyslogSink(port(target));
        try {
            sink.open();
        } catch (IOException e) {
            throw new ScriptError("cannot open a socket for syslog: " + e.getMessage());
        }
        return sink;
    }

    static String key(String target) {
        return KIND + " " + port(target);
    }

    private static int port(String target) {
        if (target.isEmpty()) {
            return DEFAULT_PORT;
        }
        int colon = target.lastIndexOf(':');
        String host = colon < 0 ? target : target.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : number(target.substring(colon + 1));
        if (port == 0 || !host.equals("127.0.0.1") && !host.equals("localhost")) {
            throw new ScriptError(
                    "the target \"" + Escapes.quote(target) + "\" is no syslog server on this machine",
                    "give \"127.0.0.1:PORT\", or \"\" for port " + DEFAULT_PORT);
        }
        return port;
    }

    /** {@return a port; 0 if it is none} */
    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            port = port * 10 + (c - '0');
        }
        return port > 0xFFFF ? 0 : port;
    }

    @Override
    public synchronized void write(Message message, boolean json) {
        String text = json ? message.jsonLine() : message.escapedText();
        String line = "<" + (USER * 8 + message.level().severity()) + ">1 " + message.time() + " localhost domin "
                + ProcessHandle.current().pid() + " - - " + text;
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            var open = socket == null ? open() : socket;
            open.send(new DatagramPacket(bytes, fitting(bytes), target));
            if (ended) {
                closeSocket();
            }
        } catch (IOException e) {
            throw new ScriptError("cannot send to syslog, port " + target.getPort() + ": " + e.getMessage());
        }
    }

    /** {@return how many bytes fit a datagram, without a part of a character} */
    private static int fitting(byte[] bytes) {
        if (bytes.length <= MOST_BYTES) {
            return bytes.length;
        }
        int end = MOST_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    @Override
    public String key() {
        return KIND + " " + target.getPort();
    }

    @Override
    public synchronized void close() {
        ended = true;
        closeSocket();
    }

    private DatagramSocket open() throws IOException {
        var fresh = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket = fresh;
        return fresh;
    }

    private void closeSocket() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
