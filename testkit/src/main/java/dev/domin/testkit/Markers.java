package dev.domin.testkit;

import dev.domin.udp.Datagram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Datagrams that tell which packets have arrived: an endpoint receives in the order in which was sent, so when it has
 * received a marker, everything that was sent before is there. A marker is in no journal, and no handler gets it. It
 * begins with random bytes, by which it is recognized also if it comes when nobody waits for it any more.
 */
final class Markers {

    /** How long to wait for a marker before the next one is sent: a full socket loses it. */
    private static final long REPEAT_NANOS = 200_000_000;

    private static final byte[] BEGINNING = random();

    private static final AtomicLong COUNT = new AtomicLong();
    private static final ConcurrentHashMap<Long, CountDownLatch> AWAITED = new ConcurrentHashMap<>(); // by number

    private Markers() {}

    private static byte[] random() {
        UUID id = UUID.randomUUID();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Takes a packet that has arrived, if it is a marker. {@return whether it is one} */
    static boolean take(Datagram packet) {
        int number = packet.offset() + BEGINNING.length;
        if (packet.length() != BEGINNING.length + Long.BYTES
                || !Arrays.equals(packet.array(), packet.offset(), number, BEGINNING, 0, BEGINNING.length)) {
            return false;
        }
        CountDownLatch arrived = AWAITED.get(ByteBuffer.wrap(packet.array()).getLong(number));
        if (arrived != null) {
            arrived.countDown();
        }
        return true;
    }

    /**
     * Waits until an endpoint has received everything that was sent before the call.
     *
     * @param deadline on the clock of {@link System#nanoTime}
     * @return whether it has, or is closed
     */
    static boolean await(EndpointTap endpoint, long deadline) throws InterruptedException {
        InetSocketAddress to = endpoint.endpoint().address();
        long number = COUNT.incrementAndGet();
        byte[] bytes = ByteBuffer.allocate(BEGINNING.length + Long.BYTES)
                .put(BEGINNING)
                .putLong(number)
                .array();
        CountDownLatch arrived = new CountDownLatch(1);
        AWAITED.put(number, arrived);
        try (DatagramSocket socket = new DatagramSocket(0, to.getAddress())) {
            while (endpoint.endpoint().isOpen()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                socket.send(new DatagramPacket(bytes, bytes.length, to));
                if (arrived.await(Math.min(left, REPEAT_NANOS), TimeUnit.NANOSECONDS)) {
                    return true;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // the system has no socket left
        } finally {
            AWAITED.remove(number);
        }
    }
}
