package org.example.ntp;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/** Asks an NTP server on this machine. */
final class NtpClient {

    private NtpClient() {}

    /**
     * Asks a server and waits for its answer.
     *
     * @param port the server's port
     * @param timeoutMs how long to wait, in milliseconds
     * @return how many seconds the server's clock is ahead of this machine's
     * @throws ScriptError if no NTP reply comes in time
     * @throws InterruptedException if the thread is interrupted
     */
    static double ask(int port, int timeoutMs) throws InterruptedException {
        try (var channel = DatagramChannel.open()) { // unlike a DatagramSocket, it is woken by an interrupt
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            long sent = NtpPlugin.now();
            channel.write(ByteBuffer.wrap(NtpPlugin.request().toByteArray()));
            channel.socket().setSoTimeout(timeoutMs);
            var datagram = new DatagramPacket(new byte[NtpPlugin.PACKET_LENGTH], NtpPlugin.PACKET_LENGTH);
            channel.socket().receive(datagram);
            long received = NtpPlugin.now();
            var answer = Blob.of(Arrays.copyOf(datagram.getData(), datagram.getLength()));
            if (answer.length() < NtpPlugin.PACKET_LENGTH || NtpPlugin.mode(answer) != NtpPlugin.SERVER) {
                throw new ScriptError("the packet from port " + port + " is not an NTP reply");
            }
            long there = NtpPlugin.view(answer).getLong(NtpPlugin.RECEIVE_TIME) / 2 + NtpPlugin.transmitTime(answer) / 2;
            return (there - (sent / 2 + received / 2)) / 4294967296.0;
        } catch (SocketTimeoutException e) {
            throw new ScriptError("no answer from port " + port + " within " + timeoutMs + " ms");
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new ScriptError("cannot ask port " + port + ": " + e.getMessage());
        }
    }
}
