package org.example.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

/** Asks one DNS server for the IPv4 address of a name, and asks again if no answer comes. */
public final class StubResolver {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int NAME_ERROR = 3;

    private final InetSocketAddress server;
    private final Duration timeout;
    private final int attempts;

    /**
     * Creates a resolver.
     *
     * @param server the address of the server
     * @param timeout how long to wait for an answer to one query
     * @param attempts how often to ask at most
     */
    public StubResolver(InetSocketAddress server, Duration timeout, int attempts) {
        this.server = server;
        this.timeout = timeout;
        this.attempts = attempts;
    }

    /**
     * Looks up a name.
     *
     * @param name the name, such as {@code example.org}
     * @return its first address
     * @throws UnknownHostException if there is no such name, or it has no IPv4 address
     * @throws SocketTimeoutException if no answer came to any query
     * @throws IOException if the server refused, or its answer is too long for one datagram
     */
    public InetAddress lookup(String name) throws IOException {
        byte[] query = query(name);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server); // other senders are ignored
            for (int attempt = 1; attempt <= attempts; attempt++) {
                socket.send(new DatagramPacket(query, query.length));
                ByteBuffer answer = receive(socket, query);
                if (answer != null) {
                    return address(answer, query.length, name);
                }
            }
        }
        throw new SocketTimeoutException("no answer for " + name + " from " + server + ", " + attempts + " times "
                + timeout.toMillis() + " ms");
    }

    private static byte[] query(String name) throws UnknownHostException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int id = RANDOM.nextInt(1 << 16);
        out.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}); // one question
        for (String label : name.split("\\.")) {
            if (label.isEmpty() || label.length() > 63) {
                throw new UnknownHostException(name);
            }
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(new byte[] {0, 0, TYPE_A, 0, CLASS_IN});
        return out.toByteArray();
    }

    /** Returns the answer to the query, or null if none came in time. What is no answer to it is ignored. */
    private ByteBuffer receive(DatagramSocket socket, byte[] query) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        byte[] buffer = new byte[512];
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.setSoTimeout((int) left);
                socket.receive(packet);
            } catch (SocketTimeoutException | PortUnreachableException e) {
                continue;
            }
            if (isAnswer(buffer, packet.getLength(), query)) {
                return ByteBuffer.wrap(buffer, 0, packet.getLength());
            }
        }
    }

    private static boolean isAnswer(byte[] packet, int length, byte[] query) {
        return length >= query.length
                && packet[0] == query[0]
                && packet[1] == query[1]
                && packet[2] < 0 // the highest bit: a response
                && Arrays.equals(packet, HEADER, query.length, query, HEADER, query.length);
    }

    private static InetAddress address(ByteBuffer answer, int offset, String name) throws IOException {
        int code = answer.get(3) & 15;
        if (code == NAME_ERROR) {
            throw new UnknownHostException(name);
        } else if (code != 0) {
            throw new IOException("the server refused to look up " + name + ": code " + code);
        } else if ((answer.get(2) & 2) != 0) {
            throw new IOException("the answer for " + name + " is too long for UDP");
        }
        answer.position(offset);
        for (int left = answer.getShort(6) & 0xffff; left > 0 && skipName(answer) && answer.remaining() >= 10; left--) {
            int type = answer.getShort();
            answer.getShort(); // the class
            answer.getInt(); // how long it may be kept
            byte[] data = new byte[answer.getShort() & 0xffff];
            if (data.length > answer.remaining()) {
                break;
            }
            answer.get(data);
            if (type == TYPE_A && data.length == 4) {
                return InetAddress.getByAddress(name, data);
            }
        }
        throw new UnknownHostException(name + " has no IPv4 address");
    }

    /** Moves behind a name: labels with their lengths, and at the end a 0 or a pointer to an earlier name. */
    private static boolean skipName(ByteBuffer answer) {
        while (answer.hasRemaining()) {
            int length = answer.get() & 0xff;
            if (length == 0) {
                return true;
            }
            boolean pointer = length >= 0xc0;
            int skip = pointer ? 1 : length;
            if (skip > answer.remaining()) {
                return false;
            }
            answer.position(answer.position() + skip);
            if (pointer) {
                return true;
            }
        }
        return false;
    }
}
