package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A plain UDP client on loopback. */
final class Client implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    Client(int serverPort) throws IOException {
        InetAddress loopback = address(127, 0, 0, 1);
        socket = new DatagramSocket(0, loopback);
        socket.setReceiveBufferSize(8 << 20);
        server = new InetSocketAddress(loopback, serverPort);
    }

    static Client of(UdpEndpoint endpoint) throws IOException {
        return new Client(endpoint.port());
    }

    static InetAddress address(int... octets) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {(byte) octets[0], (byte) octets[1], (byte) octets[2], (byte) octets[3]});
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(byte... payload) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, server));
    }

    void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    /** Waits for the next datagram, long enough for a busy machine. */
    byte[] receive() throws IOException {
        byte[] answer = receive(PATIENCE_MILLIS);
        if (answer == null) {
            throw new IOException("no answer within " + PATIENCE_MILLIS + " ms");
        }
        return answer;
    }

    String receiveText() throws IOException {
        return new String(receive(), UTF_8);
    }

    /** Waits for the next datagram; null if none comes. */
    byte[] receive(int millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    String ask(String text) throws IOException {
        send(text);
        return receiveText();
    }

    @Override
    public void close() {
        socket.close();
    }
}
