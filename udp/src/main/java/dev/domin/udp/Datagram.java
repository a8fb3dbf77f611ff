package dev.domin.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One packet and the buffer it came in. The buffer is reused for later packets: a datagram is valid, and may be
 * touched by the handler's thread only, until {@link DatagramHandler#handle} returns.
 */
public final class Datagram {

    /** The largest payload that fits into a UDP datagram over IPv4. */
    public static final int MAX_PAYLOAD = 65_507;

    /** What {@link #deadlineNanos} answers where there is no deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Nobody works on it. */
    static final int IDLE = 0;
    /** In the handler, which has not begun. */
    static final int WAITING = 1;
    /** In the handler, which has begun. */
    static final int RUNNING = 2;
    /** Dropped before the handler began; its thread is still the receiver. */
    static final int GIVEN_UP = 3;
    /** Dropped before the handler began; another thread is the receiver. */
    static final int MISSED = 4;
    /** Dropped while the handler was at work, which goes on; another thread is the receiver. */
    static final int LATE = 5;

    private static final int STATUS_BITS = 3;
    private static final int STATUS_MASK = (1 << STATUS_BITS) - 1;
    private static final int FIRST_CAPACITY = 2048;
    private static final int LARGEST_CAPACITY = 65_535;

    /**
     * Status in the low bits, above them the number of the packet in this buffer, so that no one decides over a later
     * one.
     */
    final AtomicLong word = new AtomicLong();

    private final Reception reception;
    private final int headroom;
    private byte[] bytes;
    private int length;
    private InetSocketAddress sender;
    private int senderHost;
    private int senderPort;
    private long deadline;
    private byte[] replyBytes;
    private int replyOffset;
    private int replyLength;
    private Fate fate; // null unless the work failed
    private volatile Object attachment;
    private volatile boolean cancelled;

    Datagram(Reception reception, int headroom) {
        this.reception = reception;
        this.headroom = headroom;
        this.bytes = new byte[headroom + FIRST_CAPACITY];
    }

    /**
     * {@return the array that holds the payload, from {@link #offset} on; the handler may write into all of it while
     * it holds the datagram. A larger packet brings a larger array}
     */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return where in {@link #bytes} the payload begins: {@link UdpOptions#headroom}} */
    public int offset() {
        return headroom;
    }

    /** {@return how many bytes of payload came, 0 to {@value #MAX_PAYLOAD}} */
    public int length() {
        return length;
    }

    /** {@return the sender's port} */
    public int senderPort() {
        return senderPort;
    }

    /** {@return the sender's IPv4 address as a number; 127.0.0.1 is 0x7F000001} */
    public int senderHost() {
        return senderHost;
    }

    /** {@return who sent the packet; this object stays valid afterwards. It may be made only now} */
    public InetSocketAddress sender() {
        if (sender == null) {
            sender = new InetSocketAddress(address(senderHost), senderPort);
        }
        return sender;
    }

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, from which the packet is late, or {@link
     * #NO_DEADLINE}}
     */
    public long deadlineNanos() {
        return deadline;
    }

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, at which the packet's turn came, or {@link #NO_DEADLINE}
     * where there is no deadline: then nobody looks at the clock}
     */
    public long startNanos() {
        return deadline == NO_DEADLINE ? NO_DEADLINE : deadline - reception.timeoutNanos();
    }

    /**
     * Says that the work begins. A handler that first waits for its turn ({@link UdpOptions#handlerWaits}) calls this
     * when it has it; for others the engine has done so already.
     *
     * @return whether to go on; {@code false}: the packet was dropped meanwhile, since its deadline passed or the
     *     endpoint closes, and the handler has to return at once
     */
    public boolean begin() {
        while (true) {
            long seen = word.get();
            int status = status(seen);
            if (status == RUNNING) {
                return true;
            }
            if (status != WAITING) {
                return false;
            }
            if (reception.closing() || isLate()) {
                if (word.compareAndSet(seen, withStatus(seen, GIVEN_UP))) {
                    reception.countDropped(reception.closing() ? Fate.CLOSED : Fate.LATE);
                    return false;
                }
            } else if (word.compareAndSet(seen, withStatus(seen, RUNNING))) {
                return true;
            }
        }
    }

    /**
     * Sets what is sent back to the sender once the handler has returned in time. Without a call nothing is sent; of
     * several calls the last one counts.
     *
     * @param reply the array with the answer; it is not copied, so it must stay unchanged until the next packet comes
     *     or the endpoint has closed; {@link #bytes} may be used
     * @param offset where the answer begins
     * @param length its length, 0 to {@value #MAX_PAYLOAD}; 0 sends an empty datagram
     * @throws IllegalArgumentException if the answer is too long for a datagram
     */
    public void reply(byte[] reply, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, reply.length);
        checkPayload(length);
        replyBytes = reply;
        replyOffset = offset;
        replyLength = length;
    }

    /** Counts this packet as dropped when the handler returns, and sends nothing: the work failed. */
    public void drop() {
        giveUp(Fate.FAILED);
    }

    void giveUp(Fate why) {
        fate = why;
    }

    /**
     * Sends the answers to earlier packets that the engine holds back, to send them together with this one's. A handler
     * calls this before it waits for something; where it does not, they leave a millisecond later.
     */
    public void sendHeldAnswers() {
        reception.flush(false);
    }

    /** {@return what {@link #attach} has set, or null; may be asked from any thread} */
    public Object attachment() {
        return attachment;
    }

    /**
     * Keeps an object of the handler with this buffer, also for the packets that come into it later.
     *
     * @param object what to keep, such as the handler's reusable state
     */
    public void attach(Object object) {
        attachment = object;
    }

    static void checkPayload(int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a datagram carries at most " + MAX_PAYLOAD + " bytes, got " + length + ": send less at a time");
        }
    }

    static int status(long word) {
        return (int) word & STATUS_MASK;
    }

    static long withStatus(long word, int status) {
        return (word & ~STATUS_MASK) | status;
    }

    static boolean inHandler(int status) {
        return status != IDLE;
    }

    /** {@return whether it is in the hands of the receiver, which receives nothing meanwhile} */
    static boolean withReceiver(int status) {
        return status == WAITING || status == RUNNING || status == GIVEN_UP;
    }

    /** Makes room for a packet, keeping nothing of the last one. */
    void prepare(int packetLength, InetSocketAddress from) {
        if (!from.equals(sender)) {
            sender = from;
            senderHost = number(from.getAddress());
            senderPort = from.getPort();
        }
        prepare(packetLength);
    }

    /** Makes room for a packet, keeping nothing of the last one; the sender's address becomes an object only when asked. */
    void prepare(int packetLength, int fromHost, int fromPort) {
        if (fromPort != senderPort || fromHost != senderHost) {
            sender = null;
            senderHost = fromHost;
            senderPort = fromPort;
        }
        prepare(packetLength);
    }

    private void prepare(int packetLength) {
        int needed = headroom + packetLength;
        if (needed > bytes.length) {
            bytes = new byte[Math.max(needed, Math.min(2 * bytes.length, headroom + LARGEST_CAPACITY))];
        }
        length = packetLength;
        fate = null;
        if (cancelled) {
            cancelled = false;
        }
    }

    /** {@return an IPv4 address as a number} */
    static int number(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets[0] << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
    }

    private static InetAddress address(int number) {
        byte[] octets = {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // for a wrong number of octets only
        }
    }

    /**
     * Hands the packet to its handler; the deadline is written first, so that whoever reads the word sees the right
     * one.
     */
    void start(int status, long deadlineNanos) {
        deadline = deadlineNanos;
        word.set(withStatus(word.getPlain() + (1 << STATUS_BITS), status));
    }

    private boolean isLate() {
        return deadline != NO_DEADLINE && System.nanoTime() - deadline >= 0;
    }

    /** @param now the time, on the clock of {@link System#nanoTime} */
    boolean isLateAt(long now) {
        return deadline != NO_DEADLINE && now - deadline >= 0;
    }

    /** Its handler has been asked to return since the endpoint closes. */
    void cancelled() {
        cancelled = true;
    }

    boolean wasCancelled() {
        return cancelled;
    }

    Fate fate() {
        return fate;
    }

    byte[] replyBytes() {
        return replyBytes;
    }

    int replyOffset() {
        return replyOffset;
    }

    int replyLength() {
        return replyLength;
    }

    void forgetReply() {
        replyBytes = null;
    }
}
